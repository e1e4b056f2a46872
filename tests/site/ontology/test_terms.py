"""The terms of the ontology: grouped for the page, and each with what a reader of the vocabulary needs."""

import itertools
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.engine.ask import load_query
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, PREFIXES, compact, expand
from plangraf.release.release import Release
from plangraf.site.ontology.terms import CONTROLLED_VALUE, Terms

SCHEMA = "http://schema.org/"
HEAD = f"""@prefix plan: <{PLAN}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcmitype: <http://purl.org/dc/dcmitype/> .
"""


def read(text: str) -> Terms:
    return Terms(Statements(quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)))


@pytest.fixture(scope="module")
def ontology() -> Statements:
    return Statements(quad.triple for quad in ox.parse(path=shipped.ONTOLOGY))


@pytest.fixture(scope="module")
def terms(ontology: Statements) -> Terms:
    return Terms(ontology)


def languages(ontology: Statements, iri: str, name: str) -> list[str]:
    return sorted(literal.language or "" for literal in ontology.literals(iri, expand(name)))


def lacking(iris: Iterable[str], ontology: Statements, name: str) -> list[str]:
    """Return the terms without exactly one text in bokmål and one in English, and for labels one in nynorsk."""
    expected = ["en", "nb", "nn"] if name == "rdfs:label" else ["en", "nb"]
    return [compact(iri) for iri in iris if languages(ontology, iri, name) != expected]


def test_terms_without_a_topic_stand_last_and_deprecated_ones_apart() -> None:
    terms = read("""
      plan:PlanTerms a dcmitype:Collection . plan:OtherTerms a dcmitype:Collection .
      plan:a a owl:ObjectProperty ; dct:isPartOf plan:OtherTerms . plan:B a owl:Class ; dct:isPartOf plan:PlanTerms .
      plan:c a owl:DatatypeProperty .
      plan:d a owl:ObjectProperty ; owl:deprecated true ; dct:isPartOf plan:PlanTerms .
    """)
    found = [(group.iri and group.iri.removeprefix(PLAN), group.terms) for group in terms.topics]
    assert found == [("PlanTerms", (PLAN + "B",)), ("OtherTerms", (PLAN + "a",)), (None, (PLAN + "c",))]
    assert terms.deprecated == [PLAN + "d"]


def test_values_without_a_scheme_are_in_a_group_of_their_own() -> None:
    terms = read("""
      plan:S a skos:ConceptScheme . plan:V a plan:ControlledValue ; skos:inScheme plan:S .
      plan:W a plan:ControlledValue .
    """)
    assert [(group.iri, group.terms) for group in terms.schemes] == [
        (PLAN + "S", (PLAN + "V",)),
        (None, (PLAN + "W",)),
    ]


def test_each_term_has_label_and_definition_in_both_languages(ontology: Statements) -> None:
    defined = [iri for iri in ontology.subjects(expand("rdfs:isDefinedBy"), ONTOLOGY) if iri.startswith(PLAN)]
    assert len(defined) > 100
    assert lacking(defined, ontology, "rdfs:label") == []
    assert lacking(defined, ontology, "skos:definition") == []


def test_each_class_and_property_is_about_something_and_says_which_nearest_term_was_not_taken(
    ontology: Statements, terms: Terms
) -> None:
    own = [*terms.classes, *terms.properties]
    assert lacking(own, ontology, "skos:editorialNote") == []
    assert [iri for iri in own if not ontology.iris(iri, expand("rdfs:seeAlso"))] == []
    assert [group for group in terms.topics if group.iri is None] == []
    grouped = {*itertools.chain.from_iterable(group.terms for group in terms.topics), *terms.deprecated}
    assert [iri for iri in own if iri not in grouped] == [CONTROLLED_VALUE]


def test_nearest_terms_are_those_of_others(ontology: Statements, terms: Terms) -> None:
    near = {iri: ontology.iris(iri, expand("rdfs:seeAlso")) for iri in (*terms.classes, *terms.properties)}
    assert [iri for iri, others in near.items() if any(other.startswith(PLAN) for other in others)] == []


def test_each_value_is_a_top_concept_of_one_scheme_and_its_two_labels_agree(
    ontology: Statements, terms: Terms
) -> None:
    for iri in terms.values:
        schemes = ontology.iris(iri, expand("skos:inScheme"))
        assert len(schemes) == 1
        assert ontology.iris(iri, expand("skos:topConceptOf")) == schemes
        assert expand("skos:ConceptScheme") in ontology.types(schemes[0])
        labels = ontology.literals(iri, expand("rdfs:label"))
        assert ontology.literals(iri, expand("skos:prefLabel")) == labels


def test_nothing_is_two_kinds_at_once(ontology: Statements, terms: Terms) -> None:
    apart = {
        frozenset((iri, other)) for iri in terms.classes for other in ontology.iris(iri, expand("owl:disjointWith"))
    }
    assert apart == {frozenset(pair) for pair in itertools.combinations(terms.classes, 2)}


def test_a_deprecated_term_has_a_replacement_and_an_archaic_status(ontology: Statements, terms: Terms) -> None:
    assert terms.deprecated
    for iri in terms.deprecated:
        assert ontology.iri(iri, expand("dct:isReplacedBy"))
        assert ontology.text(iri, expand("vs:term_status")) == "archaic"


def test_domains_and_ranges_for_people_are_what_the_data_have(
    release: Release, ontology: Statements, terms: Terms
) -> None:
    store = ox.Store()
    store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    type_ = ox.NamedNode(expand("rdf:type"))

    def kinds(end: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> set[str]:
        if isinstance(end, ox.Literal):
            return {end.datatype.value}
        assert isinstance(end, ox.NamedNode)
        return {str(quad.object)[1:-1] for quad in store.quads_for_pattern(end, type_, None, None)}

    beside: list[tuple[str, str, str]] = []
    for iri in terms.properties:
        domain, range_ = (set(ontology.iris(iri, SCHEMA + name)) for name in ("domainIncludes", "rangeIncludes"))
        for quad in store.quads_for_pattern(None, ox.NamedNode(iri), None, None):
            beside += [(compact(iri), "on", str(quad.subject))] if domain.isdisjoint(kinds(quad.subject)) else []
            beside += [(compact(iri), "to", str(quad.object))] if range_.isdisjoint(kinds(quad.object)) else []
    assert beside == []


def test_prefixed_names_of_nearest_terms_are_known(ontology: Statements, terms: Terms) -> None:
    near = {other for iri in terms.classes + terms.properties for other in ontology.iris(iri, expand("rdfs:seeAlso"))}
    known = (*PREFIXES.values(), SCHEMA)
    assert [iri for iri in near if not iri.startswith(known)] == []


def test_values_are_counted_where_data_use_them() -> None:
    store = ox.Store()
    text = """
      plan:Adopted a plan:ControlledValue ; skos:inScheme plan:StatusValues .
      plan:StatusValues skos:hasTopConcept plan:Adopted .
      <http://e.org/plan> <http://www.w3.org/ns/adms#status> plan:Adopted .
    """
    store.load(HEAD + text, format=ox.RdfFormat.TURTLE)
    found = store.query(load_query("plangraf.site.ontology", "usage"))
    assert isinstance(found, ox.QuerySolutions)
    uses = {row["property"].value: row["uses"].value for row in found if row["property"] is not None}
    assert uses == {"http://www.w3.org/ns/adms#status": "1"}
