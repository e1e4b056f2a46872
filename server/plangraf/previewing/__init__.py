"""Previews: the pages that an upload would have, rendered once and kept for a short time."""
