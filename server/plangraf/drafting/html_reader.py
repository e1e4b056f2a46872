"""Reading of web pages."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from plangraf.drafting.document import BlockKind, PlanDocument, TextBlock
from plangraf.drafting.html_elements import BLOCK_ELEMENTS, SKIPPED_ELEMENTS
from plangraf.drafting.labels import goal_label
from plangraf.drafting.limits import MOST_BLOCKS, MOST_CHARACTERS, DocumentError, too_large
from plangraf.drafting.list_markers import BULLET, split_marker
from plangraf.drafting.table_of_contents import without_contents
from plangraf.drafting.words import section_kind

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_LOOK_FOR_CHARSET = 4096
_LATIN = ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252", "iso8859-1", "iso_8859-1")
_WESTERN = "windows-1252"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SUMMARY_LEVEL = 7
_BOLD_LEVEL = 8
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LONGEST_BOLD = 150
_MOST_SPANNED = 100
_DEEPEST = 300


def read_html(data: bytes, path: Path) -> PlanDocument:
    """Return the text of a web page, without its menus, its head and its foot.

    Args:
        data: its bytes.
        path: its name, for messages.

    Raises:
        DocumentError: it is too large, or has no text.
    """
    text = decode_html(data, path)
    if len(text) > 8 * MOST_CHARACTERS:
        raise too_large(path, f"{len(text):,} letters", f"{8 * MOST_CHARACTERS:,} letters")
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:  # the parser found no memory, and says no more
        raise DocumentError("cannot be parsed: it is too large; take out the part with the goals", path) from error
    root = tree.css_first("main") or tree.css_first("[role=main]") or tree.body
    blocks = [*without_contents([*_Reader(path).blocks(root)])] if root is not None else []
    if not any(block.kind is not BlockKind.PICTURE for block in blocks):
        raise DocumentError(
            "has no text; if a program in the page fetches it, open the page in a browser and print it to a PDF", path
        )
    return PlanDocument(tuple(blocks), _title(tree))


def decode_html(data: bytes, path: Path) -> str:
    """Return a page as text: by its byte order mark, else by the encoding it declares, else UTF-8 or Windows-1252.

    Raises:
        DocumentError: it is not in the encoding that it declares.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data.removeprefix(mark), encoding, path)
    for zeros, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if data.startswith(zeros):
            return _decoded(data, encoding, path)
    declared = _CHARSET.search(data[:_LOOK_FOR_CHARSET]) or _XML_ENCODING.search(data[:_LOOK_FOR_CHARSET])
    if declared is not None:
        name = declared[1].decode("ascii", "replace").lower()
        if name in _LATIN:
            return data.decode(_WESTERN, "replace")
        if name.startswith("utf-16"):
            name = "utf-8"  # a page that can be read up to here is not in UTF-16
        try:
            codecs.lookup(name)
        except LookupError as error:
            raise DocumentError(
                f"declares the encoding {name}, which is not known; save it as UTF-8", path
            ) from error
        return _decoded(data, name, path) if name not in ("utf-8", "utf8") else _utf8(data)
    return _utf8(data)


def _utf8(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(_WESTERN, "replace")


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentError(f"is not in the encoding {encoding} that it declares; save it as UTF-8", path) from error


def _title(tree: LexborHTMLParser) -> str:
    for selector in ("main h1", "h1", "title"):
        node = tree.css_first(selector)
        text = " ".join(node.text().split()) if node is not None else ""
        if text:
            return text[:300]
    return ""


class _Reader:
    """Reads the blocks of one page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = 0

    def blocks(self, root: LexborNode) -> Iterator[TextBlock]:
        """Yield the blocks in an element."""
        for block in self._children(root, 0):
            self._count += 1
            if self._count > MOST_BLOCKS:
                raise too_large(self._path, f"more than {MOST_BLOCKS:,} paragraphs", f"{MOST_BLOCKS:,} paragraphs")
            yield block

    def _children(self, parent: LexborNode, depth: int) -> Iterator[TextBlock]:
        if depth > _DEEPEST:
            raise DocumentError(
                "has elements within each other too deeply; save the page anew in a browser", self._path
            )
        inline: list[LexborNode] = []
        for node in parent.iter(include_text=True):
            if _is_skipped(node):
                continue
            if _is_inline(node):
                inline.append(node)
                continue
            yield from _paragraph(inline)
            inline = []
            yield from self._block(node, depth)
        yield from _paragraph(inline)

    def _block(self, node: LexborNode, depth: int) -> Iterator[TextBlock]:
        tag = node.tag or ""
        if tag in _HEADINGS or tag == "summary":
            yield from _pictures(node)
            text = _text(node)
            if text:
                yield TextBlock(BlockKind.HEADING, text, level=_HEADINGS.get(tag, _SUMMARY_LEVEL))
        elif tag == "table":
            rows = tuple(row for row in _rows(node) if any(row))
            if len(rows) == 1:  # a table that only puts things beside each other
                for cell in node.css("td, th"):
                    yield from self._children(cell, depth + 1)
            elif rows and max(map(len, rows)) > 1:
                yield TextBlock(BlockKind.TABLE, "", rows=rows)
                yield from _pictures(node)
            else:
                for row in rows:
                    yield TextBlock(BlockKind.PARAGRAPH, row[0])
        elif tag in ("ul", "ol", "menu"):
            yield from self._list(node, depth)
        elif tag == "dt":
            text = _text(node)
            if text:
                yield TextBlock(BlockKind.HEADING, text, level=_BOLD_LEVEL)
        else:
            yield from self._children(node, depth + 1)

    def _list(self, node: LexborNode, depth: int) -> Iterator[TextBlock]:
        start = node.attributes.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in node.iter():
            if item.tag != "li" or _is_skipped(item):
                continue
            marker = f"{number}." if node.tag == "ol" else BULLET
            number += 1
            first = True
            for block in self._children(item, depth + 1):
                if first and block.kind is BlockKind.PARAGRAPH:
                    yield TextBlock(BlockKind.ITEM, block.text, marker=marker)
                    first = False
                else:
                    yield block


def _is_inline(node: LexborNode) -> bool:
    if node.tag in BLOCK_ELEMENTS:
        return False
    return not any(each.tag in BLOCK_ELEMENTS for each in node.css("*")) if node.is_element_node else True


def _is_skipped(node: LexborNode) -> bool:
    if not node.is_element_node:
        return not node.is_text_node
    if node.tag in SKIPPED_ELEMENTS:
        return True
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in ("navigation", "banner", "contentinfo", "search")
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def _text(node: LexborNode) -> str:
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: LexborNode) -> Iterator[str]:
    if node.is_text_node:
        yield _SPACE.sub(" ", (node.text_content or "").replace("\u00ad", ""))
    elif node.is_element_node and not _is_skipped(node):
        if node.tag == "br":
            yield "\n"
        if node.tag == "sup" and node.text().strip("[]()* \n").isdigit():
            return
        blocks = node.tag in BLOCK_ELEMENTS
        if blocks:
            yield "\n"
        for child in node.iter(include_text=True):
            yield from _pieces(child)
        if blocks:
            yield "\n"


def _paragraph(nodes: list[LexborNode]) -> Iterator[TextBlock]:
    """Yield the blocks of text between elements that are blocks; a line break is a new one before a bullet."""
    lines = [
        " ".join(line.split()) for line in "".join(piece for node in nodes for piece in _pieces(node)).split("\n")
    ]
    texts: list[tuple[str, str]] = []
    for line in filter(None, lines):
        marker, rest = split_marker(line)
        if texts and not marker and not goal_label(line):
            texts[-1] = (texts[-1][0], f"{texts[-1][1]} {line}")
        else:
            texts.append((marker, rest))
    bold = bool(nodes) and all(
        node.tag in ("b", "strong") or (node.is_text_node and not (node.text_content or "").strip()) for node in nodes
    )
    for marker, text in texts:
        if marker:
            yield TextBlock(BlockKind.ITEM, text, marker=marker)
        elif bold and len(text) <= _LONGEST_BOLD and (not text.endswith(".") or section_kind(text) is not None):
            yield TextBlock(BlockKind.HEADING, text, level=_BOLD_LEVEL)
        else:
            yield TextBlock(BlockKind.PARAGRAPH, text)
    for node in nodes:
        yield from _pictures(node)


def _pictures(node: LexborNode) -> Iterator[TextBlock]:
    for picture in node.css("img") if node.is_element_node else ():
        text = " ".join((picture.attributes.get("alt") or "").split())
        if text:
            yield TextBlock(BlockKind.PICTURE, text)


def _rows(table: LexborNode) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table; a cell over several rows or columns has its text in the first one."""
    below: dict[int, int] = {}
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append("")
            lines = "".join(_pieces(cell)).split("\n")
            text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
            for number in range(_span(cell, "colspan")):
                below[len(cells)] = _span(cell, "rowspan") - 1
                cells.append("" if number else text)
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append("")
        yield tuple(cells)


def _span(cell: LexborNode, name: str) -> int:
    text = cell.attributes.get(name) or "1"
    return min(max(int(text), 1), _MOST_SPANNED) if text.isdigit() else 1
