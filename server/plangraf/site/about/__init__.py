"""The page about this server."""
