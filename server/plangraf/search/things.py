"""What can be found, and what it can be narrowed by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from plangraf.languages import N_
from plangraf.namespaces import SDG, expand
from plangraf.vocabulary import KINDS_BY_RANK

KINDS = {kind.key: kind.word for kind in KINDS_BY_RANK}
"""The words for the kinds of things by their keys, in the order in which equally good results come."""
BASES = {"stated": N_("stated in the plan"), "editorial": N_("an editor's")}

_BY_CLASS = {iri: kind.key for kind in KINDS_BY_RANK for iri in kind.classes}
_BY_SCHEME = {kind.scheme: kind.key for kind in KINDS_BY_RANK if kind.scheme is not None}
_TYPE, _SCHEME, _PUBLISHER = expand("rdf:type"), expand("skos:inScheme"), expand("dct:publisher")
_BASES = {
    **dict.fromkeys(
        map(expand, ("plan:contributesToSDG", "skos:broadMatch", "skos:relatedMatch", "skos:closeMatch")), ""
    ),
    expand("plan:StatedInPlan"): "stated",
    expand("plan:Editorial"): "editorial",
}
_DIGITS = re.compile(r"\d+")

Fact = tuple[str, str, str]
"""A thing, a property or the basis of a claim, and a value."""
Tie = tuple[str, str]
"""The number of an SDG, and on what basis something is tied to it: `stated`, `editorial`, or nothing that is said."""


class Profile(NamedTuple):
    """What things are narrowed by. Things with the same profile have the same object.

    Attributes:
        kind: one of KINDS.
        publishers: the IRIs of the publishers of the plan that it is in.
        ties: the SDGs that it is tied to.
    """

    kind: str
    publishers: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found: its IRI, the IRI of the plan that it is in, and its profile."""

    iri: str
    plan: str | None
    profile: Profile


@dataclass(slots=True)
class _Facts:
    order: str
    kinds: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    ties: set[Tie] = field(default_factory=set)


def kind_of(classes: Iterable[str], scheme: str) -> str | None:
    """Return the kind of a concept of `scheme`, one of KINDS, or None when it is of none of them."""
    kinds = {_BY_CLASS[iri] for iri in classes if iri in _BY_CLASS}
    if scheme in _BY_SCHEME:
        kinds.add(_BY_SCHEME[scheme])
    return min(kinds, key=list(KINDS).index, default=None)


class Gathering:
    """Gathers things from facts."""

    def __init__(self) -> None:
        self._found: dict[str, _Facts] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        """Take facts."""
        for iri, fact, value in facts:
            of = self._found.get(iri)
            if of is None:
                of = self._found[iri] = _Facts(_natural(iri))
            if fact == _TYPE:
                if value in _BY_CLASS:
                    of.kinds.add(_BY_CLASS[value])
            elif fact == _SCHEME:
                of.schemes.add(value)
                if value in _BY_SCHEME:
                    of.kinds.add(_BY_SCHEME[value])
            elif fact == _PUBLISHER:
                of.publishers.add(value)
            elif value.startswith(SDG) and fact in _BASES:
                number = value.removeprefix(SDG).split(".")[0]
                if number.isdigit():
                    of.ties.add((number, _BASES[fact]))

    def things(self) -> list[Thing]:
        """Return the things, in the order in which equally good results come."""
        found = self._found
        order = {kind: place for place, kind in enumerate(KINDS)}
        plans = {iri for iri, of in found.items() if "plan" in of.kinds}
        profiles: dict[Profile, Profile] = {}
        things = []
        for iri, of in found.items():
            if not of.kinds:
                continue
            plan = iri if iri in plans else min(of.schemes & plans, default=None)
            ties = of.ties | _own(iri)
            said = {number for number, basis in ties if basis}
            known = tuple(sorted(tie for tie in ties if tie[1] or tie[0] not in said))
            publishers = tuple(sorted(found[plan].publishers)) if plan else ()
            profile = Profile(min(of.kinds, key=order.__getitem__), publishers, known)
            things.append(Thing(iri, plan, profiles.setdefault(profile, profile)))
        return sorted(things, key=lambda thing: (order[thing.profile.kind], found[thing.iri].order, thing.iri))


def _own(iri: str) -> set[Tie]:
    """Return the tie of an SDG or a target to itself."""
    number = iri.removeprefix(SDG).split(".")[0]
    return {(number, "")} if iri.startswith(SDG) and number.isdigit() else set()


def _natural(text: str) -> str:
    """Return what texts are sorted by so that 1.2 comes before 1.10: each number has its length before it."""
    return _DIGITS.sub(lambda match: f"{len(match[0]):04}{match[0]}", text)
