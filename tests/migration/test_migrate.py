"""What a file says after the migration, in every format, and what depends on the other files."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.migration.documents import BASE, HEAD, migrated, said, updated, written

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, SOURCE_FORMATS, TRIG, TURTLE, Format
from plangraf.migration.facts import Facts
from plangraf.migration.migrate import Manner, MigrationSource
from plangraf.migration.rewrites import REWRITES
from plangraf.namespaces import compact, expand

OLD = (shipped.EXAMPLES / "DeprecatedTerm" / "invalid.ttl").read_bytes()
NEW = (shipped.EXAMPLES / "DeprecatedTerm" / "valid.ttl").read_bytes()
PLAN = (
    "ex:p a plan:Plan ; prov:wasGeneratedBy ex:e . ex:e a prov:Activity ; dct:date '2022' ; plan:eventType ex:t .\n"
)


def facts_of(*texts: str) -> Facts:
    facts = Facts()
    for number, text in enumerate(texts):
        facts.add(MigrationSource(Path(f"{number}.ttl"), (HEAD + text).encode(), TURTLE, BASE).quads())
    return facts


def test_the_example_of_the_older_model_becomes_that_of_the_present_one() -> None:
    found = migrated(OLD)
    assert found.content == NEW
    assert set(found.counts) == set(REWRITES)


def test_every_deprecated_term_of_the_ontology_has_its_rewrite() -> None:
    store = ox.Store()
    store.load(path=str(shipped.ONTOLOGY))
    found = store.query(
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX dct: <http://purl.org/dc/terms/> "
        "SELECT ?old ?new { ?old owl:deprecated true ; dct:isReplacedBy ?new }"
    )
    assert isinstance(found, ox.QuerySolutions)
    terms = {(compact(solution["old"].value), compact(solution["new"].value)) for solution in found}
    assert terms
    assert terms <= {(rewrite.old, rewrite.new) for rewrite in REWRITES}


@pytest.mark.parametrize("rdf_format", SOURCE_FORMATS, ids=lambda rdf_format: rdf_format.key)
def test_every_format_says_the_same(rdf_format: Format) -> None:
    before = written(said(OLD), rdf_format)
    found = migrated(before, rdf_format)
    assert said(found.content, rdf_format) == said(NEW) == updated(before, rdf_format)
    edited = rdf_format in (TURTLE, TRIG, N_TRIPLES, N_QUADS)
    assert found.manner == (Manner.EDITED if edited else Manner.WRITTEN_ANEW)
    again = migrated(found.content, rdf_format)
    assert (again.manner, again.content) == (None, found.content)


@pytest.mark.parametrize("rdf_format", [RDF_XML, JSON_LD], ids=lambda rdf_format: rdf_format.key)
def test_what_is_written_anew_does_not_depend_on_the_order(rdf_format: Format) -> None:
    quads = sorted(said(OLD), key=str)
    assert len({migrated(written(order, rdf_format), rdf_format).content for order in (quads, quads[::-1])}) == 1


@pytest.mark.parametrize(
    "statements",
    [
        "ex:g a plan:Goal ; prov:wasRevisionOf ex:h .",
        "ex:p a plan:Plan ; prov:wasRevisionOf ex:g . ex:g a plan:Goal .",
        "ex:graph a prov:Entity ; prov:wasDerivedFrom ex:page .",
        "ex:p a plan:Plan ; prov:wasDerivedFrom ex:q . ex:q a plan:Plan .",
        "ex:p a plan:Plan ; dct:type plan:Superseded .",
        PLAN + "ex:p dct:issued '2023' .",
        PLAN + "ex:p dct:issued '2022' ; dct:dateAccepted '2022' .",
        "ex:doc dct:issued '2022' ; prov:wasGeneratedBy ex:e . ex:e a prov:Activity ; dct:date '2022' .",
        "ex:e a prov:Activity .",
        "ex:p a plan:Plan ; prov:wasGeneratedBy ex:e . ex:e a prov:Activity ; plan:eventType plan:Amendment .",
        "plan:inPlan a owl:ObjectProperty ; owl:deprecated true .",
        "",
    ],
)
def test_what_is_no_older_model_stays(statements: str) -> None:
    text = HEAD + statements
    found = migrated(text)
    assert (found.content, found.counts, found.manner) == (text.encode(), {}, None)


@pytest.mark.parametrize(
    ("file", "other", "after"),
    [
        ("ex:p prov:wasDerivedFrom ex:page .", "ex:p a plan:Plan .", "ex:p foaf:page ex:page ."),
        ("ex:p dct:issued '2022' .", PLAN, "ex:p dct:dateAccepted '2022' ."),
        (
            "ex:e a prov:Activity .",
            "ex:p a plan:Plan ; prov:wasGeneratedBy ex:e .",
            "ex:e a prov:Activity ; plan:eventType plan:Adoption .",
        ),
    ],
)
def test_a_rewrite_may_depend_on_what_another_file_says(file: str, other: str, after: str) -> None:
    assert migrated(HEAD + file).manner is None
    assert migrated(HEAD + file, facts=facts_of(file, other)).content.decode() == HEAD + after


def test_what_another_file_says_may_leave_a_statement_as_it_is() -> None:
    file = "ex:p dct:issued '2022' ."
    assert migrated(HEAD + file, facts=facts_of(file, PLAN, "ex:p dct:dateAccepted '2022' .")).manner is None


def test_named_graphs_of_json_ld_are_kept() -> None:
    quads = [
        ox.Quad(*(ox.NamedNode(iri) for iri in (f"{BASE}i", expand("plan:inPlan"), f"{BASE}p", f"{BASE}graph"))),
        ox.Quad(*(ox.NamedNode(iri) for iri in (f"{BASE}i", expand("rdf:type"), expand("plan:Indicator")))),
    ]
    found = said(migrated(written(quads, JSON_LD), JSON_LD).content, JSON_LD)
    assert {(quad.predicate.value, str(quad.graph_name)) for quad in found} == {
        (expand("skos:inScheme"), f"<{BASE}graph>"),
        (expand("rdf:type"), "DEFAULT"),
    }


def test_comments_of_lines_stay() -> None:
    lines = (
        "# Indicators\n"
        "<http://e.org/i> <http://www.w3.org/2004/02/skos/core#inScheme> <http://e.org/p> . # one\n"
        "<http://e.org/i> <https://w3id.org/plangraf/ontology#inPlan> <http://e.org/p> . # two\n"
        "<http://e.org/j> <https://w3id.org/plangraf/ontology#inPlan> <http://e.org/p> . # three\n"
    )
    assert migrated(lines, N_TRIPLES).content.decode().splitlines() == [
        "# Indicators",
        "<http://e.org/i> <http://www.w3.org/2004/02/skos/core#inScheme> <http://e.org/p> . # one",
        "# two",
        "<http://e.org/j> <http://www.w3.org/2004/02/skos/core#inScheme> <http://e.org/p> . # three",
    ]


def test_addresses_that_depend_on_the_file_are_not_written_down() -> None:
    xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="https://w3id.org/plangraf/ontology#">'
        '<rdf:Description rdf:about="i"><p:inPlan rdf:resource="p"/></rdf:Description></rdf:RDF>'
    )
    with pytest.raises(InputError, match="declare a base first"):
        migrated(xml, RDF_XML)
    based = xml.replace("<rdf:RDF ", '<rdf:RDF xml:base="http://e.org/" ')
    assert b"http://e.org/i" in migrated(based, RDF_XML).content


def test_lost_comments_are_told() -> None:
    xml = written(said(OLD), RDF_XML)
    assert not migrated(xml, RDF_XML).lost_comments
    assert migrated(xml.replace(b"</rdf:RDF>", b"<!-- end --></rdf:RDF>"), RDF_XML).lost_comments
