"""The site: one folder for each thing that it shows, with its addresses, model, queries, page, table and template."""
