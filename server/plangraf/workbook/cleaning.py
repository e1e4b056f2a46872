"""Cleaning of texts that were pasted from a PDF, a web page or another program."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]"
)
_SPACE = re.compile(r"\s+")
_HYPHEN_BREAK = re.compile(r"\w-[ \t]*\r?\n[ \t]*[a-zæøå]")
_BULLET = re.compile(r"(?:^|\n)\s*(?:[•‣◦▪●·*–-]|\(?\d{1,2}[.)])\s+\S")


def clean(text: str) -> str:
    """Return a text without invisible characters, with one space for each run of white space, in normal form NFC.

    Non-breaking and thin spaces, tabs and line breaks are white space; soft hyphens and zero-width spaces are
    invisible.
    """
    return unicodedata.normalize("NFC", _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip())


def is_clean(text: str) -> bool:
    """Return whether the cleaning would leave a text as it is."""
    return bool(text) and clean(text) == text


def has_broken_word(text: str) -> bool:
    """Return whether a word of a text seems to be divided at the end of a line, with a hyphen."""
    return bool(_HYPHEN_BREAK.search(text))


def looks_like_list(text: str) -> bool:
    """Return whether a text has two or more lines that begin with a bullet or a number."""
    return len(_BULLET.findall(text)) > 1
