"""Highlighting of the search terms in texts and excerpts."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.search.words import QueryTerm, index_terms, normalized, query_term, word_spans, words

_AROUND = 90
"""The number of characters that an excerpt has before and after the first match."""


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is highlighted."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class MarkedText:
    """A text in pieces, and the number of different search terms that it contains."""

    pieces: tuple[Piece, ...]
    matched: int


def query_terms(text: str) -> list[QueryTerm]:
    """Return the terms of a search text."""
    return [query_term(word) for word in dict.fromkeys(words(text))]


def mark(text: str, language: str | None, terms: Sequence[QueryTerm], *, cut: bool = False) -> MarkedText:
    """Return a text with the matching words highlighted; `cut` shortens it to an excerpt around the first match."""
    found: set[QueryTerm] = set()
    places = []
    for start, end in word_spans(text):
        have = index_terms(normalized(text[start:end]), language)
        matching = [word for word in terms if word.matches(have)]
        if matching:
            found.update(matching)
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
    return MarkedText(tuple(piece for piece in pieces if piece.text), len(found))
