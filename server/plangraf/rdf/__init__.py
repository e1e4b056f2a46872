"""RDF for all rooms: the bridge to rdflib, canonical N-Quads, and serialization."""
