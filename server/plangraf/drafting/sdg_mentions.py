"""Mentions of the UN's SDGs and their targets in Norwegian and English text."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from plangraf.workbook.code_lists import code_lists

_NO_AMOUNT = r"(?![\w%]|[.,]\d|\s+(?:%|prosent|pst|år|dager|dagar|kroner|millioner|millionar|nye|av\s+\d))"
_CODE = rf"\d{{1,2}}(?:\.(?:\d{{1,2}}|[a-d]))?{_NO_AMOUNT}"
_TARGET = rf"\d{{1,2}}\.(?:\d{{1,2}}|[a-d]){_NO_AMOUNT}"
_ASIDE = r"(?:\s*\([^)\d]{1,80}\))?"
_AND = r"(?:\s*(?:,|;|/|&)\s*(?:og\s+|and\s+|samt\s+)?|\s+(?:og|and|samt|eller)\s+|\s*[–—-]\s*|\s+til\s+)"
_NUMBER_WORD = r"(?:(?:nr|nummer|no)\.?\s*|[:–—-]\s*)?"
_GOALS = re.compile(
    r"(?:\b(?:bærekrafts?|berekrafts?)[\s-]?mål(?:et|ene|a|s)?|\bsdg(?:[\s-]?mål(?:et|ene|a)?|s|er)?"
    r"|\bsustainable development goals?)\s*(?:\(sdg\)\s*)?"
    rf"{_NUMBER_WORD}(?P<codes>{_CODE}{_ASIDE}(?:{_AND}{_NUMBER_WORD}{_CODE}{_ASIDE})*)",
    re.IGNORECASE,
)
_TARGETS = re.compile(
    rf"(?P<un>\b(?:fns?|fn\s+sine?|sdg)[\s-]+)?\bdelmål(?:et|ene|a)?\s+{_NUMBER_WORD}"
    rf"(?P<codes>{_TARGET}{_ASIDE}(?:{_AND}{_NUMBER_WORD}{_TARGET}{_ASIDE})*)",
    re.IGNORECASE,
)
_CODES = re.compile(rf"(?P<from>{_CODE})(?:\s*(?:[–—-]|\btil\b)\s*(?P<to>{_CODE}))?", re.IGNORECASE)
_LEADING = re.compile(
    rf"(?:(?:fns?\s+)?(?:bærekrafts?mål|berekrafts?mål|mål|delmål|sdg|goal|nr)\.?\s*)?{_NUMBER_WORD}"
    rf"(?P<codes>{_CODE}(?:{_AND}{_NUMBER_WORD}{_CODE})*)",
    re.IGNORECASE,
)
_ABOUT_SDGS = re.compile(r"bærekrafts?[\s-]?mål|berekrafts?[\s-]?mål|\bsdg|\bfns?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])")
_ALL_GOALS = 17


@dataclass(frozen=True)
class SdgMention:
    """A mention of an SDG.

    Attributes:
        code: the goal or the target, such as “13” or “13.2”.
        sentence: the sentence that has it.
    """

    code: str
    sentence: str


def mentions(text: str, own_numbers: Collection[str] = ()) -> list[SdgMention]:
    """Return the SDGs that a text names by number, in its order, each once for a sentence.

    “Delmål 11.6” is one of the UN's only where the text says so: as “FNs delmål”, or in a sentence about SDGs. A
    sub-goal of the plan with the same number goes before, unless the sentence names the goal of the UN too.

    Args:
        text: running text.
        own_numbers: the numbers of the goals of the plan.
    """
    found: list[SdgMention] = []
    for sentence in _SENTENCE_END.split(text):
        codes: list[str] = []
        for match in _GOALS.finditer(sentence):
            codes += _codes(match["codes"])
        if _ABOUT_SDGS.search(sentence):
            for match in _TARGETS.finditer(sentence):
                targets = _codes(match["codes"])
                if not match["un"]:
                    targets = [code for code in targets if code not in own_numbers or code.split(".")[0] in codes]
                codes += targets
        found += [SdgMention(code, sentence.strip()) for code in dict.fromkeys(codes)]
    return found


def listed_codes(text: str, marker: str = "") -> list[str]:
    """Return the SDGs that a cell or an item below “Bærekraftsmål” names: by number, or by their titles.

    Args:
        text: the cell or the item.
        marker: the number of the item in its list; it counts if the text is the title of this goal.
    """
    number = marker.strip("().")
    if number in _titles() and _named(text, number):
        return [number]
    codes: list[str] = []
    for line in text.splitlines():
        match = _LEADING.match(line.strip())
        inside = [mention.code for mention in mentions(line)]
        codes += _codes(match["codes"]) if match is not None else inside or _titled(line)
        codes += _numbered_titles(line)
    return [*dict.fromkeys(codes)]


def icon_codes(text: str) -> list[str]:
    """Return the SDGs that the alternative text of a picture names, by number or by title."""
    codes = [mention.code for mention in mentions(text)]
    if codes:
        return codes
    match = _LEADING.search(text)
    if match is not None:
        codes = [code for code in _codes(match["codes"]) if code in _titles() and _named(text, code)]
    return codes or _titled(text)


def _codes(text: str) -> Iterator[str] | list[str]:
    found: list[str] = []
    for match in _CODES.finditer(text):
        first, last = match["from"].lower(), (match["to"] or "").lower()
        if last and first.isdigit() and last.isdigit() and int(first) < int(last):
            if int(last) - int(first) + 1 < _ALL_GOALS:
                found += [str(each) for each in range(int(first), int(last) + 1)]
        else:
            found += [first, *([last] if last else [])]
    return [code for code in found if code in _known()]


@cache
def _known() -> frozenset[str]:
    return frozenset(entry.code for key in ("sdg-goals", "sdg-targets") for entry in code_lists()[key].entries)


@cache
def _titles() -> dict[str, tuple[str, ...]]:
    """Return the titles of the goals by their codes."""
    return {
        entry.code: tuple(title.casefold() for title in entry.label.both)
        for entry in code_lists()["sdg-goals"].entries
    }


def _named(text: str, code: str) -> bool:
    words = text.casefold()
    return any(title.split()[0] in words for title in _titles()[code])


def _numbered_titles(text: str) -> list[str]:
    """Return the goals whose number and whole title a text has, one after the other."""
    words = " ".join(text.casefold().split())
    return [code for code, titles in _titles().items() if any(f"{code} {title}" in words for title in titles)]


def _titled(text: str) -> list[str]:
    """Return the goals whose whole title a text has."""
    words = " ".join(text.casefold().split())
    return [code for code, titles in _titles().items() if any(title in words for title in titles)]
