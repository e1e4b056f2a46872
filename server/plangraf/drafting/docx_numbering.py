"""The numbers that a Word document gives its headings and items, which it does not hold as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element

from plangraf.drafting.list_markers import BULLET

_DEEPEST = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class _Level:
    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of a document.

    Args:
        document: the document.
    """

    def __init__(self, document: WordFile) -> None:
        self._levels: dict[str, Mapping[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        if root is None:
            return
        abstract = {_value(each, "abstractNumId"): each for each in root.findall(qn("w:abstractNum"))}
        for each in root.findall(qn("w:num")):
            link = each.find(qn("w:abstractNumId"))
            source = abstract.get(link.get(qn("w:val"), "")) if link is not None else None
            if source is not None:
                self._levels[_value(each, "numId")] = _levels(source)

    def marker(self, number: str, level: int) -> str:
        """Return the bullet or number of the next paragraph of a list, or an empty text.

        Args:
            number: the identifier of the list.
            level: the level of the paragraph in it, from 0.
        """
        known = self._levels.get(number, {}).get(level)
        if known is None or known.form == "none":
            return ""
        if known.form == "bullet":
            return BULLET
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, known.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = known.text
        for each in range(_DEEPEST):
            mark = f"%{each + 1}"
            if mark in text:
                other = self._levels[number].get(each, known)
                text = text.replace(mark, _shown(counts.get(each, other.start), other.form))
        return text.strip()


def _levels(abstract: _Element) -> Mapping[int, _Level]:
    found: dict[int, _Level] = {}
    for each in abstract.findall(qn("w:lvl")):
        level = _value(each, "ilvl")
        start = _child(each, "w:start", "1")
        form, text = _child(each, "w:numFmt", "decimal"), _child(each, "w:lvlText", "")
        if level.isdigit():
            found[int(level)] = _Level(int(start) if start.isdigit() else 1, form, text)
    return found


def _value(element: _Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}"), ""))


def _child(element: _Element, name: str, default: str) -> str:
    found = element.find(qn(name))
    return str(found.get(qn("w:val"), default)) if found is not None else default


def _shown(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26]
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, letters in (*_ROMAN, *_ROMAN_SMALL):
            text += letters * (count // value)
            count %= value
        return text if form == "lowerRoman" else text.upper()
    return str(count)
