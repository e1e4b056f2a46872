"""The links that are suggested for the goals of a plan."""
