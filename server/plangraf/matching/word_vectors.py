"""Texts as weighted words: stems, the parts of Norwegian compounds, and how rare each word is."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plangraf.languages import InterfaceLanguage
from plangraf.matching.equivalents import EQUIVALENTS
from plangraf.matching.linkables import Text
from plangraf.search.words import index_terms, words

_SHORTEST_PART = 4
"""The minimum length of a part of a compound: shorter ones are endings far more often than words."""
_PART = 0.6
"""The weight of a part of a compound, relative to the whole word."""
_LEAST_RARE = 0.1
"""The least rarity of a word, so that a word of all texts still counts a little."""
_SHORTEST_WORD = 3
_MANY = 1000
"""The number of texts that share a rarer word, after which a frequent word is not enough."""
_LONGEST = 5000
"""The number of characters of a text that count."""
_EQUIVALENT = 0.8
"""The weight of a word that means the same, such as that of the other written Norwegian."""
_NORWEGIAN = "no"
_NORWEGIAN_TAGS = frozenset(("nb", "nn", "no"))
_FUNCTION_WORDS = frozenset(
    words(
        "andel cent least less minst mindre per prosent share tråd "
        "a all alle alt an and andre are as at av bare be blant ble bli blir by både da de den denne der "
        "deres det dette du eget ein eit eller en er et etter for fra from frå få får gjennom gjere gjør god "
        "gode godt ha har has have hele her hos hva hver hvor i ikke ikkje in inn innen into is it its kan "
        "korleis kva kvar med mellom men mer mest more mot må ned noko ny nye når of og også om on opp or our "
        "over på sin sine skal skape slik som så that the their them this through til to uansett under unna "
        "ut uten ved vi vil vår våre vårt være we which who will with within without å "
    )
)
"""Words that say nothing about the subject of a text; plans and the SDGs are full of them."""


@dataclass(frozen=True)
class WeightedText:
    """A text that counts in a vector with a weight from 0 to 1."""

    text: Text
    weight: float = 1.0


@dataclass(frozen=True)
class WordVector:
    """The words of texts, by the language that they are in.

    Attributes:
        weights: the weight of each word by the language group and the stem, with a colon between; the squares of the
            weights of a group add up to 1.
        spelled: a word of the texts for each key, as it is spelled there.
    """

    weights: Mapping[str, float]
    spelled: Mapping[str, str]

    def shared(self, other: "WordVector", most: int = 3) -> "SharedWords":
        """Return the words that texts share, those that count most first, in each language in which they do."""
        products = {key: weight * other.weights[key] for key, weight in self.weights.items() if key in other.weights}
        sums = group_sums(products)
        least = max(sums.values(), default=0.0) / 2
        found = {}
        for group in sorted(sums, key=lambda group: -sums[group]):
            keys = [key for key in products if key.startswith(f"{group}:") and sums[group] >= least]
            keys.sort(key=lambda key: (-products[key], key))
            found[group] = tuple(dict.fromkeys(self.spelled[key] for key in keys))[:most]
        return SharedWords({group: words for group, words in found.items() if words})


@dataclass(frozen=True)
class SharedWords:
    """The words that two texts share, by the language group, the one in which they are most alike first."""

    by_group: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.by_group)

    def label(self, language: InterfaceLanguage) -> str:
        """Return the words for a reader of a language: in that language, if the texts are nearly as alike in it."""
        return ", ".join(self.by_group.get(_group(language)) or next(iter(self.by_group.values()), ()))

    def are_in(self, language: InterfaceLanguage) -> bool:
        """Return whether the words for a reader of a language are in that language."""
        return _group(language) in self.by_group


class Lexicon:
    """The stems of a collection of texts, with which compounds are split and words are weighted by their rarity.

    Args:
        documents: the texts of the collection; the rarity of a word is the number of documents that have it.
    """

    def __init__(self, documents: Iterable[Iterable[Text]]) -> None:
        self._counts = Counter[str]()
        self._number = 0
        self._split: dict[str, tuple[str, ...]] = {}
        for document in documents:
            self._number += 1
            self._counts.update({key for text in document for key, _ in _stems(text)})

    def vector(self, texts: Iterable[WeightedText]) -> WordVector:
        """Return the vector of texts; a word that is repeated counts once, with its greatest weight."""
        weights: dict[str, float] = {}
        spelled: dict[str, str] = {}
        for weighted in texts:
            for key, word in _stems(weighted.text):
                for found, share in ((key, 1.0), *self._related(key)):
                    weights[found] = max(weights.get(found, 0.0), weighted.weight * share)
                    spelled.setdefault(found, word)
        rare = {key: weight * self._rarity(key) for key, weight in weights.items()}
        squares = group_sums({key: weight * weight for key, weight in rare.items()})
        return WordVector(
            {key: weight / math.sqrt(squares[key.partition(":")[0]]) for key, weight in rare.items()}, spelled
        )

    def _rarity(self, key: str) -> float:
        return math.log(1 + self._number / (1 + self._counts[key])) + _LEAST_RARE

    def _related(self, key: str) -> Iterator[tuple[str, float]]:
        """Yield the words that a word stands for besides itself, each with its share of the weight."""
        yield from ((part, _PART) for part in self._parts(key))
        group, _, stem = key.partition(":")
        if group == _NORWEGIAN:
            others = (f"{_NORWEGIAN}:{form}" for form in EQUIVALENTS.get(stem, ()))
            yield from ((other, _EQUIVALENT) for other in sorted(others) if other in self._counts)

    def _parts(self, key: str) -> tuple[str, ...]:
        """Return the parts of a compound that are words of the collection: boligutvikling has bolig and utvikling."""
        if key not in self._split:
            group, _, stem = key.partition(":")
            self._split[key] = tuple(self._find_parts(stem)) if group == _NORWEGIAN else ()
        return self._split[key]

    def _find_parts(self, stem: str) -> Sequence[str]:
        """Return both parts if both are known; else the longest one that is."""
        found: list[str] = []
        for length in range(_SHORTEST_PART, len(stem) - _SHORTEST_PART + 1):
            head, tail = stem[:length], stem[length:]
            # An s or e joins the parts: samfunn-s-utvikling, barn-e-hage.
            heads = (head, _stem(head, "nb"), head.removesuffix("s"), head.removesuffix("e"))
            known = [self._known(*heads), self._known(tail, _stem(tail, "nb"))]
            parts = [part for part in known if part is not None]
            if len(parts) == len(known):
                return parts
            found += parts
        return [max(found, key=len)] if found else []

    def _known(self, *stems: str) -> str | None:
        keys = (f"{_NORWEGIAN}:{stem}" for stem in stems if len(stem) >= _SHORTEST_PART)
        return next((key for key in keys if key in self._counts), None)


class VectorIndex:
    """Vectors by name, of which only those are looked at that share a word with the one that is asked about.

    Args:
        vectors: the vectors.
    """

    def __init__(self, vectors: Mapping[str, WordVector]) -> None:
        self.vectors = vectors
        self._names: dict[str, list[str]] = {}
        for name, vector in vectors.items():
            for key in vector.weights:
                self._names.setdefault(key, []).append(name)

    def similarities(self, asked: WordVector) -> dict[str, float]:
        """Return how alike each text is that shares a word, from 0 to 1, in the language that shows it best.

        Rare words come first; once they lead to many texts, frequent words lead to no others.
        """
        products: dict[str, dict[str, float]] = {}
        found: dict[str, float] = {}
        for key in sorted(asked.weights, key=lambda key: (len(self._names.get(key, ())), key)):
            weight, group = asked.weights[key], products.setdefault(key.partition(":")[0], {})
            names = self._names.get(key, ())
            for name in names if len(found) < _MANY or len(names) <= len(found) else found:
                other = self.vectors[name].weights.get(key)
                if other is not None and (len(found) < _MANY or name in found):
                    group[name] = score = group.get(name, 0.0) + weight * other
                    if score > found.get(name, 0.0):
                        found[name] = score
        return {name: min(score, 1.0) for name, score in found.items()}


def group_sums(values: Mapping[str, float]) -> dict[str, float]:
    """Return the sum of the values of each language group."""
    sums: dict[str, float] = {}
    for key, value in values.items():
        group = key.partition(":")[0]
        sums[group] = sums.get(group, 0.0) + value
    return sums


def _stems(text: Text) -> Iterator[tuple[str, str]]:
    """Yield the key and the spelling of each word that says something about the subject."""
    group = _group(text.language)
    for word in words(text.value[:_LONGEST]):
        if len(word) >= _SHORTEST_WORD and word not in _FUNCTION_WORDS and not word[0].isdigit():
            yield f"{group}:{_stem(word, text.language)}", word


def _group(language: str) -> str:
    return _NORWEGIAN if language in _NORWEGIAN_TAGS else language or _NORWEGIAN


def _stem(word: str, language: str) -> str:
    return min(index_terms(word, language or "nb"), key=lambda term: (len(term), term))
