"""The things that can be found, with the facet values by which they are filtered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from plangraf.languages import N_
from plangraf.namespaces import SDG, expand
from plangraf.search.similar import IndexedGoal, topics
from plangraf.vocabulary import GOAL_KINDS, KINDS_BY_RANK

KINDS = {kind.key: kind.word for kind in KINDS_BY_RANK}
"""The names of the kinds of things by key; equally good matches come in this order."""
BASES = {"stated": N_("stated in the plan"), "editorial": N_("an editor's")}

_BY_CLASS = {iri: kind.key for kind in KINDS_BY_RANK for iri in kind.classes}
_BY_SCHEME = {kind.scheme: kind.key for kind in KINDS_BY_RANK if kind.scheme is not None}
_GOALS = frozenset(kind.key for kind in GOAL_KINDS)
_TYPE, _SCHEME, _PUBLISHER = expand("rdf:type"), expand("skos:inScheme"), expand("dct:publisher")
_THEME = expand("dct:subject")
_BASES = {
    **dict.fromkeys(
        map(expand, ("plan:contributesToSDG", "skos:broadMatch", "skos:relatedMatch", "skos:closeMatch")), ""
    ),
    expand("plan:StatedInPlan"): "stated",
    expand("plan:Editorial"): "editorial",
}
_DIGITS = re.compile(r"\d+")
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}

DEPRECATED = expand("owl:deprecated")
"""A property whose value is a boolean."""
_REPLACED, _STATUS = expand("dct:isReplacedBy"), expand("adms:status")
_PAST = frozenset(map(expand, ("plan:Superseded", "plan:Repealed")))
CLAIM = expand("owl:Axiom")
CLAIM_FACTS = tuple(map(expand, ("owl:annotatedSource", "plan:basis", "owl:annotatedTarget")))
FACTS = (
    _TYPE,
    _SCHEME,
    _PUBLISHER,
    _THEME,
    _REPLACED,
    _STATUS,
    *(iri for iri, basis in _BASES.items() if not basis),
    *CLAIM_FACTS,
)
"""The properties that the facet values of things and the topics of goals are made from."""

SdgLink = tuple[str, str]
"""A link to an SDG: the number of the SDG, and the basis `stated` or `editorial`, or "" if nobody claims the link."""


class Profile(NamedTuple):
    """The facet values of a thing. Things with equal profiles share one object.

    Attributes:
        kind: a key of `KINDS`.
        publishers: the IRIs of the publishers of the thing's plan.
        sdg_links: the thing's links to SDGs.
    """

    kind: str
    publishers: tuple[str, ...]
    sdg_links: tuple[SdgLink, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that can be found: its IRI, the IRI of its plan, and its profile."""

    iri: str
    plan: str | None
    profile: Profile


@dataclass(slots=True)
class _Facts:
    kinds: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    sdg_links: set[SdgLink] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    past: bool = False
    sdgs: dict[str, bool] = field(default_factory=dict)
    """The IRIs of linked SDGs and targets, with whether only an editor links them."""


@dataclass(slots=True)
class _Claim:
    valid: bool = False
    values: dict[str, set[str]] = field(default_factory=lambda: {fact: set() for fact in CLAIM_FACTS})


def kind_of(classes: Iterable[str], scheme: str) -> str | None:
    """Return the kind (a key of `KINDS`) of a concept with these classes in `scheme`, or None if it has no kind."""
    kinds = {_BY_CLASS[iri] for iri in classes if iri in _BY_CLASS}
    if scheme in _BY_SCHEME:
        kinds.add(_BY_SCHEME[scheme])
    return min(kinds, key=list(KINDS).index, default=None)


class ThingCollector:
    """Collects facts and claims, and makes things from them."""

    def __init__(self) -> None:
        self._found: dict[str, _Facts] = {}
        self._claims: dict[str, _Claim] = {}

    def add(self, iri: str, fact: str, value: str) -> None:
        """Add a statement about the resource `iri` whose property is one of `FACTS`, or that it is deprecated."""
        if fact == _TYPE:
            if value in _BY_CLASS:
                self._facts(iri).kinds.add(_BY_CLASS[value])
        elif fact == _SCHEME:
            of = self._facts(iri)
            of.schemes.add(value)
            if value in _BY_SCHEME:
                of.kinds.add(_BY_SCHEME[value])
        elif fact == _PUBLISHER:
            self._facts(iri).publishers.add(value)
        elif fact == _THEME:
            self._facts(iri).themes.add(value)
        elif fact in (_REPLACED, DEPRECATED) or (fact == _STATUS and value in _PAST):
            self._facts(iri).past = True
        elif fact in _BASES:
            self._link(iri, fact, value)

    def add_claim(self, claim: str, fact: str, value: str) -> None:
        """Add a statement about a claim, whose IRI or blank node is `claim`: its type, or one of `CLAIM_FACTS`."""
        about = self._claims.setdefault(claim, _Claim())
        if fact == _TYPE:
            about.valid = True
        else:
            about.values[fact].add(value)

    def _facts(self, iri: str) -> _Facts:
        of = self._found.get(iri)
        if of is None:
            of = self._found[iri] = _Facts()
        return of

    def _link(self, iri: str, fact: str, value: str) -> None:
        if value.startswith(SDG) and fact in _BASES:
            number = value.removeprefix(SDG).split(".")[0]
            if number.isdigit():
                of = self._facts(iri)
                of.sdg_links.add((number, _BASES[fact]))
                of.sdgs[value] = of.sdgs.get(value, True) and _BASES[fact] != "stated"

    def is_past(self, thing: Thing) -> bool:
        """Return whether one of `things` is replaced, deprecated, superseded or repealed, or part of such a plan."""
        return any(iri is not None and self._found[iri].past for iri in (thing.iri, thing.plan))

    def goal(self, thing: Thing) -> IndexedGoal | None:
        """Return what the index has of a goal for those that look for similar ones, or None if it has nothing.

        Args:
            thing: one of `things`, which have been made from all facts and claims.
        """
        if thing.profile.kind not in _GOALS:
            return None
        of = self._found[thing.iri]
        found = topics(of.themes, of.sdgs)
        return IndexedGoal(thing.iri, thing.profile.publishers, found) if found else None

    def things(self) -> list[Thing]:
        """Return the things that have a kind, sorted by kind, then by IRI with numbers in numeric order."""
        for claim in self._claims.values():
            if claim.valid:
                for source, basis, target in product(*claim.values.values()):
                    self._link(source, basis, target)
        found = self._found
        plans = {iri for iri, of in found.items() if "plan" in of.kinds}
        profiles: dict[Profile, Profile] = {}
        things = []
        for iri, of in found.items():
            if not of.kinds:
                continue
            plan = iri if iri in plans else min(of.schemes & plans, default=None)
            sdg_links = of.sdg_links | _own(iri)
            claimed = {number for number, basis in sdg_links if basis}
            known = tuple(sorted(link for link in sdg_links if link[1] or link[0] not in claimed))
            publishers = tuple(sorted(found[plan].publishers)) if plan else ()
            profile = Profile(min(of.kinds, key=_RANKS.__getitem__), publishers, known)
            things.append(Thing(iri, plan, profiles.setdefault(profile, profile)))
        return sorted(things, key=lambda thing: sort_key(thing.iri, thing.profile.kind))


def sort_key(iri: str, kind: str) -> tuple[int, str, str]:
    """Return the key by which equally good matches are sorted: kind, then IRI with numbers in numeric order."""
    return _RANKS[kind], _natural(iri), iri


def _own(iri: str) -> set[SdgLink]:
    """Return the link of an SDG or a target to itself."""
    number = iri.removeprefix(SDG).split(".")[0]
    return {(number, "")} if iri.startswith(SDG) and number.isdigit() else set()


def _natural(text: str) -> str:
    """Return a sort key that puts 1.2 before 1.10: each number is prefixed with its length."""
    return _DIGITS.sub(lambda match: f"{len(match[0]):04}{match[0]}", text)
