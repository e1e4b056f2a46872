"""Collation by the Norwegian alphabet.

The order is A to Z, then Æ, Ø and Å, then labels that begin with a digit or another character, under `#`. Case and
accents are ignored (é is e, á is a, š is s), but ä is æ, ö is ø, ü is y, đ is d, ŋ is n and ŧ is t; aa is two a's.
Punctuation before the first letter or digit is ignored; between words it counts as a space, which sorts before every
letter.
"""

import unicodedata

OTHER = "#"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
_PLACES = {letter: place for place, letter in enumerate(LETTERS.lower(), start=100)}
_ALIKE = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th"})
_CONSIDERED = 200  # characters of a label; labels with equal beginnings are sorted by their whole text

Key = tuple[int, tuple[int, ...], str]


def letter(text: str) -> str:
    """Return the letter under which `text` is listed, or `#`."""
    first = next(iter(_folded(text)), "")
    return first.upper() if first in _PLACES else OTHER


def collation_key(text: str) -> Key:
    """Return the sort key of `text`."""
    folded = _folded(text)
    first = _PLACES.get(folded[:1], 1000)
    return (first, tuple(_place(character) for character in folded), text)


def _folded(text: str) -> str:
    """Return the words of `text`, without case and accents, separated by spaces."""
    small = unicodedata.normalize("NFC", text[:_CONSIDERED].casefold()).translate(_ALIKE)
    plain = "".join(c if c in "æøå" else _bare(c) for c in small)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _bare(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _place(character: str) -> int:
    if character == " ":
        return 0
    if character.isdecimal():
        return 1 + unicodedata.decimal(character)
    return _PLACES.get(character, 1000 + ord(character))
