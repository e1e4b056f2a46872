"""Pieces of text on one baseline, joined to lines."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from plangraf.drafting.lines import PageBox, TextLine, is_divided
from plangraf.drafting.list_markers import is_marker
from plangraf.drafting.table_of_contents import PAGE_MARK

_MARKER_DISTANCE = 45.0
"""How far, in points, a bullet or a number may be from its text."""
_WORD_DISTANCE = 1.2
"""How far, in sizes of the font, the words of one line may be apart."""
_REFERENCE = 0.75
"""The size of the raised number of a footnote against that of its text, at most."""
_ENTRIES = 3
"""The number of page numbers below each other that make lines those of a table of contents."""
_SAME_EDGE = 3
_STRETCHED = 3.5
"""The widest space of a stretched line, in sizes of the font."""
_EQUAL = 1.25
_ALIKE = 0.5
_LONGEST_NUMBER = 3


def without_references(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines without those that are the raised number of a footnote behind another."""
    return [line for line in lines if not _is_mark(line.text) or not any(_refers(line, each) for each in lines)]


def merged_lines(lines: Sequence[TextLine], rules: Sequence[PageBox] = ()) -> list[TextLine]:
    """Return the lines with markers, words and page numbers joined to what they stand before or behind.

    Args:
        lines: the pieces of text of a page.
        rules: the rules of the page; what stands on two sides of a vertical one stays apart.
    """
    upright = [rule for rule in rules if rule.height > rule.width]
    rows = _rows(lines)
    ends = [row[-1].box.right for row in rows if len(row) > 1 and _is_page_number(row[-1])]
    merged: list[TextLine] = []
    for row in rows:
        found: list[TextLine] = []
        for line in row:
            before = found[-1] if found and not line.marker else None
            if before is None or is_divided(before.box, line.box, upright):
                found.append(line)
            elif _belongs(before, line):
                found[-1] = line.after(before)
            elif len(row) == 2 and _is_page_number(line) and _aligned(line, ends) >= _ENTRIES:
                found[-1] = replace(before, text=f"{before.text}{PAGE_MARK}{line.text}")
            else:
                found.append(line)
        merged += found
    return [line for row in _rows(merged) for line in _stretched(row, merged, upright)]


def _rows(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return the lines of each baseline, from the left, the highest first."""
    rows: dict[int, list[TextLine]] = {}
    for line in sorted(lines, key=lambda each: each.box.left):
        rows.setdefault(round(line.base), []).append(line)
    return [rows[base] for base in sorted(rows, reverse=True)]


def _stretched(row: Sequence[TextLine], lines: Sequence[TextLine], upright: Sequence[PageBox]) -> list[TextLine]:
    """Return a row with the words of lines joined that are stretched to the width of their column.

    The spaces between these words are equally wide, and another line has the same edges.
    """
    found: list[TextLine] = []
    left = [*row]
    while left:
        count = next((count for count in range(len(left), 1, -1) if _is_stretched(left[:count], lines, upright)), 1)
        line = left[0]
        for word in left[1:count]:
            line = word.after(line)
        found.append(line)
        left = left[count:]
    return found


def _is_stretched(words: Sequence[TextLine], lines: Sequence[TextLine], upright: Sequence[PageBox]) -> bool:
    first, last = words[0], words[-1]
    gaps = [after.box.left - before.box.right for before, after in pairwise(words)]
    if max(gaps) > _STRETCHED * first.size or max(gaps) > _EQUAL * min(gaps):
        return False
    if any(word.marker or word.bold != first.bold or abs(word.size - first.size) > 0.5 for word in words[1:]):
        return False
    if any(is_divided(before.box, after.box, upright) for before, after in pairwise(words)):
        return False
    return any(
        abs(line.box.left - first.box.left) < _SAME_EDGE
        and abs(line.box.right - last.box.right) < _SAME_EDGE
        and abs(line.size - first.size) < _ALIKE * first.size
        for line in lines
    )


def _belongs(before: TextLine, line: TextLine) -> bool:
    gap = line.box.left - before.box.right
    if is_marker(before.text) and gap < _MARKER_DISTANCE:
        return True
    return gap < _WORD_DISTANCE * line.size and abs(before.size - line.size) < 0.3 * line.size


def _aligned(line: TextLine, ends: Sequence[float]) -> int:
    return sum(abs(end - line.box.right) < _SAME_EDGE for end in ends)


def _is_page_number(line: TextLine) -> bool:
    return line.text.isdigit() and len(line.text) <= _LONGEST_NUMBER


def _is_mark(text: str) -> bool:
    return text.isdigit() or not text.strip("*†‡")


def _refers(reference: TextLine, line: TextLine) -> bool:
    return (
        reference is not line
        and reference.size <= _REFERENCE * line.size
        and line.base < reference.base < line.box.top
        and -1 < reference.box.left - line.box.right < 0.3 * line.size
    )
