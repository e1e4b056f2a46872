"""Dereferencing: from IRIs to documents, and what a document says."""
