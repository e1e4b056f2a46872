"""The site: one folder for each resource, with its addresses, model, queries, page, table and template."""
