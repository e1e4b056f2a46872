"""Citations of the release and its parts, and the formats of reference managers."""
