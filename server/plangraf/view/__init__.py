"""The kit of pages: base templates and parts, the reader and languages, labels, charts."""
