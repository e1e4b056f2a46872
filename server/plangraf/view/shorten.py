"""Truncation and wrapping of labels."""

import textwrap
import unicodedata

_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
_FIRST_TURNING = "\u0590"  # the Hebrew block; all characters before it are left-to-right


def cut(text: str, length: int) -> str:
    """Return `text` on one line, truncated with an ellipsis to at most `length` characters."""
    text = " ".join(text[: 4 * length].split()) + ("…" if len(text) > 4 * length else "")
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def lines(text: str, width: int, most: int) -> list[str]:
    """Return `text` wrapped into at most `most` lines of `width` characters, truncated with an ellipsis."""
    text = cut(text, most * width)
    if 0 < len(text) <= width:
        return [isolated(text)]  # as most labels, in a tenth of the time
    found = textwrap.wrap(text, width, max_lines=most, placeholder="…")
    return [isolated(line) for line in found]


def isolated(text: str) -> str:
    """Return `text`, isolated if it has right-to-left characters that could affect its context (Unicode UAX #9)."""
    turning = max(text, default="") >= _FIRST_TURNING and any(
        unicodedata.bidirectional(character) in _TURNING for character in text
    )
    return f"\u2068{text}\u2069" if turning else text
