"""Citing: what a reference to the release or to a part of it says, and the forms that reference managers read."""
