"""The page that leads a planner from a plan on paper to a published plan, and the workbooks to begin with."""
