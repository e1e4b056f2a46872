"""The things that links go from and to, and the claims and refusals that are known, as plain objects."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, preferred_text
from plangraf.namespaces import SDG, expand

_LABEL, _DEFINITION = expand("skos:prefLabel"), expand("skos:definition")
_BROADER, _SCHEME = expand("skos:broader"), expand("skos:inScheme")
_THEME, _PUBLISHER, _TYPE = expand("dct:subject"), expand("dct:publisher"), expand("rdf:type")
_KINDS = {
    expand("plan:Goal"): "goal",
    expand("plan:FocusArea"): "goal",
    expand("plan:Plan"): "plan",
    expand("sdgo:Goal"): "sdg",
    expand("sdgo:Target"): "target",
    expand("sdgo:Indicator"): "indicator",
}
_DIGITS = re.compile(r"\d+")
_THEMES = "https://psi.norge.no/los/tema/"
_CLAIM_PARTS = {
    expand("owl:annotatedSource"): "source",
    expand("owl:annotatedProperty"): "property",
    expand("owl:annotatedTarget"): "target",
    expand("plan:basis"): "basis",
}
_REFUSAL_PARTS = {
    expand("owl:sourceIndividual"): "source",
    expand("owl:assertionProperty"): "property",
    expand("owl:targetIndividual"): "target",
}
LINK_PROPERTIES = tuple(
    map(
        expand,
        ("plan:contributesToSDG", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch", "skos:closeMatch"),
    )
)
"""The properties that link goals and plans to what they serve."""
PROPERTIES = (
    *(_TYPE, _LABEL, _DEFINITION, _BROADER, _SCHEME, _THEME, _PUBLISHER),
    *LINK_PROPERTIES,
    *_CLAIM_PARTS,
    *_REFUSAL_PARTS,
)
"""The properties that `read_linkables` reads; it ignores all others."""


class LinkableKind(StrEnum):
    """The kinds of linkable things; a focus area counts as a goal."""

    GOAL = "goal"
    PLAN = "plan"
    SDG = "sdg"
    TARGET = "target"
    INDICATOR = "indicator"
    THEME = "theme"


@dataclass(frozen=True)
class Text:
    """A text with its language tag."""

    value: str
    language: str


@dataclass(frozen=True)
class Linkable:
    """A thing that links go from or to.

    Attributes:
        iri: its IRI.
        kind: what it is.
        plan: the IRI of its plan; a plan is its own. Empty for reference data.
        publishers: the IRIs of the publishers of its plan.
        labels: its names.
        definitions: the longer texts about it.
        parent: the IRI of the next broader thing.
        themes: the IRIs of its themes.
    """

    iri: str
    kind: LinkableKind
    plan: str = ""
    publishers: tuple[str, ...] = ()
    labels: tuple[Text, ...] = ()
    definitions: tuple[Text, ...] = ()
    parent: str | None = None
    themes: tuple[str, ...] = ()

    def label(self, language: InterfaceLanguage) -> str:
        """Return the name for a reader of a language, or the IRI if it has none."""
        return preferred_text({text.language: text.value for text in self.labels}, language) or self.iri


@dataclass(frozen=True, order=True)
class KnownLink:
    """A link from a thing to another, with the property that states it."""

    source: str
    target: str
    property: str


@dataclass(frozen=True)
class Linkables:
    """All linkable things of a release, their links and the links that somebody refused.

    Attributes:
        things: the things by IRI.
        links: the links, whether the plan states them or an editor claims them.
        refused: the links that somebody refused.
    """

    things: Mapping[str, Linkable]
    links: tuple[KnownLink, ...]
    refused: tuple[KnownLink, ...] = ()
    _of_plan: Mapping[str, tuple[Linkable, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_plan: dict[str, list[Linkable]] = {}
        for thing in self.things.values():
            if thing.kind in (LinkableKind.GOAL, LinkableKind.PLAN):
                by_plan.setdefault(thing.plan, []).append(thing)
        object.__setattr__(self, "_of_plan", {plan: tuple(found) for plan, found in by_plan.items()})

    def of_kind(self, *kinds: LinkableKind) -> tuple[Linkable, ...]:
        """Return the things of some kinds, in the order of their IRIs."""
        return tuple(thing for thing in self.things.values() if thing.kind in kinds)

    def of_plan(self, plan: str) -> tuple[Linkable, ...]:
        """Return a plan with its goals, in the order of their IRIs; nothing if there is no such plan."""
        return self._of_plan.get(plan, ())


@dataclass
class _Parts:
    values: dict[str, set[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, set()).add(value)

    def links(self) -> Iterable[KnownLink]:
        """Return the link that it is about; none if it is incomplete."""
        parts = [self.values.get(name, set()) for name in ("source", "target", "property")]
        if all(len(part) == 1 for part in parts):
            yield KnownLink(*(next(iter(part)) for part in parts))


def read_linkables(triples: Iterable[ox.Triple | ox.Quad]) -> Linkables:
    """Return what triples say about linkable things; the order of the triples does not matter."""
    facts: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = {}
    claims: dict[str, _Parts] = {}
    refusals: dict[str, _Parts] = {}
    for triple in triples:
        predicate, value = triple.predicate.value, triple.object
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        if predicate in _CLAIM_PARTS:
            claims.setdefault(triple.subject.value, _Parts()).add(_CLAIM_PARTS[predicate], value.value)
        elif predicate in _REFUSAL_PARTS:
            refusals.setdefault(triple.subject.value, _Parts()).add(_REFUSAL_PARTS[predicate], value.value)
        else:
            facts.setdefault(triple.subject.value, {}).setdefault(predicate, set()).add(value)
    plans = {iri for iri, found in facts.items() if ox.NamedNode(expand("plan:Plan")) in found.get(_TYPE, ())}
    publishers = {plan: _iris(facts[plan].get(_PUBLISHER)) for plan in plans}
    things = {}
    for iri in sorted(facts, key=_place):
        thing = _thing(iri, facts[iri], publishers)
        if thing is not None:
            things[iri] = thing
    links = {
        KnownLink(iri, target, each)
        for iri in things
        for each in LINK_PROPERTIES
        for target in _iris(facts[iri].get(each))
    }
    links.update(link for claim in claims.values() if "basis" in claim.values for link in claim.links())
    refused = sorted({link for refusal in refusals.values() for link in refusal.links()})
    return Linkables(things, tuple(sorted(links)), tuple(refused))


def _thing(
    iri: str, facts: Mapping[str, set[ox.NamedNode | ox.Literal]], publishers: Mapping[str, tuple[str, ...]]
) -> Linkable | None:
    kinds = {_KINDS[value] for value in _iris(facts.get(_TYPE)) if value in _KINDS}
    if iri.startswith(_THEMES):
        kinds.add("theme")
    if not kinds or not facts.get(_LABEL):
        return None
    schemes = [scheme for scheme in _iris(facts.get(_SCHEME)) if scheme in publishers]
    plan = iri if iri in publishers else schemes[0] if schemes else ""
    return Linkable(
        iri=iri,
        kind=LinkableKind(min(kinds)),
        plan=plan,
        publishers=publishers.get(plan, ()),
        labels=_texts(facts.get(_LABEL)),
        definitions=_texts(facts.get(_DEFINITION)),
        parent=next(iter(_iris(facts.get(_BROADER))), None),
        themes=_iris(facts.get(_THEME)),
    )


def _place(iri: str) -> tuple[str, str]:
    """Return the sort key of an IRI that puts goal/2 before goal/10."""
    return _DIGITS.sub(lambda found: f"{len(found[0]):03}{found[0]}", iri), iri


def _iris(values: Iterable[ox.NamedNode | ox.Literal] | None) -> tuple[str, ...]:
    return tuple(sorted(value.value for value in values or () if isinstance(value, ox.NamedNode)))


def _texts(values: Iterable[ox.NamedNode | ox.Literal] | None) -> tuple[Text, ...]:
    found = [Text(value.value, value.language or "") for value in values or () if isinstance(value, ox.Literal)]
    return tuple(sorted(found, key=lambda text: (text.language, text.value)))


def sdg_goal(iri: str) -> str:
    """Return the IRI of the SDG of a target; an SDG and anything else is its own."""
    return SDG + iri.removeprefix(SDG).partition(".")[0] if iri.startswith(SDG) else iri
