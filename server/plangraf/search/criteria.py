"""Search criteria, as the URL holds them, and the page of results that matches them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from plangraf.search.things import Thing

FACETS = ("kind", "publisher", "sdg", "language", "basis")
"""The facets by which results can be filtered; each is the name of a query parameter."""
PAGE = 50
"""The number of results on a page."""
PAGES = 500
"""The number of the last page that can be requested."""
LONGEST = 200
"""The maximum length of a search text, in characters."""


@dataclass(frozen=True)
class Criteria:
    """The search text, the selected facet values and the page.

    Attributes:
        text: the search text.
        chosen: the selected values by facet; a thing matches a facet if it has one of them.
        number: the page, counted from 1.
    """

    text: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number: int = 1

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the selected values of a facet."""
        return self.chosen.get(facet, ())

    def toggled(self, facet: str, value: str) -> "Criteria":
        """Return the criteria for the first page with a value of a facet selected, or deselected if it was."""
        before = self.values(facet)
        after = tuple(v for v in before if v != value) if value in before else (*before, value)
        return replace(self, chosen={**self.chosen, facet: after}, number=1)

    def at(self, number: int) -> "Criteria":
        """Return the criteria for another page of the same results."""
        return replace(self, number=number)

    def path(self, extension: str = "") -> str:
        """Return the path and query string of the results; `extension` is that of a form, such as `.csv`."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACETS for value in self.values(facet)]
        pairs += [("page", str(self.number))] if self.number > 1 else []
        return f"/search{extension}" + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True)
class Hit:
    """A thing that matches, and the languages of its matching texts."""

    thing: Thing
    languages: tuple[str, ...]


@dataclass(frozen=True)
class ResultPage:
    """One page of results, with the counts of the facets.

    Attributes:
        total: the number of matching things on all pages.
        hits: the matches on this page.
        counts: by facet and value, the number of matches if that value were selected.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]

    @property
    def pages(self) -> int:
        """The number of pages that can be requested."""
        return min(PAGES, max(1, -(-self.total // PAGE)))
