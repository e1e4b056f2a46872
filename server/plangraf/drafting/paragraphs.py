"""The lines of pages, in reading order, made into headings, paragraphs and items of lists."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plangraf.drafting.document import BlockKind, TextBlock
from plangraf.drafting.hyphens import SOFT_HYPHEN, LineJoiner
from plangraf.drafting.labels import label, numbered
from plangraf.drafting.lines import TextLine
from plangraf.drafting.list_markers import split_marker
from plangraf.drafting.page_tables import PageTable
from plangraf.drafting.reading_order import PageItem
from plangraf.drafting.table_of_contents import is_entry
from plangraf.drafting.words import section_kind

_SAME_SIZE = 0.08
_HEADING = 1.12
"""The size of a heading against that of the text, at least."""
_LONGEST_HEADING = 200
_FOOTNOTE = 0.86
"""The size of a footnote against that of the text, at most."""
_NOTE_MARKS = "0123456789*†"
_LOOSE = 0.3
"""How much farther apart than usual, in sizes of the font, the lines of two paragraphs are."""
_INDENT = 3.0
_ENDS = (".", "!", "?", ":", ";")
_CLOSEST = 0.8
_USUAL_STEP = 1.3
_LARGEST_STEP = 2.2


@dataclass
class _Paragraph:
    """Lines that belong together."""

    lines: list[TextLine] = field(default_factory=list)
    marker: str = ""
    text: str = ""

    @property
    def last(self) -> TextLine:
        return self.lines[-1]


@dataclass(frozen=True)
class _Style:
    size: float
    bold: bool
    capitals: bool


class ParagraphMaker:
    """Makes blocks of lines.

    Args:
        lines: all lines of the document.
        joiner: joins lines to running text.
    """

    def __init__(self, lines: Sequence[TextLine], joiner: LineJoiner) -> None:
        self._joiner = joiner
        self.body_size = usual_size(lines)

    def blocks(self, pages: Iterable[Sequence[PageItem]]) -> Iterator[tuple[TextBlock, TextLine | PageTable]]:
        """Yield the blocks, each with its first line or its table; levels follow from the styles of headings."""
        items = [item for page in pages for item in page]
        notes = self._notes(items)
        paragraphs = [*self._paragraphs([item for item in items if id(item) not in notes])]
        heads = {id(each): self._style(each) for each in paragraphs if isinstance(each, _Paragraph)}
        styles = sorted(
            {style for style in heads.values() if style is not None},
            key=lambda style: (-style.size, not style.capitals, not style.bold),
        )
        levels = {style: level for level, style in enumerate(styles, 1)}
        for each in paragraphs:
            if isinstance(each, PageTable):
                yield TextBlock(BlockKind.TABLE, "", each.page, rows=each.rows), each
                continue
            style = heads[id(each)]
            page = each.lines[0].page
            if style is not None:
                text = f"{each.marker} {each.text}" if each.marker[:1].isalnum() else each.text
                yield TextBlock(BlockKind.HEADING, text, page, levels[style]), each.lines[0]
            elif each.marker:
                yield TextBlock(BlockKind.ITEM, each.text, page, marker=each.marker), each.lines[0]
            else:
                yield TextBlock(BlockKind.PARAGRAPH, each.text, page), each.lines[0]

    def _paragraphs(self, items: Sequence[PageItem]) -> Iterator[_Paragraph | PageTable]:
        step = self._step(items)
        open_: _Paragraph | None = None
        for item in items:
            if isinstance(item, PageTable):
                if open_ is not None:
                    yield open_
                open_ = None
                yield item
                continue
            marker, rest = (item.marker, item.text) if item.marker else split_marker(item.text)
            if open_ is not None and not marker and self._continues(open_, item, step):
                open_.text = self._joiner.join(open_.text, item.text)
                open_.lines.append(item)
                continue
            if open_ is not None:
                yield open_
            open_ = _Paragraph([item], marker, rest)
        if open_ is not None:
            yield open_

    def _notes(self, items: Sequence[PageItem]) -> set[int]:
        """Return the identities of the lines of footnotes: small ones that begin with a number, and those below."""
        found: set[int] = set()
        before: TextLine | None = None
        for item in items:
            if not isinstance(item, TextLine) or item.size > _FOOTNOTE * self.body_size:
                before = None
                continue
            goes_on = before is not None and before.page == item.page and abs(before.size - item.size) < 0.5
            if goes_on or item.text[0] in _NOTE_MARKS:
                found.add(id(item))
                before = item
        return found

    def _step(self, items: Sequence[PageItem]) -> float:
        """Return the usual distance of two lines of a paragraph, in sizes of the font."""
        steps = Counter[float]()
        for before, after in pairwise(items):
            if isinstance(before, TextLine) and isinstance(after, TextLine) and before.page == after.page:
                step = (before.base - after.base) / after.size
                goes_on = after.text[0].islower() and not after.marker and abs(after.size - self.body_size) < 0.5
                if goes_on and _CLOSEST < step < _LARGEST_STEP:
                    steps[round(step * 20) / 20] += 1
        frequent = [step for step, count in steps.items() if count * 3 >= max(steps.values())]
        return min(frequent, default=_USUAL_STEP)

    def _continues(self, open_: _Paragraph, line: TextLine, step: float) -> bool:
        """Return whether a line without a marker goes on with what is open."""
        last = open_.last
        if abs(last.size - line.size) > _SAME_SIZE * last.size or is_entry(open_.text) or is_entry(line.text):
            return False
        if last.bold != line.bold and (last.bold or not open_.lines[0].bold):
            return False
        if label(line.text) is not None or (numbered(line.text)[0].count(".") == 1 and line.text[0].isdigit()):
            return label(line.text) is None and not _ends(open_.text) and open_.text.endswith(("og", "mål", "delmål"))
        if open_.text.endswith(SOFT_HYPHEN):
            return True
        is_head = line.size >= _HEADING * self.body_size or line.bold
        below = last.page == line.page and last.base > line.base and _share_column(open_, line)
        if below:
            distance = (last.base - line.base) / line.size
            starts = line.text[:1].isupper() and section_kind(line.text) is not None
            if distance > step + _LOOSE or starts or _is_lead_in(open_):
                return False
            if open_.marker:
                return line.box.left >= open_.lines[0].box.left - _INDENT
            return True
        if is_head or open_.text.endswith(_ENDS):
            return False
        return line.text[:1].islower() or open_.text.endswith("-")

    def _style(self, paragraph: _Paragraph) -> _Style | None:
        """Return the style of a heading, or None for text."""
        first, text = paragraph.lines[0], paragraph.text
        if len(text) > _LONGEST_HEADING or not any(letter.isalpha() for letter in text) or is_entry(text):
            return None
        large = first.size >= _HEADING * self.body_size
        bullet = bool(paragraph.marker) and not paragraph.marker[0].isalnum()
        capitals = text.isupper() and sum(letter.isalpha() for letter in text) > 3
        bold = all(line.bold for line in paragraph.lines)
        if bullet or (not large and (first.size < _FOOTNOTE * self.body_size or text.endswith((".", ",", ";")))):
            return None
        if large or bold or (capitals and not paragraph.marker):
            return _Style(round(first.size * 2) / 2, bold, capitals)
        return None


def usual_size(lines: Iterable[TextLine]) -> float:
    """Return the size of the font that most of the text has, in points."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 4) / 4] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _share_column(open_: _Paragraph, line: TextLine) -> bool:
    left, right = min(each.box.left for each in open_.lines), max(each.box.right for each in open_.lines)
    return line.box.left < right and line.box.right > left


def _is_lead_in(paragraph: _Paragraph) -> bool:
    return paragraph.text.endswith(":") and section_kind(paragraph.text) is not None


def _ends(text: str) -> bool:
    return text.endswith(_ENDS)
