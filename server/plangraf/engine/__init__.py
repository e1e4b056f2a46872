"""Evaluating queries: the interface of engines, and the embedded engine behind it."""
