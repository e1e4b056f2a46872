"""Reading of PDF documents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from plangraf.drafting.document import BlockKind, PlanDocument, TextBlock
from plangraf.drafting.hyphens import LineJoiner
from plangraf.drafting.limits import MOST_CHARACTERS, MOST_PAGES, DocumentError, too_large
from plangraf.drafting.line_merging import merged_lines, without_references
from plangraf.drafting.lines import PageBox, PdfPage, Picture, TextLine
from plangraf.drafting.page_tables import PageTable, page_tables
from plangraf.drafting.paragraphs import ParagraphMaker, usual_size
from plangraf.drafting.pdf_characters import page_lines
from plangraf.drafting.pdf_graphics import page_shapes, with_bullets
from plangraf.drafting.pdf_pictures import page_pictures
from plangraf.drafting.reading_order import PageItem, reading_order
from plangraf.drafting.running_lines import without_running_lines
from plangraf.drafting.table_of_contents import without_contents

_SHORTEST_TITLE = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEW_LETTERS = 40
"""The letters that a scanned page, or a document of nothing else, may have, such as a number or a stamp."""


def read_pdf(data: bytes, path: Path) -> PlanDocument:
    """Return the text of a PDF.

    Args:
        data: its bytes.
        path: its name, for messages.

    Raises:
        DocumentError: it is damaged, encrypted, too large, or a scan without text.
    """
    document = _opened(data, path)
    try:
        if len(document) > MOST_PAGES:
            raise too_large(path, f"{len(document)} pages", f"{MOST_PAGES} pages")
        pages = [*_pages(document, path)]
    finally:
        document.close()
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if letters < _FEW_LETTERS:
        reason = (
            "its pages are pictures, as a scanner makes them"
            if any(page.is_scanned for page in pages)
            else "its pages are empty, or their letters are drawn as shapes"
        )
        raise DocumentError(
            f"has no text: {reason}. Recognise the text first (OCR), or take the file that the plan was printed from",
            path,
        )
    pages = without_running_lines(pages)
    joiner = LineJoiner(line.text for page in pages for line in page.lines)
    lines = [line for page in pages for line in page.lines]
    maker = ParagraphMaker(lines, joiner)
    ordered = [_ordered(page, joiner, maker.body_size) for page in pages]
    blocks = [*_with_pictures([*maker.blocks(ordered)], pages)]
    scanned = tuple(page.number for page in pages if page.is_scanned)
    return PlanDocument(tuple(without_contents(_joined_tables(blocks))), _title(pages), len(pages), scanned)


def _opened(data: bytes, path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = pdfium_c.FPDF_GetLastError()
        if code == pdfium_c.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise DocumentError("is encrypted; save it without a password", path) from error
        if code == pdfium_c.FPDF_ERR_SECURITY:
            raise DocumentError("is encrypted in a way that is not read; save it without a password", path) from error
        raise DocumentError("is damaged: it cannot be opened as a PDF; export it again", path) from error


def _pages(document: pdfium.PdfDocument, path: Path) -> Iterator[PdfPage]:
    count = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise DocumentError(f"is damaged: page {index + 1} cannot be read; export it again", path) from error
        try:
            shapes = page_shapes(page)
            lines = page_lines(page, index + 1, shapes.rules)
            count += sum(len(line.text) for line in lines)
            if count > MOST_CHARACTERS:
                raise too_large(path, f"more than {MOST_CHARACTERS:,} letters", f"{MOST_CHARACTERS:,} letters")
            box = PageBox(*page.get_bbox())
            merged = merged_lines(with_bullets(without_references(lines), shapes.dots), shapes.rules)
            is_scanned = (
                sum(len(line.text) for line in lines) < _FEW_LETTERS
                and next(page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE]), None) is not None
            )
            yield PdfPage(index + 1, box, merged, page_pictures(page), shapes.rules, is_scanned)
        finally:
            page.close()


def _ordered(page: PdfPage, joiner: LineJoiner, body_size: float) -> list[PageItem]:
    tables, lines = page_tables(page, joiner)
    return reading_order([*lines, *tables], body_size)


def _with_pictures(
    blocks: Sequence[tuple[TextBlock, TextLine | PageTable]], pages: Sequence[PdfPage]
) -> Iterator[TextBlock]:
    """Yield the blocks, with each picture after the block beside or above it, and at the top after the first one."""
    after: dict[int, list[TextBlock]] = {}
    first: list[TextBlock] = []
    for page in pages:
        places = [index for index, (block, _) in enumerate(blocks) if block.page == page.number]
        for picture in page.pictures:
            made = TextBlock(BlockKind.PICTURE, picture.text, page.number)
            index = _neighbour(picture, [(place, blocks[place][1]) for place in places])
            if index is None:
                earlier = [place for place, (block, _) in enumerate(blocks) if (block.page or 0) < page.number]
                index = earlier[-1] if earlier else None
            (after.setdefault(index, []) if index is not None else first).append(made)
    yield from first
    for index, (block, _) in enumerate(blocks):
        yield block
        yield from after.get(index, ())


def _neighbour(picture: Picture, places: Sequence[tuple[int, TextLine | PageTable]]) -> int | None:
    if not places:
        return None
    if picture.box is None:
        return places[-1][0]
    box = picture.box
    above = [(index, item) for index, item in places if item.box.top > box.middle]
    if not above:
        return places[0][0]
    aside = [each for each in above if each[1].box.left < box.right and each[1].box.right > box.left]
    return min(aside or above, key=lambda each: each[1].box.middle - box.middle)[0]


def _joined_tables(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the blocks, with tables that go on on the next page as one."""
    found: list[TextBlock] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            before is not None
            and before.kind is block.kind is BlockKind.TABLE
            and before.page != block.page
            and len(before.rows[0]) == len(block.rows[0])
        ):
            rows = block.rows[1:] if block.rows[0] == before.rows[0] else block.rows
            found[-1] = replace(before, rows=before.rows + rows)
        else:
            found.append(block)
    return found


def _title(pages: Sequence[PdfPage]) -> str:
    """Return the largest text of the first page that has one, if it is larger than running text."""
    worded = [[line for line in page.lines if sum(map(str.isalpha, line.text)) >= _SHORTEST_TITLE] for page in pages]
    first = next((lines for lines in worded if lines), [])
    largest = max((line.size for line in first), default=0.0)
    if largest < 1.3 * usual_size(line for each in pages for line in each.lines):
        return ""
    page = next(page for page in pages if any(line in page.lines for line in first))
    lines = sorted((line for line in page.lines if _is_title(line, largest, first)), key=lambda line: -line.base)
    return " ".join(line.text for line in lines)[:300]


def _is_title(line: TextLine, largest: float, worded: Sequence[TextLine]) -> bool:
    """Return whether a line belongs to the title: one with words, or years of that size."""
    return line.size > largest - 1 and (line in worded or bool(_YEAR.search(line.text)))
