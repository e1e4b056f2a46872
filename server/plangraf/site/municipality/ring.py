"""The 17 SDGs in a ring: filled where a publisher states a link, dashed where an editor judged one, else empty."""

import math
from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.site.compare.model import Selection
from plangraf.site.municipality.reading import EDITORIAL, STATED, number_of
from plangraf.view.reading import Reading, Reference

SIZE = 340
"""The width and the height of the picture, in CSS pixels."""
RADIUS = 23
"""The radius of the mark of an SDG."""
_RING = SIZE / 2 - RADIUS - 4


@dataclass(frozen=True)
class RingMark:
    """An SDG in the ring.

    Attributes:
        goal: the SDG.
        stated: the number of things to which a link is stated.
        editorial: the number of things to which a link is editorial.
        href: the link to what is counted, or to the page of the SDG if nothing is.
        x: the horizontal position of the centre.
        y: the vertical position of the centre.
    """

    goal: Reference
    stated: int
    editorial: int
    href: str | None
    x: float
    y: float

    @property
    def basis(self) -> str:
        """The form of the mark: `stated`, `editorial` or `none`."""
        return "stated" if self.stated else "editorial" if self.editorial else "none"


def ring(reading: Reading, key: str) -> list[RingMark]:
    """Return the marks of the SDGs, clockwise from the top.

    Args:
        reading: the statements on the page of the publisher.
        key: the key of the publisher in URLs.
    """
    goals = reading.sorted(reading.statements.instances(expand("sdgo:Goal")))
    marks = []
    for place, goal in enumerate(goals):
        stated, editorial = (number_of(reading, goal.iri, basis) for basis in (STATED, EDITORIAL))
        counted = reading.reader.href(Selection(publishers=(key,), sdg=goal.sdg).path())
        angle = 2 * math.pi * place / len(goals)
        marks.append(
            RingMark(
                goal,
                stated,
                editorial,
                counted if stated or editorial else goal.href,
                round(SIZE / 2 + _RING * math.sin(angle), 1),
                round(SIZE / 2 - _RING * math.cos(angle), 1),
            )
        )
    return marks
