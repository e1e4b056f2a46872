"""Recognition of a text that says the same in two languages."""

import re

_TAGGED = re.compile(
    r"(?:^|[\s/(])(?:nb|nn|en|bokmål|nynorsk|norsk|engelsk|english|norwegian)\s*[:=]\s*\S", re.IGNORECASE
)
_PARTS = re.compile(r"\s+[/|]\s+|\s+[–—-]\s+|\s*[\n()]\s*")
_WORD = re.compile(r"[a-zæøå]+")
_NORWEGIAN = frozenset(
    [
        "og",
        "i",
        "er",
        "en",
        "et",
        "av",
        "til",
        "skal",
        "som",
        "med",
        "på",
        "for",
        "å",
        "de",
        "den",
        "det",
        "vi",
        "har",
        "vår",
        "våre",
        "ikke",
        "kan",
        "alle",
    ]
)
_ENGLISH = frozenset(
    [
        "and",
        "in",
        "is",
        "a",
        "an",
        "of",
        "to",
        "shall",
        "that",
        "with",
        "on",
        "for",
        "the",
        "we",
        "have",
        "our",
        "not",
        "can",
        "all",
        "are",
        "be",
        "will",
    ]
)


def two_languages(text: str) -> bool:
    """Return whether a text seems to hold Norwegian and English, marked or divided.

    A slash, a dash, brackets or a line may divide them.
    """
    if len(_TAGGED.findall(text)) > 1:
        return True
    languages = {language for part in _PARTS.split(text) if (language := _language(part))}
    return len(languages) > 1


def _language(text: str) -> str:
    words = _WORD.findall(text.lower())
    norwegian = sum(word in _NORWEGIAN or bool(set(word) & set("æøå")) for word in words)
    english = sum(word in _ENGLISH for word in words)
    if norwegian > english:
        return "nb"
    return "en" if english > norwegian else ""
