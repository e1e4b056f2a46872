"""Municipalities compared."""
