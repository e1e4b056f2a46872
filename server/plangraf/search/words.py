"""Words as they are compared: without case and accents, with å as aa or a, and reduced to their stems."""

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
_LOCK = Lock()  # a stemmer works in fields of its own
_BEGINNING = 4
"""How long a word must be to find the words that begin with it, as klima finds klimagass."""


@dataclass(frozen=True)
class Asked:
    """A word that is searched for.

    Attributes:
        whole: the forms of which a text must have one.
        beginnings: those of them that a word may also begin with.
    """

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, forms: frozenset[str]) -> bool:
        """Whether a word with these forms is one that is searched for."""
        return not self.whole.isdisjoint(forms) or any(form.startswith(self.beginnings) for form in forms)


def lowered(text: str) -> str:
    """Return a text in the composed form and without case, as words are taken from it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where the words of a text begin and end."""
    return (match.span() for match in _WORD.finditer(text))


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(lowered(text))


@lru_cache(100_000)
def forms(word: str, language: str | None) -> frozenset[str]:
    """Return the forms under which a word of a text is found: itself and its stem, with å as aa and as a."""
    both = {word, _stem(word, _LANGUAGES.get(language or ""))}
    return frozenset(_folded(form, table) for form in both for table in (_DIGRAPHS, _PLAIN))


@lru_cache(10_000)
def asked(word: str) -> Asked:
    """Return what is searched for when `word` is, whose language nobody says.

    An å that is typed is meant: it does not find a. An a or aa finds å, for keyboards without it.
    """
    whole = {_folded(form, _DIGRAPHS) for form in (word, *(_stem(word, name) for name in _STEMMERS))}
    return Asked(frozenset(whole), tuple(sorted(form for form in whole if _is_beginning(form))))


def typed(text: str) -> list[Asked]:
    """Return what is searched for while the last word is being typed: it may be the beginning of a longer one."""
    every = list(dict.fromkeys(words(text)))
    return [*map(asked, every[:-1]), *map(_begun, every[-1:])]


def whole(spelled: Iterable[str]) -> str:
    """Return the words of a text as one that is compared as a whole."""
    return " ".join(_folded(word, _DIGRAPHS) for word in spelled)


def _begun(word: str) -> Asked:
    whole = asked(word).whole
    return Asked(whole, tuple(sorted(whole)))


def _is_beginning(form: str) -> bool:
    return len(form) >= _BEGINNING and not any(character.isdigit() for character in form)


@lru_cache(100_000)
def _stem(word: str, stemmer: str | None) -> str:
    if stemmer is None:
        return word
    with _LOCK:
        return str(_STEMMERS[stemmer].stemWord(word))


def _folded(word: str, table: dict[int, str]) -> str:
    if word.isascii():  # as most words are: they have nothing to fold
        return word.replace(".", "_")
    decomposed = unicodedata.normalize("NFKD", word.translate(table))
    # Some letters are written as several words, some as none. A dot would part the token in the index.
    folded = "".join(character for character in decomposed if character.isalnum() or character == ".")
    return folded.replace(".", "_") or word
