"""Validation: derivation, core SHACL shapes, rules across graphs, the report, and the service for uploads."""
