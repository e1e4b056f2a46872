"""The tables of a page: those with rules, and those whose head says what their columns hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plangraf.drafting.hyphens import LineJoiner
from plangraf.drafting.lines import PageBox, PdfPage, TextLine
from plangraf.drafting.list_markers import split_marker
from plangraf.drafting.small_tables import small_table
from plangraf.drafting.table_heads import column_kind
from plangraf.drafting.words import SectionKind

_TOUCH = 3.0
_APART = 4.0
_MOST_RULES = 2000
_COLUMN_SLACK = 6.0
_LARGEST_STEP = 2.6
"""The distance of two lines of one table, in sizes of the font, at most."""
_ROW_STEP = 1.75
_LONGEST_HEAD = 60
_LISTS = {SectionKind.STRATEGIES, SectionKind.MEASURES, SectionKind.CONTRIBUTIONS}
"""The columns that tables without rules do not consist of alone: these are lists beside each other."""


@dataclass(frozen=True)
class PageTable:
    """A table on a page.

    Attributes:
        page: the number of the page.
        box: its place.
        rows: its rows; a cell has a line for each of its paragraphs and items.
    """

    page: int
    box: PageBox
    rows: tuple[tuple[str, ...], ...]


def page_tables(page: PdfPage, joiner: LineJoiner) -> tuple[list[PageTable], list[TextLine]]:
    """Return the tables of a page, and the lines that are in none of them."""
    left = list(page.lines)
    tables: list[PageTable] = []
    for grid in _grids(page.rules):
        inside = [line for line in left if grid.box.contains(line.box, 1)]
        rows = _rows(inside, grid, joiner)
        if len(rows) > 1 and max(map(len, rows)) > 1:
            tables.append(PageTable(page.number, grid.box, rows))
            taken = set(map(id, inside))
            left = [line for line in left if id(line) not in taken]
    while (found := _headed_table(left, joiner)) is not None:
        table, taken = found
        tables.append(table)
        left = [line for line in left if id(line) not in taken]
    while (small := small_table(left)) is not None:
        tables.append(PageTable(page.number, small.box, small.rows))
        taken = set(map(id, small.lines))
        left = [line for line in left if id(line) not in taken]
    return tables, left


@dataclass(frozen=True)
class _Grid:
    """The rules of a table: the edges of its columns from the left, and of its rows from the top."""

    box: PageBox
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def _grids(rules: Sequence[PageBox]) -> list[_Grid]:
    if len(rules) > _MOST_RULES:
        return []
    found: list[_Grid] = []
    for cluster in _clusters(rules):
        upright = [rule for rule in cluster if rule.height > rule.width]
        heights = _edges(rule.middle for rule in cluster if rule.width >= rule.height)[::-1]
        lefts = _edges(rule.left for rule in upright)
        if len(lefts) > 2 and len(heights) > 2:
            found += _parts(upright, lefts, heights)
    return found


def _parts(upright: Sequence[PageBox], lefts: Sequence[float], heights: Sequence[float]) -> Iterator[_Grid]:
    """Yield the tables that stand directly below each other: where one has other columns, another begins."""
    columns: set[float] = set()
    first = 0
    for number, (top, bottom) in enumerate(pairwise(heights)):
        middle = (top + bottom) / 2
        crossed = [rule.left for rule in upright if rule.bottom <= middle <= rule.top]
        here = {min(lefts, key=lambda left: abs(left - x)) for x in crossed}
        if here <= columns or columns <= here:
            columns |= here
            continue
        yield _grid(columns, heights[first : number + 1])
        columns, first = here, number
    yield _grid(columns, heights[first:])


def _grid(columns: Iterable[float], rows: Sequence[float]) -> _Grid:
    edges = tuple(sorted(columns)) or (0.0, 0.0)
    return _Grid(PageBox(edges[0], rows[-1], edges[-1], rows[0]), edges, tuple(rows))


def _clusters(rules: Sequence[PageBox]) -> list[list[PageBox]]:
    """Return the rules that touch each other, directly or through others, together."""
    clusters: list[tuple[PageBox, list[PageBox]]] = []
    for rule in rules:
        wide = PageBox(rule.left - _TOUCH, rule.bottom - _TOUCH, rule.right + _TOUCH, rule.top + _TOUCH)
        touching = [each for each in clusters if _touch(each[0], wide)]
        box, members = rule, [rule]
        for other, others in touching:
            box = box.joined(other)
            members = others + members
        clusters = [each for each in clusters if not any(each is one for one in touching)]
        clusters.append((box, members))
    return [members for _, members in clusters]


def _touch(one: PageBox, other: PageBox) -> bool:
    return one.left <= other.right and other.left <= one.right and one.bottom <= other.top and other.bottom <= one.top


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _APART:
            found.append(value)
    return found


def _rows(lines: Sequence[TextLine], grid: _Grid, joiner: LineJoiner) -> tuple[tuple[str, ...], ...]:
    cells: dict[tuple[int, int], list[TextLine]] = {}
    for line in lines:
        column = sum(line.box.left + 1 >= edge for edge in grid.columns[1:-1])
        row = sum(line.box.middle < edge for edge in grid.rows[1:-1])
        cells.setdefault((row, column), []).append(line)
    width = len(grid.columns) - 1
    rows = (
        tuple(_cell_text(cells.get((row, column), ()), joiner) for column in range(width))
        for row in range(len(grid.rows) - 1)
    )
    return tuple(row for row in rows if any(row))


def _cell_text(lines: Sequence[TextLine], joiner: LineJoiner) -> str:
    """Return the text of a cell, with a line for each paragraph and item."""
    texts: list[str] = []
    before: TextLine | None = None
    has_items = any(line.marker or split_marker(line.text)[0] for line in lines)
    for line in sorted(lines, key=lambda each: (-round(each.base), each.box.left)):
        marker, rest = split_marker(line.text)
        is_item = bool(line.marker or marker)
        text = line.text if line.marker or not marker or marker[0].isdigit() else rest
        if before is None or is_item or _is_apart(before, line, has_items=has_items):
            texts.append(text)
        else:
            texts[-1] = joiner.join(texts[-1], text)
        before = line
    return "\n".join(texts)


def _is_apart(before: TextLine, line: TextLine, *, has_items: bool) -> bool:
    """Return whether a line of a cell begins a paragraph: after a distance, or after a short line in a list."""
    if before.base - line.base > _ROW_STEP * line.size:
        return True
    starts = line.text[:1].isupper() or line.text[:1].isdigit()
    return not has_items and starts and before.box.width < 0.55 * max(line.box.width, before.box.width, 1)


def _headed_table(lines: Sequence[TextLine], joiner: LineJoiner) -> tuple[PageTable, set[int]] | None:
    """Return a table without rules that the words of its head tell, with the identities of its lines, or None."""
    for first in sorted(lines, key=lambda each: (-each.base, each.box.left)):
        if column_kind(first.text) is None:
            continue
        head = sorted(
            (each for each in lines if abs(each.base - first.base) < 0.35 * first.size),
            key=lambda each: each.box.left,
        )
        if head[0] is not first or len(head) < 2 or any(len(each.text) > _LONGEST_HEAD for each in head):
            continue
        if any(each.box.right > after.box.left for each, after in pairwise(head)):
            continue
        kinds = {found.kind for each in head if (found := column_kind(each.text)) is not None}
        if len(kinds) < 2 or kinds <= _LISTS:
            continue  # or lists beside each other
        body = _body(lines, head)
        starts = [line for line in body if _column(line, head) == 0]
        if not starts or not any(_column(line, head) for line in body):
            continue
        table = _made(head, body, joiner)
        if len(table.rows) > 1:
            return table, {id(line) for line in (*head, *body)}
    return None


def _body(lines: Sequence[TextLine], head: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines below a head, down to the first that does not fit into a column, or is far below."""
    found: list[TextLine] = []
    base, size = head[0].base, head[0].size
    below = sorted((each for each in lines if each.base < base - 0.5 * size), key=lambda each: -each.base)
    for line in below:
        column = _column(line, head)
        right = head[column + 1].box.left if column + 1 < len(head) else float("inf")
        fits = line.box.right <= right and abs(line.size - size) < 0.2 * size
        if base - line.base > _LARGEST_STEP * size or not fits or line.box.left < head[0].box.left - _COLUMN_SLACK:
            break
        if line.bold and not any(other is not line and abs(other.base - line.base) < size for other in below):
            break  # a heading
        found.append(line)
        base = line.base
    return found


def _column(line: TextLine, head: Sequence[TextLine]) -> int:
    return max(sum(line.box.left >= each.box.left - _COLUMN_SLACK for each in head) - 1, 0)


def _made(head: Sequence[TextLine], body: Sequence[TextLine], joiner: LineJoiner) -> PageTable:
    rows: list[list[list[TextLine]]] = []
    before: TextLine | None = None
    for line in sorted(body, key=lambda each: (-round(each.base), each.box.left)):
        if _column(line, head) == 0:
            has_others = any(_column(each, head) and abs(each.base - line.base) < 0.35 * line.size for each in body)
            if before is None or has_others or before.base - line.base > _ROW_STEP * line.size:
                rows.append([[] for _ in head])
            before = line
        if rows:
            rows[-1][_column(line, head)].append(line)
    texts = [tuple(_cell_text(cell, joiner) for cell in row) for row in rows]
    box = head[0].box
    for each in (*head, *body):
        box = box.joined(each.box)
    return PageTable(head[0].page, box, (tuple(each.text for each in head), *texts))
