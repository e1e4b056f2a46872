"""Changes of the graphs of a publisher over HTTP: tokens, conditions, the change itself, the audit log."""
