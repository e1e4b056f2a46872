"""The SPARQL endpoint, its service description and the query page."""
