"""Tables of indicators without rules whose columns are no wider than a space apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plangraf.drafting.lines import PageBox, TextLine
from plangraf.drafting.table_heads import ValueColumn, column_kind
from plangraf.drafting.words import SectionKind

_SAME_LINE = 0.35
"""How far, in sizes of the font, the baselines of one row may differ."""
_LARGEST_STEP = 2.6
"""The distance of two rows, in sizes of the font, at most."""
_VALUE = re.compile(r"(?:ca\.?\s*)?[<>≤≥±+-]?\s*\d[\d\s.,–-]*(?:[%‰]|[^\W\d].{0,20})?|[^\w]|\w{1,20}")
"""A value, a sign for none, or a unit."""


@dataclass(frozen=True)
class SmallTable:
    """A table.

    Attributes:
        rows: its rows, with the head.
        lines: the lines that it is made of.
        box: its place.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[TextLine, ...]
    box: PageBox


def small_table(lines: Sequence[TextLine]) -> SmallTable | None:
    """Return the first table whose head is “Indikator” and columns of values, or None.

    The head may be centred above its column, so the cells of a row are told by their order: the last ones are the
    values, and the others are the name of the indicator.
    """
    rows = [*_rows(lines)]
    for number, head in enumerate(rows):
        heads = _pieces(head)
        if not _is_head(heads):
            continue
        found, used = [tuple(each.text for each in heads)], [*head]
        base, size = head[0].base, head[0].size
        for row in rows[number + 1 :]:
            cells = _cells(row, len(heads))
            if cells is None or base - row[0].base > _LARGEST_STEP * size:
                break
            found.append(cells)
            used += row
            base = row[0].base
        if len(found) > 1:
            box = used[0].box
            for line in used[1:]:
                box = box.joined(line.box)
            return SmallTable(tuple(found), tuple(used), box)
    return None


def _rows(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield the lines of each baseline, the highest first."""
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda each: -each.base):
        if row and row[0].base - line.base > _SAME_LINE * line.size:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _pieces(row: Sequence[TextLine]) -> list[TextLine]:
    return sorted((piece for line in row for piece in line.pieces), key=lambda each: each.box.left)


def _is_head(pieces: Sequence[TextLine]) -> bool:
    kinds = [found.kind if (found := column_kind(piece.text)) is not None else None for piece in pieces]
    return len(kinds) > 1 and kinds[0] is SectionKind.INDICATORS and all(_is_value(kind) for kind in kinds[1:])


def _is_value(kind: SectionKind | ValueColumn | None) -> bool:
    return isinstance(kind, ValueColumn) or kind is SectionKind.GOALS  # “Mål” is the value to reach


def _cells(row: Sequence[TextLine], count: int) -> tuple[str, ...] | None:
    """Return the cells of a row, or None for a line that is none."""
    pieces = _pieces(row)
    if len(pieces) < count or any(line.marker for line in row):
        return None
    name, values = pieces[: 1 - count], [piece.text for piece in pieces[1 - count :]]
    if not any(map(str.isdigit, "".join(values))) or not all(map(_VALUE.fullmatch, values)):
        return None
    return (" ".join(piece.text for piece in name), *values)
