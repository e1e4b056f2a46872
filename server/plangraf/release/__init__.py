"""Building: parts and their merge, the manifest, the directory of a release, and its dumps."""
