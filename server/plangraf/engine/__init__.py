"""Evaluation of queries: the interface of engines, and the embedded engine that implements it."""
