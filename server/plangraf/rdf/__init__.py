"""The bridge to rdflib, and RDF writing."""
