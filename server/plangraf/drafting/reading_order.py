"""The order in which the lines and tables of a page are read: column by column, between what spans the columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.drafting.labels import goal_label
from plangraf.drafting.lines import PageBox, TextLine
from plangraf.drafting.page_tables import PageTable
from plangraf.drafting.words import section_kind

PageItem = TextLine | PageTable
_GUTTER = 8.0
"""The width of the narrowest gap between columns, in points."""
_WIDE = 0.62
"""The part of the width of a region from which on an item may span its columns."""
_STRIP = 0.9
"""The height of an empty strip, in sizes of the font, from which on it divides a page."""
_FEWEST = 2
_HEADING = 1.15
"""The size of a heading against that of the text, at least."""
_AS_MUCH = 0.8
"""The part of the space around a heading that the other column leaves free at least, if it stands above both."""
_DEEPEST = 12


@dataclass(frozen=True)
class _Gutter:
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def is_crossed(self, box: PageBox) -> bool:
        return box.left < self.left and box.right > self.right


def reading_order(items: Sequence[PageItem], body_size: float) -> list[PageItem]:
    """Return the items of a page in the order in which they are read.

    Args:
        items: lines and tables.
        body_size: the size of the font of running text.
    """
    ordered: list[PageItem] = []
    for group in _groups(items, body_size):
        ordered += _in_columns(group.items, group.gutter or _gutter(group.items, body_size), body_size, 0)
    return ordered


@dataclass
class _Group:
    """Items between empty strips of a page, and the gap between their columns, if they have some."""

    strips: list[list[PageItem]]
    gutter: _Gutter | None

    @property
    def items(self) -> list[PageItem]:
        return [item for strip in self.strips for item in strip]


def _groups(items: Sequence[PageItem], body_size: float) -> list[_Group]:
    """Return the groups of a page, from the top: what has the same columns stays together."""
    groups: list[_Group] = []
    for strip in _strips(items, body_size):
        gutter = _gutter(strip, body_size)
        before = groups[-1] if groups else None
        if before is None or not _go_together(before.gutter, gutter, strip):
            headings = _headings_at_end(before, body_size) if before is not None else []
            groups.append(_Group([*headings, strip], gutter))
        elif before.gutter is None or gutter is None:
            before.strips.append(strip)
        else:
            common = _Gutter(max(before.gutter.left, gutter.left), min(before.gutter.right, gutter.right))
            if common.width >= _GUTTER / 2:
                groups[-1] = _Group([*before.strips, strip], common)
            else:
                groups.append(_Group([strip], gutter))
    return groups


def _headings_at_end(group: _Group, body_size: float) -> list[list[PageItem]]:
    """Take the strips of headings from the end of a group, which belong to what stands below, and return them."""
    count = 0
    while count < len(group.strips) and all(_is_heading(item, body_size) for item in group.strips[-1 - count]):
        count += 1
    taken = group.strips[len(group.strips) - count :]
    del group.strips[len(group.strips) - count :]
    return taken


def _go_together(before: _Gutter | None, gutter: _Gutter | None, strip: Sequence[PageItem]) -> bool:
    """Return whether a strip may belong to the columns, or to the single column, above it."""
    if before is None:
        return gutter is None
    return gutter is not None or not _crosses(strip, before)


def _crosses(items: Sequence[PageItem], gutter: _Gutter) -> bool:
    return any(item.box.left < gutter.right and item.box.right > gutter.left for item in items)


def _strips(items: Sequence[PageItem], body_size: float) -> list[list[PageItem]]:
    """Return the items between the empty strips that go over the whole width of a page, from the top."""
    strips: list[list[PageItem]] = []
    bottom = float("inf")
    for item in sorted(items, key=lambda each: -each.box.top):
        if not strips or bottom - item.box.top > _STRIP * body_size:
            strips.append([])
            bottom = item.box.bottom
        strips[-1].append(item)
        bottom = min(bottom, item.box.bottom)
    return strips


def _in_columns(items: Sequence[PageItem], gutter: _Gutter | None, body_size: float, depth: int) -> list[PageItem]:
    if gutter is None or depth > _DEEPEST:
        return _downwards(items)
    separators = sorted(
        (item for item in items if gutter.is_crossed(item.box) or _separates(item, items, gutter, body_size)),
        key=lambda item: -item.box.middle,
    )
    left = [item for item in items if not any(item is each for each in separators)]
    ordered: list[PageItem] = []
    for separator in [*separators, None]:
        bottom = separator.box.middle if separator is not None else float("-inf")
        band = [item for item in left if item.box.middle > bottom]
        left = [item for item in left if item.box.middle <= bottom]
        for side in _sides(band, gutter):
            ordered += _in_columns(side, _gutter(side, body_size), body_size, depth + 1)
        if separator is not None:
            ordered.append(separator)
    return ordered


def _sides(items: Sequence[PageItem], gutter: _Gutter) -> tuple[list[PageItem], list[PageItem]]:
    left = [item for item in items if item.box.left < gutter.left]
    return left, [item for item in items if item.box.left >= gutter.left]


def _downwards(items: Sequence[PageItem]) -> list[PageItem]:
    return sorted(items, key=lambda item: (-round(_base(item)), item.box.left))


def _base(item: PageItem) -> float:
    return item.base if isinstance(item, TextLine) else item.box.top


def _gutter(items: Sequence[PageItem], body_size: float) -> _Gutter | None:
    """Return the widest gap between columns of text that stand side by side, whatever headings do, or None."""
    if len(items) <= _FEWEST:
        return None
    left, right = min(item.box.left for item in items), max(item.box.right for item in items)
    narrow = sorted(
        (
            item.box
            for item in items
            if item.box.width < _WIDE * (right - left)
            and not (isinstance(item, TextLine) and item.size >= _HEADING * body_size)
        ),
        key=lambda box: box.left,
    )
    gaps: list[_Gutter] = []
    edge = float("inf")
    for box in narrow:
        if box.left - edge >= _GUTTER:
            gaps.append(_Gutter(edge, box.left))
        edge = box.right if edge == float("inf") else max(edge, box.right)
    gaps = [gap for gap in gaps if _is_between_columns(items, gap)]
    return max(gaps, key=lambda gap: gap.width, default=None)


def _is_between_columns(items: Sequence[PageItem], gap: _Gutter) -> bool:
    sides = _sides([item for item in items if not gap.is_crossed(item.box)], gap)
    if min(map(len, sides)) < _FEWEST:
        return False
    beside = sum(any(one.box.beside(other.box) for other in sides[1]) for one in sides[0])
    return beside >= _FEWEST


def _separates(item: PageItem, items: Sequence[PageItem], gutter: _Gutter, body_size: float) -> bool:
    """Return whether an item of the left column stands above both columns, although it is short.

    It is a heading, and the right column leaves as much space for it as the left one, and goes on below it. It may
    also come after the end of the right column, if that begins with a heading of its own.
    """
    if item.box.left >= gutter.left or not _is_heading(item, body_size):
        return False
    left, right = _sides([each for each in items if not gutter.is_crossed(each.box)], gutter)
    if any(each.box.beside(item.box) for each in right):
        return False
    if any(each.box.top < item.box.bottom for each in right):
        texts = [each for each in left if not _is_heading(each, body_size)]
        return _space(item, right) >= _AS_MUCH * _space(item, texts)
    if _ends_band(item, items, gutter, body_size):
        return True
    if not any(each.box.top <= item.box.bottom for each in left):
        return False  # it ends the column, and what it is the heading of begins the next one
    top = max(right, key=lambda each: each.box.top)
    is_section = isinstance(item, TextLine) and section_kind(item.text) is not None
    return not is_section and isinstance(top, TextLine) and (top.bold or section_kind(top.text) is not None)


def _ends_band(item: PageItem, items: Sequence[PageItem], gutter: _Gutter, body_size: float) -> bool:
    """Return whether only headings stand between an item and the next one that spans the columns."""
    below = [each for each in items if each.box.top <= item.box.bottom]
    next_ = max((each.box.top for each in below if gutter.is_crossed(each.box)), default=None)
    return next_ is not None and all(_is_heading(each, body_size) for each in below if each.box.bottom >= next_)


def _is_heading(item: PageItem, body_size: float) -> bool:
    """Return whether an item is larger than running text, or is the label of a goal, or announces a section."""
    if not isinstance(item, TextLine):
        return False
    announces = goal_label(item.text) is not None or (item.bold and section_kind(item.text) is not None)
    return item.size >= _HEADING * body_size or announces


def _space(item: PageItem, others: Sequence[PageItem]) -> float:
    """Return the height that others leave free around an item."""
    above = min((each.box.bottom for each in others if each.box.bottom >= item.box.top), default=float("inf"))
    below = max((each.box.top for each in others if each.box.top <= item.box.bottom), default=float("-inf"))
    return above - below
