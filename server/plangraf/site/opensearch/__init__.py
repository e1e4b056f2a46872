"""The description of the search for browsers (OpenSearch)."""
