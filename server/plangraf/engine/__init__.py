"""Asking: one small interface, and the makers behind it."""
