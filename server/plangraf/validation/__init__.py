"""Validation: derivation, core SHACL shapes, SPARQL rules, the report, and the service for uploads."""
