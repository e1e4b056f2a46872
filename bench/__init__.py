"""Benchmarks: ratios between servers, measured in one run on one machine. Run with `make bench`."""
