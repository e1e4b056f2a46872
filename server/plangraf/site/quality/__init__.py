"""The quality report and the mapping set."""
