"""The kernel of the web: resources, representations, requests, problems, headers, static files."""
