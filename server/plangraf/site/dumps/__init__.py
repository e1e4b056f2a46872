"""The downloads of the release."""
