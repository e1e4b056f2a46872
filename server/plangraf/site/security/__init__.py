"""The contact for reports of security problems."""
