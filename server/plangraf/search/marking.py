"""Mark in a text the words that were searched for."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.search.words import Asked, asked, forms, lowered, spans, words

_AROUND = 90
"""How many characters of a long text are shown before and after the first word that fits."""


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is a word that was searched for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Marked:
    """A text in pieces, and how many of the words that were searched for are in it."""

    pieces: tuple[Piece, ...]
    fitting: int


def wanted(text: str) -> list[Asked]:
    """Return what is searched for."""
    return [asked(word) for word in dict.fromkeys(words(text))]


def mark(text: str, language: str | None, searched: Sequence[Asked], *, cut: bool = False) -> Marked:
    """Return a text with the words that fit marked; a long one is cut around the first of them if wanted."""
    found: set[Asked] = set()
    places = []
    for start, end in spans(text):
        have = forms(lowered(text[start:end]), language)
        fitting = [word for word in searched if word.fits(have)]
        if fitting:
            found.update(fitting)
            places.append((start, end))
    first = text.rfind(" ", 0, max(0, places[0][0] - _AROUND)) + 1 if cut and places else 0
    last = len(text)
    if cut and last - first > 2 * _AROUND:
        middle = places[0][1] if places else first
        blank = text.find(" ", max(first, middle) + _AROUND)
        last = blank if blank > 0 else last
    pieces = [Piece("… ")] if first else []
    at = first
    for start, end in places:
        if end <= last:
            pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
            at = end
    pieces += [Piece(text[at:last]), Piece(" …" if last < len(text) else "")]
    return Marked(tuple(piece for piece in pieces if piece.text), len(found))
