"""The SPARQL 1.1 Protocol: what a request asks, and what is refused."""
