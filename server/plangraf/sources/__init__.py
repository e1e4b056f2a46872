"""Reading: RDF files become named graphs."""
