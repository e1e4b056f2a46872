"""Plangraf publishes municipal plans as linked open data."""

from importlib.metadata import version

__version__ = version("plangraf")
