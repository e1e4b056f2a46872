"""The vocabulary of an index: the terms that are like a word, by stems, compounds, other forms and typing errors."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from plangraf.matching.equivalents import EQUIVALENTS, STOPWORDS
from plangraf.matching.scoring import SAME, QueryWord, TermLikeness
from plangraf.search.words import stem_forms

_SHORTEST_PART = 4
"""The minimum length of a part of a compound."""
_LINKS = ("", "s", "e")
"""The letters that may join the parts of a compound."""
_MOST_COMPOUNDS = 60
"""The number of longer terms in which a word is looked for as a part, from each side."""
_MOST_ERRORS = 6
"""The number of terms that are taken for what a misspelled word was to be."""
_LONGEST_WORD = 60
_COMMON = 200
"""The number of names from which a term is common."""
_EQUIVALENT = TermLikeness(0.96, 0.96)
_STOPPED = 0.15
"""The weight of a stopword, of that of a word that says as little as can be."""


class Vocabulary:
    """The terms of an index, with the number of names that have each.

    Args:
        counts: the number of names, by term.
        names: the number of all names.
    """

    def __init__(self, counts: Mapping[str, int], names: int) -> None:
        self._counts = counts
        self._names = max(names, 1)
        self._sorted = sorted(counts)
        self._reversed = sorted(term[::-1] for term in counts)
        self._by_length: dict[int, list[str]] = {}
        for term in self._sorted:
            self._by_length.setdefault(len(term), []).append(term)
        # One text after another has the same words.
        self.query_word = lru_cache(20_000)(self._query_word)

    def count(self, term: str) -> int:
        """Return the number of names that have a term."""
        return self._counts.get(term, 0)

    def weight(self, terms: frozenset[str] | Mapping[str, object]) -> float:
        """Return how much a word says about what is meant; a rare one says more."""
        if any(term in STOPWORDS for term in terms):
            return _STOPPED
        count = max((self._counts.get(term, 0) for term in terms), default=0)
        return 1.0 + log(self._names / (1 + count)) / 4 if count < self._names else 1.0

    def _query_word(self, word: str) -> QueryWord:
        """Return a word of a text, normalized, as it is compared with the words of names."""
        like = self.like(word)
        same = frozenset(term for term, likeness in like.items() if likeness is SAME) or frozenset((word,))
        # Names with a form of a word have its stem, too. So of the forms that are common, one is enough.
        common = [term for term in same if self.count(term) > _COMMON]
        kept = max(common, key=self.count, default=None)
        weight = self.weight(same)
        leading = (
            (self.count(term), term, weight * likeness.of_word)
            for term, likeness in like.items()
            if term == kept or term not in common
        )
        return QueryWord(weight, like, tuple(sorted(leading)))

    def like(self, word: str) -> dict[str, TermLikeness]:
        """Return the terms that are like a word, normalized, of a text whose language is unknown."""
        forms = stem_forms(word, "nb") | stem_forms(word, "en")
        found = {form: SAME for form in forms if form in self._counts}
        for form in forms:
            for other in EQUIVALENTS.get(form, ()):
                if other in self._counts:
                    found.setdefault(other, _EQUIVALENT)
        if any(character.isdigit() for character in word) or len(word) > _LONGEST_WORD:
            return found
        stem = min(forms, key=len)
        split = False
        for form in sorted(forms, key=len):
            parts = self._parts(form)
            for part, share in parts:
                if part in STOPWORDS:  # a municipal plan is a plan, and no municipality
                    continue
                found.setdefault(part, TermLikeness(share, 0.95, part=True))
            split = split or bool(parts)
        if len(stem) >= _SHORTEST_PART:
            for term in self._containing(stem):
                letters = max(len(form) for form in forms if form in term)
                found.setdefault(term, TermLikeness(0.85, letters / len(term), part=True))
        if not split and not any(likeness in (SAME, _EQUIVALENT) for likeness in found.values()):
            for form in forms:
                for term, likeness in self._misspelled(form):
                    if likeness.of_word > found.get(term, TermLikeness(0.0, 0.0)).of_word:
                        found[term] = likeness
        return found

    def _parts(self, form: str) -> list[tuple[str, float]]:
        """Return the two terms of which a word is composed, each with its share of the word."""
        for at in range(len(form) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            last = form[at:]
            if last not in self._counts:
                continue
            for link in _LINKS:
                first = form[:at].removesuffix(link) if link else form[:at]
                if len(first) < _SHORTEST_PART - 1:
                    continue
                if first in self._counts and first + link == form[:at]:
                    return [
                        (first, len(first) / (len(form) - len(link))),
                        (last, len(last) / (len(form) - len(link))),
                    ]
        return []

    def _containing(self, stem: str) -> Iterator[str]:
        """Yield longer terms that begin or end with a word."""
        yield from (term for term in _beginning(self._sorted, stem) if term != stem)
        yield from (term[::-1] for term in _beginning(self._reversed, stem[::-1]) if term != stem[::-1])

    def _misspelled(self, form: str) -> Iterator[tuple[str, TermLikeness]]:
        """Yield the terms that differ from a word in one letter, or in two if it is long."""
        if len(form) < _SHORTEST_PART:
            return
        most = 1 if len(form) < 7 else 2
        near = [
            term
            for length in range(len(form) - most, len(form) + most + 1)
            for term in self._by_length.get(length, ())
        ]
        for term, errors, _ in process.extract(
            form, near, scorer=OSA.distance, processor=None, limit=_MOST_ERRORS, score_cutoff=most
        ):
            share = 1 - 1.3 * errors / max(len(form), len(term))
            # Few who mistype a word mistype its first letter.
            share -= 0.1 * (form[0] != term[0])
            yield term, TermLikeness(share, share)


def _beginning(terms: Sequence[str], start: str) -> Iterator[str]:
    """Yield the first terms, of sorted ones, that begin with something."""
    at = bisect_left(terms, start)
    for term in terms[at : at + _MOST_COMPOUNDS]:
        if not term.startswith(start):
            return
        yield term
