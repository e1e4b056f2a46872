"""Reading of RDF files into named graphs."""
