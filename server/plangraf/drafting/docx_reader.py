"""Reading of Word documents."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle, ParagraphStyle
from lxml.etree import LxmlError, _Element

from plangraf.drafting.document import BlockKind, PlanDocument, TextBlock
from plangraf.drafting.docx_numbering import Numbering
from plangraf.drafting.limits import MOST_BLOCKS, DocumentError, too_large
from plangraf.drafting.list_markers import BULLET, split_marker
from plangraf.drafting.table_of_contents import without_contents
from plangraf.workbook.archive import check_archive
from plangraf.workbook.limits import WorkbookError

_DEEPEST = 40
_LONGEST_BOLD = 150
_MOST_SPANNED = 100
_TITLE_LEVEL = 1
_BOLD_LEVEL = 11
"""The level of a heading that is only a bold paragraph, below those of styles."""
_CONTENT_TYPES = "[Content_Types].xml"


def read_docx(data: bytes, path: Path) -> PlanDocument:
    """Return the text of a Word document, without headers, footers, footnotes, comments and deleted text.

    Args:
        data: its bytes.
        path: its name, for messages.

    Raises:
        DocumentError: it is damaged, or no Word document, or would take up too much memory, or has no text.
    """
    try:
        check_archive(data, path)
    except WorkbookError as error:
        raise DocumentError(error.message, path) from error
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document, path)
        blocks = [*without_contents([*reader.blocks()])]
        title = _title(document, blocks)
    except (OpcError, XmlchemyError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise DocumentError(
            f"is no Word document, or is damaged: {str(error) or type(error).__name__}; save it again as .docx", path
        ) from error
    if not any(block.kind is not BlockKind.PICTURE for block in blocks):
        raise DocumentError("has no text", path)
    return PlanDocument(tuple(blocks), title, reader.page or 0)


def _title(document: WordFile, blocks: list[TextBlock]) -> str:
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Title" and paragraph.text.strip():
            return " ".join(paragraph.text.split())[:300]
    named = " ".join((document.core_properties.title or "").split())
    return named or next((block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), "")


@dataclass(frozen=True)
class _Format:
    """The facts in the style and the properties of a paragraph.

    Attributes:
        level: the level as a heading, or 0.
        is_contents: whether it is an entry of a table of contents.
        number: the identifier of its list, or an empty text.
        depth: its level in the list, from 0.
        is_list: whether its style is one of lists.
    """

    level: int
    is_contents: bool
    number: str
    depth: int
    is_list: bool


class _Reader:
    """Reads the blocks of one document."""

    def __init__(self, document: WordFile, path: Path) -> None:
        self._document = document
        self._path = path
        self._numbering = Numbering(document)
        self._styles = {style.style_id: style for style in document.styles}
        body = document.element.body
        self.page = 1 if next(body.iter(qn("w:lastRenderedPageBreak")), None) is not None else None

    def blocks(self) -> Iterator[TextBlock]:
        """Yield the blocks of the body."""
        for count, block in enumerate(self._elements(self._document.element.body, 0)):
            if count >= MOST_BLOCKS:
                raise too_large(self._path, f"more than {MOST_BLOCKS:,} paragraphs", f"{MOST_BLOCKS:,} paragraphs")
            yield block

    def _elements(self, parent: _Element, depth: int) -> Iterator[TextBlock]:
        if depth > _DEEPEST:
            raise DocumentError("has elements within each other too deeply; save it again as .docx", self._path)
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element, depth)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element, depth)
            elif element.tag == qn("w:sdt"):
                gallery = element.find(f".//{qn('w:docPartGallery')}")
                content = element.find(qn("w:sdtContent"))
                if content is not None and (gallery is None or "Contents" not in gallery.get(qn("w:val"), "")):
                    yield from self._elements(content, depth + 1)
            elif element.tag in (qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")):
                yield from self._elements(element, depth + 1)

    def _paragraph(self, element: _Element, depth: int) -> Iterator[TextBlock]:
        form = self._format(element)
        page = self.page
        text = " ".join("".join(self._pieces(element)).split())
        marker = self._numbering.marker(form.number, form.depth) if form.number and text else ""
        if text and not form.is_contents:
            yield self._block(element, text, marker, form, page)
        for picture in element.iter(qn("wp:docPr")):
            words = " ".join((picture.get("descr") or "").split())
            if words and not _is_fallback(picture):
                yield TextBlock(BlockKind.PICTURE, words, page)
        for box in element.iter(qn("w:txbxContent")):
            if not _is_fallback(box):
                yield from self._elements(box, depth + 1)

    def _block(self, element: _Element, text: str, marker: str, form: _Format, page: int | None) -> TextBlock:
        if form.level:
            return TextBlock(
                BlockKind.HEADING, f"{marker} {text}" if marker[:1].isalnum() else text, page, form.level
            )
        if not marker:
            marker, text = split_marker(text)
        if marker or form.is_list:
            return TextBlock(BlockKind.ITEM, text, page, marker=marker or BULLET)
        if len(text) <= _LONGEST_BOLD and not text.endswith((".", ",")) and self._is_bold(element):
            return TextBlock(BlockKind.HEADING, text, page, _BOLD_LEVEL)
        return TextBlock(BlockKind.PARAGRAPH, text, page)

    def _pieces(self, element: _Element) -> Iterator[str]:
        """Yield the text of a paragraph, and count the pages that begin in it."""
        for each in element.iter():
            if each.tag == qn("w:lastRenderedPageBreak") and self.page is not None:
                self.page += 1
            if each.tag not in (qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
                continue
            run = each.getparent()
            if each.tag == qn("w:tab") and run.tag != qn("w:r"):
                continue  # a tab stop
            if _owner(each) is not element or _is_note_mark(run, each) or _is_hidden(run):
                continue
            yield "-" if each.tag == qn("w:noBreakHyphen") else (each.text or "").replace("\u00ad", "") or " "

    def _format(self, element: _Element) -> _Format:
        properties = element.find(qn("w:pPr"))
        style_id = ""
        number, depth, outline = "", 0, None
        if properties is not None:
            named = properties.find(qn("w:pStyle"))
            style_id = named.get(qn("w:val"), "") if named is not None else ""
            number, depth = _list_of(properties)
            outline = _outline(properties)
        style: BaseStyle | None = self._styles.get(style_id)
        is_contents = is_list = False
        level = outline or 0
        seen = 0
        while isinstance(style, ParagraphStyle) and seen < _DEEPEST:
            seen += 1
            name = (style.name or "").lower()
            is_contents = is_contents or name.startswith(("toc", "contents ", "table of"))
            is_list = is_list or name.startswith(("list ", "liste", "punktliste", "nummerert liste"))
            if not level and name == "title":
                level = _TITLE_LEVEL
            own = style.element.find(qn("w:pPr"))
            if own is not None:
                level = level or _outline(own) or 0
                if not number:
                    number, depth = _list_of(own)
            if not level and name.startswith("heading ") and name[8:].isdigit():
                level = int(name[8:]) + 1
            style = style.base_style
        if level and not number:
            depth = 0
        return _Format(level, is_contents, number if number != "0" else "", depth, is_list)

    def _is_bold(self, element: _Element) -> bool:
        runs = [run for run in element.iter(qn("w:r")) if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
        return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)

    def _table(self, element: _Element, depth: int) -> Iterator[TextBlock]:
        page = self.page
        cells = [
            [(cell, [*self._elements(cell, depth + 1)]) for cell in row.findall(qn("w:tc"))]
            for row in element.iter(qn("w:tr"))
            if _owner(row, "w:tbl") is element
        ]
        cells = [row for row in cells if any(blocks for _, blocks in row)]
        if len(cells) == 1 or max(map(len, cells), default=0) == 1:  # a frame, or columns beside each other
            for row in cells:
                for _, blocks in row:
                    yield from blocks
            return
        rows = tuple(tuple(text for cell, blocks in row for text in _cell_texts(cell, blocks)) for row in cells)
        if rows:
            yield TextBlock(BlockKind.TABLE, "", page, rows=rows)
        for row in cells:
            for _, blocks in row:
                yield from (block for block in blocks if block.kind is BlockKind.PICTURE)


def _cell_texts(cell: _Element, blocks: Sequence[TextBlock]) -> list[str]:
    """Return the text of a cell, with a line for each block, and an empty one for each further column it spans."""
    texts = [
        f"{block.marker} {block.text}"
        if block.marker[:1].isdigit() and "." in block.marker[:-1]
        else block.text or "\n".join(" ".join(filter(None, each)) for each in block.rows)
        for block in blocks
        if block.kind is not BlockKind.PICTURE
    ]
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = span.get(qn("w:val"), "1") if span is not None else "1"
    more = min(int(width), _MOST_SPANNED) - 1 if width.isdigit() else 0
    return ["\n".join(filter(None, texts)), *([""] * more)]


def _owner(element: _Element, name: str = "w:p") -> _Element | None:
    return next(element.iterancestors(qn(name)), None)


def _is_fallback(element: _Element) -> bool:
    """Return whether an element is the form of another for older programs."""
    return any(each.tag.endswith("}Fallback") for each in element.iterancestors() if isinstance(each.tag, str))


def _is_note_mark(run: _Element, text: _Element) -> bool:
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(qn("w:val")) == "superscript" and (text.text or "").strip("*").isdigit()


def _is_hidden(run: _Element) -> bool:
    return _is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_on(element: _Element | None) -> bool:
    return element is not None and element.get(qn("w:val"), "true") not in ("0", "false", "none")


def _list_of(properties: _Element) -> tuple[str, int]:
    found = properties.find(qn("w:numPr"))
    if found is None:
        return "", 0
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    depth = level.get(qn("w:val"), "0") if level is not None else "0"
    return (number.get(qn("w:val"), "") if number is not None else ""), int(depth) if depth.isdigit() else 0


def _outline(properties: _Element) -> int | None:
    found = properties.find(qn("w:outlineLvl"))
    value = found.get(qn("w:val"), "") if found is not None else ""
    return int(value) + 2 if value.isdigit() and int(value) < 9 else None
