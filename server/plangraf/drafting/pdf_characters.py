"""The characters of a page of a PDF with their places, and the lines that they make."""

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from plangraf.drafting.hyphens import SOFT_HYPHEN
from plangraf.drafting.lines import PageBox, TextLine, is_divided

_HYPHENS = {"\x02", "\ufffe", "\u00ad"}
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_BEFORE_SIGN = re.compile(r"(?<=\w) (?=[,.;:](?:\s|$))")
"""The space that the number of a footnote leaves."""
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_WEIGHT = 600
_WIDE_GAP = 1.0
"""The gap, in sizes of the font, from which on two pieces of text are apart."""
_NARROW_GAP = 0.4
"""The gap, in sizes of the font, in which no rule of a table stands."""
_SAME_LINE = 0.35
"""How far, in sizes of the font, the baselines of one line may differ."""
_RAISED = 0.8
"""The size of a raised character against its neighbours, at most."""
_TILTED = 0.05
_NAME_LENGTH = 128


@dataclass(frozen=True)
class _Character:
    text: str
    box: PageBox
    base: float
    size: float
    bold: bool


def page_lines(page: pdfium.PdfPage, number: int, rules: Sequence[PageBox] = ()) -> list[TextLine]:
    """Return the lines of a page, in the order of the file.

    Args:
        page: the page.
        number: its number, from 1.
        rules: its rules; what stands on two sides of a vertical one stays apart.
    """
    upright = [rule for rule in rules if rule.height > rule.width]
    textpage = page.get_textpage()
    try:
        return [
            line
            for run in _runs(_characters(textpage), upright)
            if (line := _line([*_without_references(run)], number))
        ]
    finally:
        textpage.close()


def _characters(textpage: pdfium.PdfTextPage) -> Iterator[_Character | None]:
    """Yield the characters, and None where the library finds a line to end."""
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    fonts: dict[tuple[bytes, int], bool] = {}
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    flags = ctypes.c_int()
    for index in range(textpage.count_chars()):
        text = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        if text in "\r\n":
            yield None
            continue
        if pdfium_c.FPDFText_IsGenerated(textpage, index):
            if text in _HYPHENS:
                yield None
            continue
        if abs(pdfium_c.FPDFText_GetCharAngle(textpage, index)) > _TILTED:
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box):
            continue
        scale = 1.0
        base = float(box.bottom)
        if pdfium_c.FPDFText_GetMatrix(textpage, index, matrix):
            scale = abs(matrix.d) or 1.0
            base = float(matrix.f)
        pdfium_c.FPDFText_GetFontInfo(textpage, index, name, _NAME_LENGTH, flags)
        weight = pdfium_c.FPDFText_GetFontWeight(textpage, index)
        font = (name.value, weight)
        if font not in fonts:
            lower = font[0].decode("utf-8", "replace").lower()
            fonts[font] = any(word in lower for word in _BOLD) or weight >= _WEIGHT
        size = pdfium_c.FPDFText_GetFontSize(textpage, index) * scale
        place = PageBox(float(box.left), float(box.bottom), float(box.right), float(box.top))
        if size > 0:
            yield _Character(text, place, base, size, fonts[font])


def _runs(characters: Iterable[_Character | None], upright: Sequence[PageBox]) -> Iterator[list[_Character]]:
    """Yield the characters of each line."""
    run: list[_Character] = []
    before: _Character | None = None
    for character in characters:
        if character is None:
            continue  # the places tell better where a line ends
        if character.text.isspace():
            if run:
                run.append(character)
            continue
        if before is not None and not _continues(before, character, upright):
            yield run
            run = []
        run.append(character)
        before = character
    if run:
        yield run


def _continues(before: _Character, character: _Character, upright: Sequence[PageBox]) -> bool:
    size = max(before.size, character.size)
    gap = character.box.left - before.box.right
    if abs(before.base - character.base) > _SAME_LINE * size or not -size < gap <= _WIDE_GAP * size:
        return False
    return gap < _NARROW_GAP * size or not is_divided(before.box, character.box, upright)


def _without_references(run: Sequence[_Character]) -> Iterator[_Character]:
    """Yield the characters without the raised numbers of footnotes."""
    size = max((each.size for each in run), default=0.0)
    has_text = any(each.size > _RAISED * size and each.text.isalpha() for each in run)
    seen = False
    for character in run:
        small = character.size <= _RAISED * size
        if has_text and seen and small and character.text in "0123456789*†‡":
            continue
        seen = seen or not character.text.isspace()
        yield character


def _line(run: Sequence[_Character], page: int) -> TextLine | None:
    visible = [each for each in run if not each.text.isspace()]
    if not visible:
        return None
    parts: list[str] = []
    pieces: list[list[_Character]] = [[]]
    before: _Character | None = None
    for character in run:
        if character.text.isspace():
            parts.append(" ")
            pieces[-1].append(character)
            continue
        if before is not None and character.box.left - before.box.right > 0.2 * character.size:
            if parts[-1] != " ":
                pieces.append([])
            parts.append(" ")
        pieces[-1].append(character)
        parts.append(character.text)
        before = character
    if parts[-1] in _HYPHENS or (parts[-1] == "\u2010" and len(parts) > 1):
        parts[-1] = SOFT_HYPHEN
    text = "".join(part for part in parts[:-1] if part not in _HYPHENS) + parts[-1]
    text = unicodedata.normalize("NFC", " ".join(text.translate(_LIGATURES).split()))
    text = _BEFORE_SIGN.sub("", text)
    if not text:
        return None
    box = visible[0].box
    for each in visible[1:]:
        box = box.joined(each.box)
    sizes = sorted(each.size for each in visible)
    bold = sum(each.bold for each in visible) * 2 > len(visible)
    line = TextLine(page, box, visible[0].base, sizes[len(sizes) // 2], bold, text)
    if len(pieces) == 1:
        return line
    return replace(line, joined=tuple(piece for each in pieces if (piece := _line(each, page))))
