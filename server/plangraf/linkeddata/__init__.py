"""Dereferencing: documents for IRIs, the catalogue, VoID, and the quality of the data."""
