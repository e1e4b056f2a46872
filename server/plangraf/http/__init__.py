"""HTTP for all resources: negotiation, representations, caches, problem documents, middleware and metrics."""
