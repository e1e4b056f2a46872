"""Reconciliation: matching of tables with what is published (Reconciliation Service API 0.2)."""
