"""The alternative texts of the pictures of a tagged PDF, with the places of the pictures."""

import ctypes
from collections.abc import Callable, Iterator, Mapping

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from plangraf.drafting.lines import PageBox, Picture

_DEEPEST = 200
_MOST = 10_000
_MOST_OBJECTS = 50_000


def page_pictures(page: pdfium.PdfPage) -> list[Picture]:
    """Return the pictures of a page that have an alternative text, in the order of its tags."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        found: list[tuple[str, list[int]]] = []
        for index in range(min(pdfium_c.FPDF_StructTree_CountChildren(tree), _MOST)):
            child = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                found += _alternatives(child, 0)
        places = _places(page) if found else {}
        return [Picture(_around(numbers, places), text) for text, numbers in found[:_MOST]]
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


def _alternatives(element: pdfium_c.FPDF_STRUCTELEMENT, depth: int) -> Iterator[tuple[str, list[int]]]:
    """Yield the alternative texts of an element and of those in it, each with the numbers of its marked content."""
    text = _text(pdfium_c.FPDF_StructElement_GetAltText, element)
    if text.strip():
        yield " ".join(text.split()), [*_content(element, depth)]
    elif depth < _DEEPEST:
        for index in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MOST)):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                yield from _alternatives(child, depth + 1)


def _content(element: pdfium_c.FPDF_STRUCTELEMENT, depth: int) -> Iterator[int]:
    for index in range(min(max(pdfium_c.FPDF_StructElement_GetMarkedContentIdCount(element), 0), _MOST)):
        number = pdfium_c.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
        if number >= 0:
            yield number
    if depth < _DEEPEST:
        for index in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MOST)):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                yield from _content(child, depth + 1)


def _places(page: pdfium.PdfPage) -> Mapping[int, PageBox]:
    """Return the places of marked content by its numbers."""
    found: dict[int, PageBox] = {}
    for count, each in enumerate(page.get_objects()):
        if count > _MOST_OBJECTS:
            break
        number = pdfium_c.FPDFPageObj_GetMarkedContentID(each)
        if number >= 0:
            box = PageBox(*each.get_bounds())
            found[number] = found[number].joined(box) if number in found else box
    return found


def _around(numbers: list[int], places: Mapping[int, PageBox]) -> PageBox | None:
    box: PageBox | None = None
    for number in numbers:
        if number in places:
            box = places[number] if box is None else box.joined(places[number])
    return box


def _text(
    read: Callable[[pdfium_c.FPDF_STRUCTELEMENT, object, int], int], element: pdfium_c.FPDF_STRUCTELEMENT
) -> str:
    length = read(element, None, 0)
    if length <= 2:  # the text ends in two zeros
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
