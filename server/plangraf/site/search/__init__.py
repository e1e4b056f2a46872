"""The search page, its tables and its suggestions."""
