"""The named graphs of the release."""
