"""What follows from the shipped plans by the rules of OWL 2 RL contradicts nothing."""

from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef
from tests.data.asking import rows

from plangraf.namespaces import GRAPH, ID, ONTOLOGY, PREFIXES

PREAMBLE = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
# The axioms of SKOS (https://www.w3.org/2009/08/skos-reference/skos.rdf) and PROV-O (https://www.w3.org/ns/prov-o)
# that data can contradict, and those that make types and relations of what the data say.
AXIOMS = """
skos:ConceptScheme owl:disjointWith skos:Concept , skos:Collection . skos:Collection owl:disjointWith skos:Concept .
skos:inScheme rdfs:range skos:ConceptScheme .
skos:hasTopConcept rdfs:domain skos:ConceptScheme ; rdfs:range skos:Concept ; owl:inverseOf skos:topConceptOf .
skos:topConceptOf rdfs:subPropertyOf skos:inScheme .
skos:member rdfs:domain skos:Collection .
skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
skos:broader rdfs:subPropertyOf skos:broaderTransitive ; owl:inverseOf skos:narrower .
skos:broaderTransitive a owl:TransitiveProperty ; rdfs:subPropertyOf skos:semanticRelation .
skos:narrower rdfs:subPropertyOf skos:semanticRelation .
skos:related a owl:SymmetricProperty ; rdfs:subPropertyOf skos:semanticRelation ;
  owl:propertyDisjointWith skos:broaderTransitive .
skos:mappingRelation rdfs:subPropertyOf skos:semanticRelation .
skos:broadMatch rdfs:subPropertyOf skos:mappingRelation , skos:broader ; owl:inverseOf skos:narrowMatch .
skos:relatedMatch a owl:SymmetricProperty ; rdfs:subPropertyOf skos:mappingRelation , skos:related .
skos:closeMatch a owl:SymmetricProperty ; rdfs:subPropertyOf skos:mappingRelation .
skos:exactMatch a owl:SymmetricProperty , owl:TransitiveProperty ; rdfs:subPropertyOf skos:closeMatch ;
  owl:propertyDisjointWith skos:broadMatch , skos:relatedMatch .
prov:Entity owl:disjointWith prov:Activity .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
prov:wasRevisionOf rdfs:subPropertyOf prov:wasDerivedFrom .
prov:wasQuotedFrom rdfs:subPropertyOf prov:wasDerivedFrom .
prov:wasGeneratedBy rdfs:domain prov:Entity ; rdfs:range prov:Activity .
prov:wasInvalidatedBy rdfs:domain prov:Entity ; rdfs:range prov:Activity .
prov:wasAssociatedWith rdfs:domain prov:Activity ; rdfs:range prov:Agent .
"""
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # with which owlrl tells contradictions
PLAN = f"{ID}trondheim/samfunnsplan-2020-2032"


def contradictions(triples: Iterable[ox.Triple], more: str = "") -> list[str]:
    """Return the contradictions in what follows from triples, from the axioms of SKOS and PROV and from Turtle."""
    graph = Graph().parse(data=ox.serialize(list(triples), format=ox.RdfFormat.N_TRIPLES), format="nt")
    graph.parse(data=PREAMBLE + AXIOMS + more, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (URIRef(PLAN), RDF.type, URIRef(PREFIXES["prov"] + "Entity")) in graph  # something has been inferred
    return sorted(str(message) for message in graph.objects(None, ERROR))


@pytest.fixture(scope="module")
def plans(store: ox.Store) -> list[ox.Triple]:
    """Return the vocabulary, all plans with what is said and derived about them, and the SDGs that they lead to."""
    graphs = {graph for (graph,) in rows(store, "SELECT ?g { ?p a plan:Plan GRAPH ?g { ?p ?q ?o } }")}
    beside = {graph for (graph,) in rows(store, "SELECT ?g { ?g plan:graphRole ?role }")}
    chosen = {graph for graph in beside if any(graph.startswith(f"{plan}/") for plan in graphs)} | graphs
    found = [
        quad.triple
        for graph in sorted({*chosen, ONTOLOGY, f"{GRAPH}plangraf"})
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    ]
    kinds = ("type", "broader", "inScheme", "topConceptOf")
    return [
        *found,
        *(
            quad.triple
            for node in {triple.object for triple in found}
            if isinstance(node, ox.NamedNode) and node.value.startswith(PREFIXES["sdg"])
            for quad in store.quads_for_pattern(node, None, None, ox.DefaultGraph())
            if quad.predicate.value.endswith(kinds)
        ),
    ]


def test_what_follows_from_the_plans_contradicts_nothing(plans: list[ox.Triple]) -> None:
    assert contradictions(plans) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "<{}/goal/1> a plan:Strategy .",
        "<{}/challenge/1> a plan:Plan .",
        "<{}/challenge/1> a plan:ControlledValue .",
        "<{}/goal/1> skos:broader <{}> .",
        "<{}/goal/1> skos:inScheme <{}/goal/2> .",
        "<{}/goal/1> skos:member <{}/goal/1.1> .",
        "<{}/goal/1> skos:related <{}/goal/1.1> .",
        "<{}> prov:wasGeneratedBy <{}> .",
        "<{}/goal/1> a owl:Nothing .",
    ],
)
def test_a_contradiction_would_be_found(plans: list[ox.Triple], wrong: str) -> None:
    about = [triple for triple in plans if str(triple.subject).startswith((f"<{PLAN}", f"<{ONTOLOGY}"))]
    assert contradictions(about, wrong.replace("{}", PLAN)) != []
