"""Measurements: ratios between things asked in one run on one machine. Run with `make bench`."""
