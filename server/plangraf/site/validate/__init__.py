"""Validation as a service."""
