"""Detection of texts that look Norwegian but are tagged as English; the result is a hint and not a violation."""

import re
from functools import cache

from plangraf.namespaces import SHAPES

try:
    from lingua import Language, LanguageDetector, LanguageDetectorBuilder
except ImportError:  # the library is large and optional (extra `language`); without it there are no hints
    CAN_TELL = False
else:
    CAN_TELL = True

NORWEGIAN_AS_ENGLISH = f"{SHAPES}#NorwegianAsEnglish"

# Names of places and people are no evidence of the language, so capitalised words are ignored.
_WORD = re.compile(r"(?<![^\s(])[^\W\d_A-ZÆØÅ][^\W\d_]+(?:-[^\W\d_]+)*(?![^\s,.;:!?)])")
# With these two thresholds, none of 310 English labels and definitions in the shipped data is classified as
# Norwegian, and 283 of 285 Norwegian ones are.
_ENOUGH_WORDS = 5
_UNLIKELY = 0.02


def looks_norwegian(text: str) -> bool:
    """Return whether `text` is long enough for detection and far more likely Norwegian than English.

    Without the optional library, the result is always False.
    """
    if not CAN_TELL:
        return False
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS:
        return False
    return _detector().compute_language_confidence(" ".join(words), Language.ENGLISH) < _UNLIKELY


@cache
def _detector() -> "LanguageDetector":
    """Return the detector, whose small models (21 MB, not 119 MB) suffice; the first call loads them."""
    languages = (Language.ENGLISH, Language.BOKMAL, Language.NYNORSK)
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
