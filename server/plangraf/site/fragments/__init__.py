"""Quad Pattern Fragments: the release by pattern, in pages."""
