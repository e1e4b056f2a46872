"""The validation service over HTTP, and its page."""
