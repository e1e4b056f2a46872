"""The quality report of the plans."""
