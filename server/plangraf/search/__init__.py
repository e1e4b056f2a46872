"""Searching in the texts of a release."""
