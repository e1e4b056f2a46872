"""The page of a goal, or of a focus area."""
