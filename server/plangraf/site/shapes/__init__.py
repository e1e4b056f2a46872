"""The page of the shapes."""
