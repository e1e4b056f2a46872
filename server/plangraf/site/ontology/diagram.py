"""The layout of diagrams of classes and relations, which is the same for the same relations.

Text is in a fixed-width font, so its width is known. Lengths are in CSS pixels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plangraf.namespaces import compact
from plangraf.vocabulary import KINDS

_CHARACTER = 7.3
"""The width of a character of a label, at 12 px."""
_WIDTH, _HEIGHT = 172.0, 48.0
_COLUMN, _ROW = 376.0, 152.0
_MARGIN = 12.0
_LINE = 15.0
"""The height of a line of a label."""
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where the middle of a label may be on a straight arrow, as a share of its length."""

# Column and row of classes in the overview; other classes follow below.
_PLACES: Mapping[str, tuple[float, float]] = {
    "prov:Activity": (2, 0),
    **{compact(iri): kind.position for kind in KINDS if kind.position is not None for iri in kind.classes},
}


@dataclass(frozen=True)
class ClassNode:
    """The classes of a box: their prefixed names, their label, and whether they are in our ontology."""

    names: tuple[str, ...]
    label: str
    own: bool


@dataclass(frozen=True)
class Relation:
    """A relation between classes: the lines of its label, and whether only the data, and no shape, have it."""

    source: ClassNode
    target: ClassNode
    labels: tuple[str, ...]
    observed: bool = False


@dataclass(frozen=True)
class Box:
    """A node with its position; `x` and `y` are its upper left corner."""

    node: ClassNode
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    def lines(self) -> list[tuple[float, str, str]]:
        """Return the y position, CSS class and text of each line in the box."""
        top = self.y + 20
        texts = [("name", name) for name in self.node.names] + [("label", self.node.label)]
        return [(top + 16 * number, kind, text) for number, (kind, text) in enumerate(texts)]


@dataclass(frozen=True)
class Area:
    """A rectangle; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def shared(self, other: "Area") -> float:
        """Return how much of the rectangle another one covers, in square pixels."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(across, 0) * max(down, 0)


@dataclass(frozen=True)
class Arrow:
    """A relation with its position: the path of its line, the positions of its texts, and its CSS class."""

    path: str
    texts: tuple[tuple[float, float, str], ...]
    kind: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Diagram:
    """A diagram with a description for screen readers.

    Attributes:
        identifier: an identifier that is unique on the page.
        title: the title.
        description: every relation in words.
    """

    identifier: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def nearest(source: ClassNode, targets: Sequence[ClassNode]) -> ClassNode:
    """Return the node of `targets` whose place in the overview is nearest to `source`, if possible another node.

    Args:
        source: the node at the start of an arrow.
        targets: the alternative ends of the arrow, at least one.
    """
    column, row = _PLACES.get(source.names[0], (0, 0))

    def distance(target: ClassNode) -> tuple[bool, float]:
        x, y = _PLACES.get(target.names[0], (column, row))
        return (target == source, abs(x - column) + abs(y - row))

    return min(targets, key=distance)


def overview(identifier: str, title: str, nodes: Iterable[ClassNode], relations: Iterable[Relation]) -> Diagram:
    """Return the diagram of `nodes` and of the ends of `relations`, which are straight arrows."""
    relations = _merged(relations)
    ends = (node for r in relations for node in (r.source, r.target))
    shown = sorted({*nodes, *ends}, key=lambda n: n.names)
    below = 1 + max(int(row) for _, row in _PLACES.values())
    spare = iter((number % 3, below + number // 3) for number in range(len(shown)))
    boxes = {}
    for node in shown:
        column, row = _PLACES.get(node.names[0]) or next(spare)
        height = _height(node)
        y = _MARGIN + row * _ROW - (height - _HEIGHT) / 2
        boxes[node] = Box(node, _MARGIN + column * _COLUMN, y + 16, _WIDTH, height)
    taken = [Area(box.x, box.y, box.width, box.height) for box in boxes.values()]
    loops = [_loop(boxes[r.source], r, taken) for r in relations if r.source == r.target]
    straight = [_straight(boxes, r, taken) for r in relations if r.source != r.target]
    return _diagram(identifier, title, relations, list(boxes.values()), [*loops, *straight])


def neighbourhood(
    identifier: str, title: str, centre: ClassNode, superclasses: Iterable[ClassNode], relations: Iterable[Relation]
) -> Diagram:
    """Return the diagram of one class: superclasses above, sources of relations to the left, targets to the right."""
    relations = _merged(relations)
    incoming = [r for r in relations if r.source != centre]
    outgoing = [r for r in relations if r.source == centre]
    above = [Relation(centre, node, ("rdfs:subClassOf",)) for node in superclasses]
    left = _MARGIN + (_WIDTH + _gap(incoming) if incoming else 0)
    top = _MARGIN + (104 if above else 0)
    step = max([_HEIGHT, *(_height(r.target) for r in outgoing), *(18.0 * len(r.labels) for r in relations)]) + 14
    rows = max(len(incoming), len(outgoing), 1)
    box = Box(centre, left, top, _WIDTH, rows * step - 14)
    boxes, arrows = [box], []
    for number, relation in enumerate(incoming):
        y = top + number * step
        boxes.append(Box(relation.source, _MARGIN, y, _WIDTH, _height(relation.source)))
        arrows.append(_level(_MARGIN + _WIDTH, left, y + _HEIGHT / 2, relation))
    for number, relation in enumerate(outgoing):
        y = top + number * step
        x = left + _WIDTH + _gap(outgoing)
        boxes.append(Box(relation.target, x, y, _WIDTH, _height(relation.target)))
        arrows.append(_level(left + _WIDTH, x, y + _HEIGHT / 2, relation))
    for number, relation in enumerate(above):
        parent = Box(relation.target, left + number * (_WIDTH + 20), _MARGIN, _WIDTH, _HEIGHT)
        boxes.append(parent)
        x = min(parent.middle[0], left + _WIDTH - 20)
        path = f"M{x:g} {top:g}L{parent.middle[0]:g} {parent.y + _HEIGHT:g}"
        arrows.append(Arrow(path, ((x + 8, top - 24, relation.labels[0]),), "subclass", "start"))
    return _diagram(identifier, title, [*above, *relations], boxes, arrows)


def _merged(relations: Iterable[Relation]) -> list[Relation]:
    """Return one relation for each pair of nodes, with all labels."""
    merged: dict[tuple[ClassNode, ClassNode, bool], list[str]] = {}
    for relation in relations:
        labels = merged.setdefault((relation.source, relation.target, relation.observed), [])
        labels += [label for label in relation.labels if label not in labels]
    return [Relation(source, target, tuple(labels), seen) for (source, target, seen), labels in merged.items()]


def _diagram(
    identifier: str, title: str, relations: Iterable[Relation], boxes: list[Box], arrows: list[Arrow]
) -> Diagram:
    sentences = [
        f"{', '.join(r.source.names)} – {', '.join(r.labels)} → {', '.join(r.target.names)}" for r in relations
    ]
    width = max((box.x + box.width for box in boxes), default=0) + _MARGIN
    below = (y + 4 for arrow in arrows for _, y, _ in arrow.texts)
    height = max((*(box.y + box.height for box in boxes), *below), default=0) + _MARGIN
    return Diagram(identifier, title, "; ".join(sentences), width, height, tuple(boxes), tuple(arrows))


def _height(node: ClassNode) -> float:
    return _HEIGHT + 16 * (len(node.names) - 1)


def _gap(relations: Iterable[Relation]) -> float:
    """Return the width of the longest label of the relations."""
    return max(len(label) for r in relations for label in r.labels) * _CHARACTER + 44


def _kind(relation: Relation) -> str:
    return "observed" if relation.observed else "relation"


def _level(start: float, end: float, y: float, relation: Relation) -> Arrow:
    """Return a horizontal arrow from left to right, with its first label above the line and the others below."""
    x = (start + end) / 2 - 4
    first, *rest = relation.labels
    texts = [(x, y - 6, first), *((x, y + 15 + 15 * number, label) for number, label in enumerate(rest))]
    return Arrow(f"M{start:g} {y:g}H{end:g}", tuple(texts), _kind(relation))


def _straight(boxes: Mapping[ClassNode, Box], relation: Relation, taken: list[Area]) -> Arrow:
    """Return a straight arrow, with its label near the middle, where it covers the least of what is `taken`.

    The area of the label is added to `taken`.
    """
    source, target = boxes[relation.source], boxes[relation.target]
    (x1, y1), (x2, y2) = _edge(source, target.middle), _edge(target, source.middle)
    areas = [_label_area(x1 + share * (x2 - x1), y1 + share * (y2 - y1), relation.labels) for share in _SHARES]
    area = min(areas, key=lambda area: sum(area.shared(other) for other in taken))
    taken.append(area)
    x, y = area.x + area.width / 2, area.y + 12
    texts = tuple((x, y + _LINE * number, label) for number, label in enumerate(relation.labels))
    return Arrow(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", texts, _kind(relation))


def _loop(box: Box, relation: Relation, taken: list[Area]) -> Arrow:
    """Return an arrow from a box to itself, below its right half; the area of its label is added to `taken`."""
    x, y = box.middle[0], box.y + box.height
    path = f"M{x + 70:g} {y:g}v18q0 8 -8 8h-44q-8 0 -8 -8V{y:g}"
    texts = tuple((x + 40, y + 42 + _LINE * number, label) for number, label in enumerate(relation.labels))
    taken.append(_label_area(x + 40, y + 30 + _LINE * len(texts) / 2, relation.labels))
    return Arrow(path, texts, _kind(relation))


def _label_area(x: float, y: float, labels: Sequence[str]) -> Area:
    """Return the area of the lines of a label around a point."""
    width, height = _CHARACTER * max(map(len, labels)), _LINE * len(labels)
    return Area(x - width / 2, y - height / 2, width, height)


def _edge(box: Box, towards: tuple[float, float]) -> tuple[float, float]:
    """Return the intersection of the edge of a box with the line from its centre to a point."""
    x, y = box.middle
    across, down = towards[0] - x, towards[1] - y
    share = min(
        box.width / 2 / abs(across) if across else float("inf"), box.height / 2 / abs(down) if down else float("inf")
    )
    return (x + across * share, y + down * share)
