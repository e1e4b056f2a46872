"""The score of a name for a text: how much of each is in the other, by words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.fuzz import ratio

EXACT = 100.0
"""The score of a name that is the text."""
_HIGHEST = 97.0
"""The highest score of a name that is not the text."""
_QUERY_SHARE = 0.62
"""The weight of how much of the text is in the name; the rest is for how much of the name is in the text."""
_SPELLING = 0.12
"""The weight of how similar the letters are."""
_WHOLE = 0.95
"""The likeness of a compound and all its parts."""


@dataclass(frozen=True)
class TermLikeness:
    """How a term of the index is like a word of the text.

    Attributes:
        of_word: the share of the word that the term accounts for, from 0 to 1.
        of_term: the share of the term that the word accounts for, from 0 to 1.
        part: whether one is a part of the other, so that several parts add up.
    """

    of_word: float
    of_term: float
    part: bool = False


SAME = TermLikeness(1.0, 1.0)


@dataclass(frozen=True)
class QueryWord:
    """A word of the text.

    Attributes:
        weight: how much it says about what is meant.
        terms: the terms of the index that are like it.
    """

    weight: float
    terms: Mapping[str, TermLikeness]


class QueryText:
    """A text to compare with names.

    Args:
        text: the text, normalized.
        words: its words.
    """

    def __init__(self, text: str, words: Sequence[QueryWord]) -> None:
        self.text = text
        self.words = words
        self._like: dict[str, list[tuple[int, TermLikeness]]] = {}
        for place, word in enumerate(words):
            for term, likeness in word.terms.items():
                self._like.setdefault(term, []).append((place, likeness))

    def like(self, terms: Sequence[str]) -> Iterable[tuple[int, TermLikeness]]:
        """Return the places of the words that a word of a name is like, and how; each word once."""
        known = self._like
        found = [known[term] for term in terms if term in known]
        if len(found) < 2:
            return found[0] if found else ()
        likest: dict[int, TermLikeness] = {}
        for place, likeness in chain.from_iterable(found):
            if place not in likest or likest[place].of_word < likeness.of_word:
                likest[place] = likeness
        return likest.items()


def score(query: QueryText, name: str, weights: Sequence[float], terms: Sequence[Sequence[str]]) -> float:
    """Return the score of a name, from 0 to 97; a name that is the text is worth 100, which is not asked here.

    Args:
        query: the text.
        name: the name, normalized.
        weights: how much each word of the name says.
        terms: the terms by which the index has each word.
    """
    total, wanted = sum(word.weight for word in query.words), sum(weights)
    if not total or not wanted:
        return 0.0
    best, added = [0.0] * len(query.words), [0.0] * len(query.words)
    of_name = 0.0
    for weight, forms in zip(weights, terms, strict=True):
        covered = parts = 0.0
        for place, likeness in query.like(forms):
            if likeness.part:
                added[place] += likeness.of_word
                parts += likeness.of_term
            else:
                best[place] = max(best[place], likeness.of_word)
                covered = max(covered, likeness.of_term)
        of_name += weight * max(covered, min(_WHOLE, parts))
    of_name /= wanted
    of_text = (
        sum(word.weight * max(best[place], min(_WHOLE, added[place])) for place, word in enumerate(query.words))
        / total
    )
    if not of_text or not of_name:
        return 0.0
    alike: float = of_text**_QUERY_SHARE * of_name ** (1 - _QUERY_SHARE)
    spelling: float = ratio(query.text, name) / 100
    return min(_HIGHEST, 100 * ((1 - _SPELLING) * alike + _SPELLING * min(spelling, alike + 0.1)))
