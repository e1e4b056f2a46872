"""Words that are divided at the ends of lines, by the rules of Norwegian."""

import re
from collections.abc import Iterable

SOFT_HYPHEN = "\u00ad"
"""The sign that a line ends within a word."""
_WORD = re.compile(r"\w[\w-]*\w")
_LAST_PART = re.compile(r"([\w-]*\w)-$")
_FIRST_PART = re.compile(r"[\w-]+")
_OTHER_PART = ("og", "eller", "samt", "til", "and", "or")
"""The words after a hyphen that stands for a part of the word that comes later: “nærings- og kulturliv”."""


class LineJoiner:
    """Joins lines to running text.

    Args:
        texts: the lines of the document, whose words tell how a divided word is written elsewhere.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word.casefold() for text in texts for word in _WORD.findall(text)}

    def join(self, before: str, after: str) -> str:
        """Return two lines as one text.

        A hyphen at the end of the first line goes, unless it belongs to the word: before “og” and “eller”, before a
        capital or a digit, after a capital, a digit or a single letter, or where the document has the word with a
        hyphen within a line, and not without.
        """
        if before.endswith(SOFT_HYPHEN):
            stem = before.removesuffix(SOFT_HYPHEN)
            return self._divided(stem, after)
        if before.endswith(("-", "\u2010")) and len(before) > 1 and before[-2].isalnum():
            return self._divided(before[:-1], after)
        return f"{before} {after}".strip()

    def _divided(self, stem: str, after: str) -> str:
        first = _FIRST_PART.match(after)
        if first is None:
            return f"{stem}- {after}".strip()
        if first[0].casefold() in _OTHER_PART:
            return f"{stem}- {after}"
        last = _LAST_PART.search(f"{stem}-")
        part = last[1] if last is not None else ""
        whole, hyphened = (part + first[0]).casefold(), f"{part}-{first[0]}".casefold()
        if whole in self._words:
            return stem + after
        piece = part.rpartition("-")[2]
        belongs = (
            first[0][0].isupper()
            or first[0][0].isdigit()
            or len(piece) <= 1
            or piece.isupper()
            or piece[-1].isdigit()
            or hyphened in self._words
        )
        return f"{stem}-{after}" if belongs else stem + after
