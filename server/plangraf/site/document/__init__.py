"""Documents about things, and dereferencing of their IRIs."""
