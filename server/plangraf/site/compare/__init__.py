"""The comparison of municipalities by SDG."""
