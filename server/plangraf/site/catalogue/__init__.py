"""The catalogue by DCAT-AP-NO."""
