"""Rewriting of RDF files from the older model to the present one."""
