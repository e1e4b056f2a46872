"""The Norwegian alphabet: under which letter a label stands, and what comes before what.

The rule: A to Z, then Æ, Ø and Å, then everything that begins with a digit or another sign, under `#`. Capitals and
accents do not count (é is e, á is a, š is s), but ä is æ, ö is ø, ü is y, đ is d, ŋ is n and ŧ is t; aa is two a's.
Signs before the first letter or digit are passed over; between words they are as a space, which comes before every
letter.
"""

import unicodedata

OTHER = "#"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
_PLACES = {letter: place for place, letter in enumerate(LETTERS.lower(), start=100)}
_ALIKE = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th"})
_CONSIDERED = 200  # characters of a label; what is alike so far is told apart by its whole text

Key = tuple[int, tuple[int, ...], str]


def letter(text: str) -> str:
    """Return the letter under which `text` stands, or `#`."""
    first = next(iter(_folded(text)), "")
    return first.upper() if first in _PLACES else OTHER


def collation_key(text: str) -> Key:
    """Return what texts are sorted by."""
    folded = _folded(text)
    first = _PLACES.get(folded[:1], 1000)
    return (first, tuple(_place(character) for character in folded), text)


def _folded(text: str) -> str:
    """Return the letters and digits of `text`, without case and accents, with a space for what is between them."""
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
