"""The page of problem types."""
