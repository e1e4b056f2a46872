"""The statements that judgements make: editorial claims with their links, and refused links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, preferred_text
from plangraf.matching.judgements import Judgement, Verdict
from plangraf.namespaces import GRAPH, ID, SDG, expand
from plangraf.release.plan_source import PlanSource
from plangraf.workbook.addresses import free, slug

EDITORIAL = "editorial"
"""The part of the IRI of a graph, and the name of the folder, that holds what editors say about a plan."""
_SOURCE, _LABEL, _LICENCE = (ox.NamedNode(expand(name)) for name in ("dct:source", "skos:prefLabel", "dct:license"))
_TITLES: Mapping[InterfaceLanguage, str] = {
    "nb": "Redaksjonelle koblinger fra «{plan}»",
    "en": "Editorial links of “{plan}”",
}
_NOTES = {
    "nb": "Koblingene er vurdert av en redaktør og er ikke planens egne.",
    "en": "An editor has judged the links; they are not the plan's own.",
}


@dataclass(frozen=True)
class Editor:
    """Who judged, and when, where a judgement does not say so itself."""

    iri: str
    day: date


class ClaimStatements:
    """Makes the statements about the links of a plan.

    Args:
        source: the statements of the plan, which tell its sources and which IRIs are taken.
        editor: who judged, and when, by default.
    """

    def __init__(self, source: PlanSource, editor: Editor) -> None:
        self._source = source
        self._editor = editor
        self._graph = ox.NamedNode(source.addresses.graph(EDITORIAL))
        self._taken = {quad.subject.value for quad in source.quads if isinstance(quad.subject, ox.NamedNode)}

    def quads(self, judgements: Sequence[Judgement]) -> tuple[ox.Quad, ...]:
        """Return the statements of judgements, and the description of their graph if it has none yet."""
        found = [quad for judgement in judgements for quad in self._judged(judgement)]
        if judgements and self._graph.value not in self._taken:
            creator = judgements[0].creator or self._editor.iri
            found += self._described(creator)
        return tuple(found)

    def _judged(self, judgement: Judgement) -> Iterator[ox.Quad]:
        subject, predicate = ox.NamedNode(judgement.subject), ox.NamedNode(judgement.predicate)
        thing = ox.NamedNode(judgement.object)
        accepted = judgement.verdict is Verdict.ACCEPTED
        about = ox.NamedNode(self._name("link" if accepted else "refusal", judgement))
        if accepted:
            yield ox.Quad(subject, predicate, thing, self._graph)
            parts = (
                ("rdf:type", ox.NamedNode(expand("owl:Axiom"))),
                ("owl:annotatedSource", subject),
                ("owl:annotatedProperty", predicate),
                ("owl:annotatedTarget", thing),
                ("plan:basis", ox.NamedNode(expand("plan:Editorial"))),
            )
        else:
            parts = (
                ("rdf:type", ox.NamedNode(expand("owl:NegativePropertyAssertion"))),
                ("owl:sourceIndividual", subject),
                ("owl:assertionProperty", predicate),
                ("owl:targetIndividual", thing),
                ("sssom:predicate_modifier", ox.NamedNode(expand("sssom:NegatedPredicate"))),
            )
        for name, value in parts:
            yield self._quad(about, name, value)
        yield self._quad(about, "sssom:mapping_justification", ox.NamedNode(judgement.justification))
        day = (judgement.date or self._editor.day).isoformat()
        yield self._quad(about, "pav:authoredOn", ox.Literal(day, datatype=ox.NamedNode(expand("xsd:date"))))
        yield self._quad(about, "dct:creator", ox.NamedNode(judgement.creator or self._editor.iri))
        if judgement.confidence is not None and accepted:
            decimal = ox.NamedNode(expand("xsd:decimal"))
            yield self._quad(about, "sssom:confidence", ox.Literal(judgement.confidence, datatype=decimal))
        for quad in self._source.quads:
            if quad.subject == subject and quad.predicate == _SOURCE:
                yield ox.Quad(about, _SOURCE, quad.object, self._graph)

    def _name(self, kind: str, judgement: Judgement) -> str:
        """Return a free IRI that tells what is linked: …/link/1.1-13.2."""
        addresses = self._source.addresses
        end = "plan" if judgement.subject == addresses.plan else addresses.name(judgement.subject).rpartition("/")[2]
        if judgement.object.startswith(SDG):
            other = judgement.object.removeprefix(SDG)
        else:
            other = slug(judgement.object.removeprefix(ID))
        name = free(addresses.thing(f"{kind}/{slug(end)}-{other}"), self._taken)
        self._taken.add(name)
        return name

    def _described(self, creator: str) -> Iterator[ox.Quad]:
        addresses = self._source.addresses
        plan = ox.NamedNode(addresses.plan)
        labels = {
            quad.object.language or "": quad.object.value
            for quad in self._source.quads
            if quad.subject == plan and quad.predicate == _LABEL and isinstance(quad.object, ox.Literal)
        }
        yield self._quad(self._graph, "rdf:type", ox.NamedNode(expand("prov:Entity")))
        for language, title in _TITLES.items():
            name = preferred_text(labels, language) or addresses.code
            yield self._quad(self._graph, "dct:title", ox.Literal(title.format(plan=name), language=language))
            yield self._quad(self._graph, "skos:note", ox.Literal(_NOTES[language], language=language))
        yield self._quad(self._graph, "plan:graphRole", ox.NamedNode(expand("plan:EditorialLinking")))
        yield self._quad(self._graph, "dct:creator", ox.NamedNode(creator))
        for graph in (addresses.graph(), f"{GRAPH}sdg"):
            yield self._quad(self._graph, "prov:wasDerivedFrom", ox.NamedNode(graph))
        for quad in self._source.quads:
            if quad.subject == ox.NamedNode(addresses.graph()) and quad.predicate == _LICENCE:
                yield ox.Quad(self._graph, _LICENCE, quad.object, self._graph)

    def _quad(self, subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(expand(name)), value, self._graph)


def default_editor(source: PlanSource) -> str | None:
    """Return who made the editorial graph of a plan, or None if it has none or several made it."""
    graph = ox.NamedNode(source.addresses.graph(EDITORIAL))
    creator = ox.NamedNode(expand("dct:creator"))
    found = {
        quad.object.value
        for quad in source.quads
        if quad.subject == graph and quad.predicate == creator and isinstance(quad.object, ox.NamedNode)
    }
    return next(iter(found)) if len(found) == 1 else None
