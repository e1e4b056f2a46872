"""Checking: core SHACL shapes, rules across graphs, and the report."""
