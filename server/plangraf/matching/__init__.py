"""Matching of texts, such as the cells of a table, with the things of a release: candidates and scores."""
