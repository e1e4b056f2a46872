"""Full-text search in a release."""
