"""The layout of a Sankey diagram with three columns, which is the same for the same flows.

Stated and editorial links have separate bands throughout. Lengths are in CSS pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.view.shorten import cut, isolated, lines

WIDTH = 1000
_BAR = 14.0
_COLUMNS = (8.0, 250.0, 650.0)
_LINE = 16.0
_GAP = 8.0
_MARGIN = 10.0
_TONES = 5


@dataclass(frozen=True)
class Flow:
    """The number of things of the node `middle` that are linked to the SDG `right`, both as indexes."""

    middle: int
    right: int
    count: int
    stated: bool


@dataclass(frozen=True)
class SdgNode:
    """A node on the right: an SDG with its number and label."""

    number: str
    label: str


@dataclass(frozen=True)
class SankeyNode:
    """A drawn node; `x` and `y` are its upper left corner."""

    x: float
    y: float
    height: float
    kind: str
    texts: tuple[str, ...]
    stated: int
    editorial: int

    def places(self) -> list[tuple[float, float, str]]:
        """Return x, y and text of each line of the label."""
        top = self.y + self.height / 2 + 5 - (len(self.texts) - 1) * _LINE / 2
        return [(self.x + _BAR + 6, top + _LINE * number, text) for number, text in enumerate(self.texts)]


@dataclass(frozen=True)
class Band:
    """A drawn flow: from (`x1`, `y1`) to (`x2`, `y2`), the upper ends of its edges, and as wide as `height`."""

    x1: float
    y1: float
    x2: float
    y2: float
    height: float
    tone: int
    stated: bool
    title: str

    @property
    def path(self) -> str:
        """The outline, as SVG path data."""
        middle = (self.x1 + self.x2) / 2
        upper = f"M{self.x1:.1f} {self.y1:.2f}C{middle:.1f} {self.y1:.2f} {middle:.1f} {self.y2:.2f}"
        low1, low2 = self.y1 + self.height, self.y2 + self.height
        lower = f"C{middle:.1f} {low2:.2f} {middle:.1f} {low1:.2f} {self.x1:.1f} {low1:.2f}Z"
        return f"{upper} {self.x2:.1f} {self.y2:.2f}V{low2:.2f}{lower}"


@dataclass(frozen=True)
class Sankey:
    """The diagram: the nodes of the three columns, and the bands between them."""

    width: float
    height: float
    left: SankeyNode
    middle: tuple[SankeyNode, ...]
    right: tuple[SankeyNode, ...]
    bands: tuple[Band, ...]

    @property
    def nodes(self) -> tuple[SankeyNode, ...]:
        """The nodes of all columns."""
        return (self.left, *self.middle, *self.right)


def sankey(
    plan: str, middles: Sequence[str], ends: Sequence[SdgNode], flows: Sequence[Flow], words: tuple[str, str]
) -> Sankey:
    """Return the diagram of the flows from a plan through `middles` to `ends`; each node must have a flow.

    Args:
        plan: the label of the node on the left.
        middles: the labels of the nodes in the middle.
        ends: the nodes on the right.
        flows: at least one.
        words: the texts for the number of a band, stated and editorial, with the placeholder `{count}`.
    """
    flows = sorted(flows, key=lambda flow: (flow.middle, flow.right, not flow.stated))
    total = sum(flow.count for flow in flows)
    leaving: list[list[Flow]] = [[] for _ in middles]
    arriving: list[list[Flow]] = [[] for _ in ends]
    for flow in flows:
        leaving[flow.middle].append(flow)
        arriving[flow.right].append(flow)
    unit = min(14.0, max(420.0 / total, 0.05))
    sizes = [[sum(flow.count for flow in node_flows) for node_flows in column] for column in (leaving, arriving)]
    texts = [lines(label, 38, 2) for label in middles]
    rooms = [[max(size * unit, _LINE * len(text)) for size, text in zip(sizes[0], texts, strict=True)]]
    rooms.append([max(size * unit, _LINE) for size in sizes[1]])
    tallest = max(sum(room) + _GAP * (len(room) - 1) for room in (*rooms, [total * unit]))
    tops = [_stack(room, [size * unit for size in of], tallest) for room, of in zip(rooms, sizes, strict=True)]
    start = _MARGIN + (tallest - total * unit) / 2

    def node(column: int, y: float, size: int, kind: str, text: Sequence[str], chosen: Sequence[Flow]) -> SankeyNode:
        stated = sum(flow.count for flow in chosen if flow.stated)
        return SankeyNode(_COLUMNS[column], y, size * unit, kind, tuple(text), stated, size - stated)

    said_plan, said_middles = _said(plan), [_said(label) for label in middles]
    said_ends = [f"{end.number} {_said(end.label)}" for end in ends]
    bands, left, out, into = [], start, list(tops[0]), list(tops[1])
    for place, said_middle in enumerate(said_middles):
        own, y = leaving[place], tops[0][place]
        for stated, word in ((True, words[0]), (False, words[1])):
            count = sum(flow.count for flow in own if flow.stated == stated)
            if count:
                title = f"{said_plan} → {said_middle}: {word.format(count=count)}"
                bands.append(
                    Band(_COLUMNS[0] + _BAR, left, _COLUMNS[1], y, count * unit, place % _TONES, stated, title)
                )
                left, y = left + count * unit, y + count * unit
    for flow in flows:
        height = flow.count * unit
        said = (words[0] if flow.stated else words[1]).format(count=flow.count)
        title = f"{said_middles[flow.middle]} → {said_ends[flow.right]}: {said}"
        y1, y2 = out[flow.middle], into[flow.right]
        bands.append(Band(_COLUMNS[1] + _BAR, y1, _COLUMNS[2], y2, height, flow.middle % _TONES, flow.stated, title))
        out[flow.middle], into[flow.right] = y1 + height, y2 + height
    return Sankey(
        width=WIDTH,
        height=tallest + 2 * _MARGIN,
        left=node(0, start, total, "plan", lines(plan, 18, 4), flows),
        middle=tuple(
            node(1, tops[0][n], size, f"tone-{n % _TONES}", texts[n], leaving[n]) for n, size in enumerate(sizes[0])
        ),
        right=tuple(
            node(2, tops[1][n], size, f"sdg sdg-{ends[n].number}", (_end(ends[n]),), arriving[n])
            for n, size in enumerate(sizes[1])
        ),
        bands=tuple(bands),
    )


def _stack(rooms: Sequence[float], heights: Sequence[float], tallest: float) -> list[float]:
    """Return the upper edges of nodes, each centred in its room, all of them centred in the diagram."""
    y = _MARGIN + (tallest - sum(rooms) - _GAP * (len(rooms) - 1)) / 2
    tops = []
    for room, height in zip(rooms, heights, strict=True):
        tops.append(y + (room - height) / 2)
        y += room + _GAP
    return tops


def _said(label: str) -> str:
    return isolated(cut(label, 60))


def _end(end: SdgNode) -> str:
    return f"{end.number} {isolated(cut(end.label, 30))}"
