"""The graphics of a page of a PDF that say something about its text: rules of tables, and drawn bullets."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from plangraf.drafting.lines import PageBox, TextLine
from plangraf.drafting.list_markers import BULLET

_THIN = 2.6
_SHORTEST = 8.0
_SMALLEST_BULLET, _LARGEST_BULLET = 1.0, 7.5
_BULLET_DISTANCE = 26.0
_MOST = 20_000
"""The number of shapes of a page that are looked at; a map has more, and no table."""


@dataclass
class PageShapes:
    """The shapes of a page.

    Attributes:
        rules: thin horizontal and vertical lines, and the edges of frames.
        dots: small shapes that may be bullets.
    """

    rules: list[PageBox] = field(default_factory=list)
    dots: list[PageBox] = field(default_factory=list)


def page_shapes(page: pdfium.PdfPage) -> PageShapes:
    """Return the shapes of a page."""
    found = PageShapes()
    for count, shape in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])):
        if count > _MOST:
            break
        box = PageBox(*shape.get_bounds())
        thin, long = sorted((box.width, box.height))
        if thin <= _THIN and long >= _SHORTEST:
            found.rules.append(box)
        elif thin >= _SMALLEST_BULLET and long <= _LARGEST_BULLET and long < 1.6 * thin:
            found.dots.append(box)
        elif thin >= _SHORTEST and _is_stroked(shape):
            found.rules += [
                PageBox(box.left, box.top, box.right, box.top),
                PageBox(box.left, box.bottom, box.right, box.bottom),
                PageBox(box.left, box.bottom, box.left, box.top),
                PageBox(box.right, box.bottom, box.right, box.top),
            ]
    return found


def with_bullets(lines: Sequence[TextLine], dots: Sequence[PageBox]) -> list[TextLine]:
    """Return the lines, those with a drawn bullet before them marked."""
    return [replace(line, marker=BULLET) if any(_is_bullet(dot, line) for dot in dots) else line for line in lines]


def _is_bullet(dot: PageBox, line: TextLine) -> bool:
    distance = line.box.left - dot.right
    return (
        0 <= distance < _BULLET_DISTANCE
        and abs(dot.middle - (line.base + 0.3 * line.size)) < 0.4 * line.size
        and dot.height < 0.7 * line.size
    )


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(shape, fill, stroke)) and bool(stroke.value)
