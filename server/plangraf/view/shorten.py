"""Labels of any length in places that have room for a few words."""

import textwrap
import unicodedata

_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})
_FIRST_TURNING = "\u0590"  # the Hebrew block; what comes before it is read from the left


def cut(text: str, length: int) -> str:
    """Return `text` on one line, with an ellipsis where it is longer than `length` characters."""
    text = " ".join(text[: 4 * length].split()) + ("…" if len(text) > 4 * length else "")
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def lines(text: str, width: int, most: int) -> list[str]:
    """Return `text` in at most `most` lines of `width` characters."""
    found = textwrap.wrap(cut(text, most * width), width, max_lines=most, placeholder="…")
    return [isolated(line) for line in found]


def isolated(text: str) -> str:
    """Return a text that does not turn what stands beside it, whichever way it is read (Unicode UAX #9)."""
    turning = max(text, default="") >= _FIRST_TURNING and any(
        unicodedata.bidirectional(character) in _TURNING for character in text
    )
    return f"\u2068{text}\u2069" if turning else text
