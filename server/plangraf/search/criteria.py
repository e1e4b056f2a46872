"""What is asked for, as it stands in an address, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from plangraf.search.things import Thing

FACETS = ("kind", "publisher", "sdg", "language", "basis")
"""What results can be narrowed by: the names of the parameters."""
PAGE = 50
"""Results on a page."""
PAGES = 500
"""How far one may leaf."""
LONGEST = 200
"""How many characters may be searched for."""


@dataclass(frozen=True)
class Criteria:
    """What is asked for.

    Attributes:
        text: what was typed.
        chosen: values by facet; of several values of a facet, one is enough.
        number: the page, counted from 1.
    """

    text: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number: int = 1

    def values(self, facet: str) -> tuple[str, ...]:
        """Return what is chosen of a facet."""
        return self.chosen.get(facet, ())

    def toggled(self, facet: str, value: str) -> "Criteria":
        """Return the same with a value added, or removed if it is there, from the first page on."""
        before = self.values(facet)
        after = tuple(v for v in before if v != value) if value in before else (*before, value)
        return replace(self, chosen={**self.chosen, facet: after}, number=1)

    def at(self, number: int) -> "Criteria":
        """Return the same on another page."""
        return replace(self, number=number)

    def path(self, extension: str = "") -> str:
        """Return the address."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACETS for value in self.values(facet)]
        pairs += [("page", str(self.number))] if self.number > 1 else []
        return f"/search{extension}" + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True)
class Hit:
    """Something that was found, and the languages of its texts that fit."""

    thing: Thing
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes:
        total: how many things.
        hits: those on the page that was asked for.
        counts: for each facet its values, each with how many things there are if it is chosen.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]

    @property
    def pages(self) -> int:
        """How many pages can be leafed to."""
        return min(PAGES, max(1, -(-self.total // PAGE)))
