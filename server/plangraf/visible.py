"""Texts of others on a terminal, in which nothing controls the terminal."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """Return a text in which characters that control a terminal, or the direction of text, are code points."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}", text)


def visible_line(text: str) -> str:
    """Return a text as `visible` does, on one line: a space stands for line breaks, tabs and several spaces."""
    return visible(" ".join(text.split()))
