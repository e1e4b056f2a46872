"""The DCAT-AP-NO catalogue."""
