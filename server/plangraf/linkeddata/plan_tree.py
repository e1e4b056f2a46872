"""A plan as one nested, sorted JSON-LD document, for programs that know JSON and not RDF.

The plan holds its focus areas and goals, a goal its sub-goals, strategies, contributions and indicators, a strategy
its measures. The keys that lead downwards are terms of the context for the inverse of a property (`@reverse`), so the
document is a part of the graph of the plan. A thing that belongs in several places is whole in the first of them; in
the others, and wherever a property refers to it, stand its IRI and its name.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.plan_outline import AREA, GOAL, KEYS, KINDS, PlanOutline, natural
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, SDG, expand
from plangraf.rdf.json_ld import is_compactable, node_object, with_context

PROFILE = f"{ONTOLOGY}/context.jsonld#tree"
"""The IRI of the profile; the document at its address has the terms."""
DEEPEST = 40
"""The maximum number of levels below the plan; what lies deeper is listed directly below the plan."""

_QUERY = (files(__package__) / "queries" / "plan_tree.rq").read_text(encoding="utf-8")
_CLAIM_OF, _TARGET = expand("owl:annotatedSource"), expand("owl:annotatedTarget")
_EVENTS = ("wasGeneratedBy", "wasInfluencedBy", "wasInvalidatedBy")
_MATCH_NAMES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_MATCHES = tuple(expand(f"skos:{name}") for name in _MATCH_NAMES)


def _terms(*names: str) -> tuple[str, ...]:
    return tuple(map(expand, names))


_NAMES = _terms("skos:prefLabel", "rdfs:label", "foaf:name")
"""The properties that name a thing; the first that it has is used where the thing is only referred to."""
_ABOUT = _terms("skos:notation", "dct:identifier", "foaf:homepage", "dcat:startDate", "dcat:endDate")
"""Other statements about a thing there: the number of a concept, the address of an agent, the dates of a period."""
_PLAN = _terms(
    *("dct:identifier", "skos:prefLabel", "skos:altLabel", "dct:title", "dct:description", "plan:vision"),
    *("plan:planType", "adms:status", "dct:dateAccepted", "dct:issued", "dct:temporal", "dct:publisher"),
    *("dct:spatial", "dct:language", "dct:audience", "dcat:theme", "plan:transcription", "plan:followsUp"),
    *("dct:replaces", "prov:wasGeneratedBy", "prov:wasInfluencedBy", "prov:wasInvalidatedBy", "skos:scopeNote"),
    *("skos:note", "foaf:page", "dct:source"),
)
_CONCEPT = _terms(
    *("skos:notation", "plan:order", "plan:priority", "skos:prefLabel", "skos:altLabel", "plan:level"),
    *("skos:definition", "skos:scopeNote", "skos:note", "plan:wording", "plan:transcription", "plan:addresses"),
    *("plan:responsible", "plan:carriedOutBy", "plan:represents", "dct:audience", "plan:direction", "plan:unit"),
    *("plan:baseline", "plan:baselineYear", "plan:target", "plan:targetYear", "prov:wasRevisionOf"),
    *(f"skos:{name}" for name in _MATCH_NAMES),
    *("prov:wasQuotedFrom", "dct:source"),
)
_EVENT = _terms(
    *("plan:eventType", "rdfs:label", "dct:date", "dct:temporal", "dct:identifier", "prov:wasAssociatedWith"),
    *("skos:note", "dct:source"),
)
_CLAIM = _terms("plan:basis", "plan:quote", "sssom:confidence", "pav:authoredOn", "dct:creator", "dct:source")
_OBSERVATION = _terms("sdmx-dimension:refPeriod", "sdmx-measure:obsValue", "dct:source")
_DOCUMENT = _terms("dct:license", "dcat:version", "dct:source")
_REFERENCES = frozenset(
    (
        *(
            "temporal",
            "publisher",
            "spatial",
            "audience",
            "theme",
            "followsUp",
            "replaces",
            "addresses",
            "responsible",
        ),
        *("carriedOutBy", "represents", "wasRevisionOf", "wasAssociatedWith", "creator", *_MATCH_NAMES),
    )
)
"""The terms whose values are shown with their names."""


_KIND_NAMES: Mapping[str, str] = {kind: kind.rpartition("#")[2] for kind in KINDS}


async def read_plan_tree(engine: Engine, plan: str) -> list[ox.Triple]:
    """Return the triples of which the tree of a plan is made: one call of the engine."""
    return await construct(engine, Query(_QUERY, bindings={"subject": plan}))


def plan_tree(triples: Iterable[ox.Triple], plan: str) -> dict[str, Any]:
    """Return the tree of a plan as a JSON-LD document, with the terms of its context embedded.

    Lists are sorted as in the outline. Each concept of the plan is in the tree, also where the hierarchy has a cycle.

    Args:
        triples: those of `read_plan_tree` and those about the document. IRIs that would be read as compact ones are
            left out.
        plan: the IRI of the plan.
    """
    return with_context(_Tree(Statements(t for t in triples if is_compactable((t,))), plan).root())


class _Tree:
    """The tree while it is written.

    Args:
        statements: the statements about the plan.
        plan: the IRI of the plan.
    """

    def __init__(self, statements: Statements, plan: str) -> None:
        self._statements = statements
        self._plan = plan
        self._outline = PlanOutline(statements, plan)
        self._written: set[str] = set()
        self._too_deep: list[str] = []

    def root(self) -> dict[str, Any]:
        """Return the node of the plan."""
        node = self._own(self._plan, "Plan", _PLAN)
        for key in _EVENTS:
            node |= {key: self._events(node[key])} if key in node else {}
        self._add_links(node, self._plan)
        outline, below = self._outline, dict[str, list[dict[str, Any]]]()
        # Goals come first, so that what supports both a goal and the plan is whole below the goal.
        self._add_to_plan(below, (thing for thing in outline.tops if outline.kinds[thing] in (AREA, GOAL)))
        for key, nodes in self._below(self._plan, 1).items():
            below.setdefault(key, []).extend(nodes)
        self._add_to_plan(below, outline.tops)
        for thing in self._too_deep:  # it grows meanwhile
            self._add_to_plan(below, (thing,))
        self._add_to_plan(below, outline.sorted(outline.kinds))  # a cycle has no top
        node |= {key: below[key] for key in KEYS if key in below}
        documents = self._subjects(expand("foaf:primaryTopic"), self._plan)
        return node | {"describedIn": [self._own(iri, "Document", _DOCUMENT) for iri in documents]}

    def _add_to_plan(self, below: dict[str, list[dict[str, Any]]], things: Iterable[str]) -> None:
        """Add those of `things` that are not in the tree yet to the lists of their classes."""
        for thing in things:
            if thing not in self._written:
                below.setdefault(KINDS[self._outline.kinds[thing]], []).append(self._concept(thing, 1))

    def _below(self, iri: str, depth: int) -> dict[str, list[dict[str, Any]]]:
        return {key: [self._concept(one, depth) for one in found] for key, found in self._outline.below(iri).items()}

    def _concept(self, iri: str, depth: int) -> dict[str, Any]:
        """Return a concept with all that is below it, or its name if it is in the tree already."""
        name = _KIND_NAMES[self._outline.kinds[iri]]
        if iri in self._written:
            return self._reference(iri, name)
        if depth > DEEPEST:
            self._too_deep.append(iri)
            return self._reference(iri, name)
        self._written.add(iri)
        node = self._own(iri, name, _CONCEPT)
        self._add_links(node, iri)
        observations = self._subjects(expand("plan:indicator"), iri)
        if observations:
            period = expand("sdmx-dimension:refPeriod")
            observations.sort(key=lambda one: self._statements.text(one, period) or "")
            node["observations"] = [self._own(one, "Observation", _OBSERVATION) for one in observations]
        return node | self._below(iri, depth + 1)

    def _add_links(self, node: dict[str, Any], iri: str) -> None:
        """Add the links of a thing to the SDGs: those that the plan states first."""
        links = []
        for claim in self._subjects(_CLAIM_OF, iri):
            target = self._statements.iri(claim, _TARGET)
            if target is not None and target.startswith(SDG):
                judged = expand("plan:StatedInPlan") not in self._statements.iris(claim, expand("plan:basis"))
                links.append((judged, natural(target), claim, target))
        if links:
            node["sdgLinks"] = [self._link(claim, target) for _, _, claim, target in sorted(links)]

    def _link(self, claim: str, target: str) -> dict[str, Any]:
        said = self._own(claim, "", _CLAIM)
        relation = self._own(claim, "", (expand("owl:annotatedProperty"),)).get("annotatedProperty")
        linked = {"id": claim, "linkProperty": relation, "linkedSDG": self._reference(target)}
        return {key: value for key, value in (linked | said).items() if value is not None}

    def _events(self, iris: Iterable[str]) -> list[dict[str, Any]]:
        """Return events in the order in which they happened."""
        when = _terms("dct:date", "dcat:startDate", "dcat:endDate")

        def key(iri: str) -> tuple[str, str]:
            things = (iri, *self._statements.iris(iri, expand("dct:temporal")))
            return next(
                (text for name in when for one in things if (text := self._statements.text(one, name))), ""
            ), iri

        return [self._own(iri, "Activity", _EVENT) for iri in sorted(iris, key=key) if not iri.startswith("_:")]

    def _subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that refer to a thing, without blank nodes."""
        return [subject for subject in self._statements.subjects(predicate, value) if ":" in subject]

    def _own(self, iri: str, type_: str, properties: Iterable[str]) -> dict[str, Any]:
        """Return a node with some of its properties, in their order, and with the names of what they refer to."""
        node: dict[str, Any] = {"id": iri, **({"type": type_} if type_ else {})}
        subject = ox.NamedNode(iri)
        for name in properties:
            values = self._statements.objects(iri, name)
            if name in _MATCHES:  # links to the SDGs are below `sdgLinks`
                values = [value for value in values if not str(value).startswith(f"<{SDG}")]
            if values:
                node |= node_object(iri, (ox.Triple(subject, ox.NamedNode(name), value) for value in values))
        for key in _REFERENCES & node.keys():
            value = node[key]
            node[key] = [*map(self._named, value)] if isinstance(value, list) else self._named(value)
        return node

    def _named(self, value: Any) -> Any:
        """Return a thing with its name; what is no IRI stays as it is."""
        return self._reference(value) if isinstance(value, str) and not value.startswith("_:") else value

    def _reference(self, iri: str, type_: str = "") -> dict[str, Any]:
        """Return the number and the name of a thing."""
        names = [name for name in _NAMES if self._statements.objects(iri, name)]
        return self._own(iri, type_, (*_ABOUT[:1], *names[:1], *_ABOUT[1:]))
