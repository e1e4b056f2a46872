"""Rendering of pages: base templates and macros, the reader's language, labels, charts."""
