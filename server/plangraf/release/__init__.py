"""Building of releases: parts and their merge, the manifest, the release directory, and the dumps."""
