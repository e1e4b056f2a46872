"""The SPARQL 1.1 Protocol: parsing of requests, the service description, and example queries."""
