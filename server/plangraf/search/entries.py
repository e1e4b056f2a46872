"""The entries of an index: the terms of the texts of a thing in one language."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from plangraf.namespaces import expand
from plangraf.search.statements import TEXT_PROPERTIES, Text
from plangraf.search.words import index_terms, phrase_key, words

_LABELS, _NOTATIONS = (
    frozenset(TEXT_PROPERTIES.index(expand(name)) for name in names)
    for names in (("skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title"), ("skos:notation", "dct:identifier"))
)
_ORDER = TEXT_PROPERTIES.index(expand("plan:order"))
"""The order is looked up with the labels, but nobody searches for it."""


@dataclass(frozen=True)
class IndexEntry:
    """The terms of the texts of a thing in one language.

    Attributes:
        language: the language tag; empty for texts without a language.
        columns: for each column of the full-text table, its terms, separated by spaces.
    """

    language: str
    columns: tuple[str, str, str, str, str]


def entries(texts: Iterable[Text]) -> Iterator[IndexEntry]:
    """Yield the entries of a thing with these texts, sorted by language."""
    labels: dict[str, set[str]] = {}
    definitions: dict[str, set[str]] = {}
    numbers: set[str] = set()
    for number, text in texts:
        if number in _NOTATIONS:
            numbers.add(text.value)
        elif number != _ORDER:
            (labels if number in _LABELS else definitions).setdefault(text.language or "", set()).add(text.value)
    for language in sorted({*labels, *definitions}) or [""]:
        called = [words(text) for text in labels.get(language, ())]
        yield IndexEntry(
            language,
            (
                " ".join(sorted(map(phrase_hash, called))),
                _terms((name[0] for name in called if name), language),
                _terms(chain.from_iterable(called), language),
                _terms(chain.from_iterable(map(words, numbers)), None),
                _terms(chain.from_iterable(map(words, definitions.get(language, ()))), language),
            ),
        )


def notation_keys(texts: Iterable[Text]) -> list[str]:
    """Return the keys of the notations among the texts of a thing, sorted."""
    return sorted({phrase_key(words(text.value)) for number, text in texts if number in _NOTATIONS})


def phrase_hash(spelled: Sequence[str]) -> str:
    """Return a hash of all words of a text, which the index holds as one term."""
    return hashlib.blake2b(phrase_key(spelled).encode(), digest_size=8).hexdigest()


def _terms(found: Iterable[str], language: str | None) -> str:
    return " ".join(sorted({form for word in found for form in index_terms(word, language)}))
