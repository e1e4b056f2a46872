"""Queries and candidates of the matching."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from plangraf.search.names import NameRole
from plangraf.search.things import Thing

MOST_CANDIDATES = 50
"""The maximum number of candidates of a query."""
USUAL_CANDIDATES = 5
LONGEST = 1000
"""The number of characters of a text that are compared; the rest is not read."""


@dataclass(frozen=True)
class Constraints:
    """The conditions on candidates; empty ones are fulfilled by all.

    Attributes:
        kinds: the keys of kinds of things, one of which a candidate has.
        publishers: the IRIs of publishers, one of which has published the plan of a candidate, or is the candidate.
        plans: the IRIs of plans, one of which contains the candidate, or is it.
        sdgs: the numbers of SDGs, one of which a candidate is linked to, or belongs to.
        languages: the language tags, one of which the matching name of a candidate has.
    """

    kinds: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    sdgs: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def __and__(self, other: "Constraints") -> "Constraints":
        """Return these conditions, and for what they do not restrict those of `other`."""
        return Constraints(*(getattr(self, name) or getattr(other, name) for name in _CONDITIONS))

    @property
    def narrowing(self) -> bool:
        """Whether there is a condition besides that on the kind."""
        return bool(self.publishers or self.plans or self.sdgs or self.languages)


_CONDITIONS = tuple(condition.name for condition in fields(Constraints))
ANY = Constraints()
"""The constraints that everything fulfills."""


@dataclass(frozen=True)
class MatchQuery:
    """A text to match.

    Attributes:
        text: the text; an empty one matches by the constraints alone.
        constraints: the conditions. Candidates of other kinds are left out; those that break another condition come
            with a lower score.
        limit: the maximum number of candidates.
        written: further conditions as people write them, by the name of a condition; what is not understood is no
            condition.
    """

    text: str
    constraints: Constraints = ANY
    limit: int = USUAL_CANDIDATES
    written: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class MatchCandidate:
    """A thing that may be meant.

    Attributes:
        thing: the thing.
        score: how well it matches, from 0 to 100.
        exact: whether a notation, an IRI or a name of the thing is the text, and all constraints are fulfilled.
        certain: whether it is exact and no other candidate is.
        name: the matching name; empty if the notation or the IRI of the thing matches, or no text was given.
        language: the language of that name.
        role: in what way the matching name names the thing.
    """

    thing: Thing
    score: float
    exact: bool = False
    certain: bool = False
    name: str = ""
    language: str = ""
    role: NameRole = field(default=NameRole.PREFERRED)
