"""The site: one folder for each thing that it shows."""
