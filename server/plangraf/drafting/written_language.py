"""The written language of a Norwegian document, by its most frequent words."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[a-zæøå]+")
_BOKMAL = ("ikke", "jeg", "fra", "hva", "hvor", "hvordan", "være", "noen", "mer", "bare", "gjøre", "gjør", "de", "en")
_NYNORSK = (
    "ikkje",
    "eg",
    "frå",
    "kva",
    "kor",
    "korleis",
    "vere",
    "nokon",
    "meir",
    "berre",
    "gjere",
    "gjer",
    "dei",
    "ein",
)
_FEWEST = 3
_CLEAR = 3


def written_language(texts: Iterable[str]) -> str:
    """Return nb or nn, or an empty text if the words do not tell."""
    counts = Counter(word for text in texts for word in _WORD.findall(text.casefold()))
    bokmal = sum(counts[word] for word in _BOKMAL)
    nynorsk = sum(counts[word] for word in _NYNORSK)
    if max(bokmal, nynorsk) < _FEWEST:
        return ""
    if bokmal >= _CLEAR * nynorsk:
        return "nb"
    return "nn" if nynorsk >= _CLEAR * bokmal else ""
