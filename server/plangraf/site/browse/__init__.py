"""Browsing the concepts of every scheme."""
