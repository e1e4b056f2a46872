"""Named graphs."""
