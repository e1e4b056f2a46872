"""The catalogue of the APIs of the server, and their description in OpenAPI."""
