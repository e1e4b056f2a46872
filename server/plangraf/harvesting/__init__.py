"""Harvest of plans that others publish: the client, the sources with their records, and their publication."""
