"""The page of a publisher: a municipality or a county, with its plans and what is in them."""
