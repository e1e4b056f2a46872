"""Normalization of words for comparison: case folding, accents, å as aa or a, and stemming."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

# A number with parts, such as 1.2 or 13.b, is one word.
_WORD = re.compile(r"\d+(?:\.[^\W_]{1,3})+(?![^\W_])|[^\W_]+")
_DIGRAPHS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "đ": "d", "ŋ": "n", "ŧ": "t"})
_PLAIN = str.maketrans({"å": "a", "æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})
_STEMMERS = {"norwegian": snowballstemmer.stemmer("norwegian"), "english": snowballstemmer.stemmer("english")}
_LANGUAGES = {"nb": "norwegian", "nn": "norwegian", "no": "norwegian", "en": "english"}
_LOCK = Lock()  # a stemmer keeps state in its own attributes
_SHORTEST_PREFIX = 4
"""The minimum length of a term that also matches as a prefix, as klima matches klimagass."""


@dataclass(frozen=True)
class QueryTerm:
    """A search term: the normalized forms of one word of the search text.

    Attributes:
        forms: the normalized forms; a word matches if one of its index terms is among them.
        prefixes: the forms that also match as prefixes.
    """

    forms: frozenset[str]
    prefixes: tuple[str, ...]

    def matches(self, forms: frozenset[str]) -> bool:
        """Return whether a word with these index terms matches."""
        return not self.forms.isdisjoint(forms) or any(form.startswith(self.prefixes) for form in forms)


def normalized(text: str) -> str:
    """Return a text in normalization form NFC and without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Return the start and end offsets of each word of a text."""
    return (match.span() for match in _WORD.finditer(text))


def words(text: str) -> list[str]:
    """Return the words of a text, normalized; a number with parts, such as 13.b, is one word."""
    return _WORD.findall(normalized(text))


@lru_cache(100_000)
def index_terms(word: str, language: str | None) -> frozenset[str]:
    """Return the index terms of a word of a text in `language`: the word and its stem, with å as aa and as a."""
    both = {word, _stem(word, _LANGUAGES.get(language or ""))}
    return frozenset(_fold(form, table) for form in both for table in (_DIGRAPHS, _PLAIN))


@lru_cache(100_000)
def stem_forms(word: str, language: str | None) -> frozenset[str]:
    """Return a word of a text in `language` and its stem, both with å as aa."""
    stem = _stem(word, _LANGUAGES.get(language or ""))
    return frozenset((_fold(word, _DIGRAPHS), _fold(stem, _DIGRAPHS)))


@lru_cache(10_000)
def query_term(word: str) -> QueryTerm:
    """Return the term for a word of a search text, whose language is unknown, with the stems of all languages.

    An å in the search text does not match a; an a or aa matches å, for keyboards without å.
    """
    forms = {_fold(form, _DIGRAPHS) for form in (word, *(_stem(word, name) for name in _STEMMERS))}
    return QueryTerm(frozenset(forms), tuple(sorted(form for form in forms if _is_prefix(form))))


def typed_terms(text: str) -> list[QueryTerm]:
    """Return the terms of a text that a visitor is typing; the last word also matches as a prefix, however short."""
    every = list(dict.fromkeys(words(text)))
    return [*map(query_term, every[:-1]), *map(_prefix_term, every[-1:])]


def phrase_key(spelled: Iterable[str]) -> str:
    """Return a key that is equal for texts with the same words."""
    return " ".join(_fold(word, _DIGRAPHS) for word in spelled)


def _prefix_term(word: str) -> QueryTerm:
    forms = query_term(word).forms
    return QueryTerm(forms, tuple(sorted(forms)))


def _is_prefix(form: str) -> bool:
    return len(form) >= _SHORTEST_PREFIX and not any(character.isdigit() for character in form)


@lru_cache(100_000)
def _stem(word: str, stemmer: str | None) -> str:
    if stemmer is None:
        return word
    with _LOCK:
        return str(_STEMMERS[stemmer].stemWord(word))


def _fold(word: str, table: dict[int, str]) -> str:
    if word.isascii():  # fast path: most words have nothing to fold
        return word.replace(".", "_")
    decomposed = unicodedata.normalize("NFKD", word.translate(table))
    # Some letters decompose to several words, some to none. A dot would split the token in the index.
    folded = "".join(character for character in decomposed if character.isalnum() or character == ".")
    return folded.replace(".", "_") or word
