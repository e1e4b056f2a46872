"""Building: derived triples, the merge, the manifest, and the directory that a release lives in."""
