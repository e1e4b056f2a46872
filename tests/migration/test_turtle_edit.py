"""Turtle and TriG are edited in place: what is not concerned keeps its place, its layout and its comments."""

import pytest
from tests.migration.documents import HEAD, migrated, said, updated

from plangraf.formats import TRIG
from plangraf.migration.migrate import Manner

CASES = {
    "a predicate": (
        "ex:i plan:inPlan ex:p .",
        "ex:i skos:inScheme ex:p .",
    ),
    "an object": (
        "ex:g plan:wording # as it was\n  plan:Superseded .",
        "ex:g plan:wording # as it was\n  plan:SupersededWording .",
    ),
    "a statement that another one says already, on its line": (
        "ex:i a plan:Indicator ;\n  skos:inScheme ex:p ;\n  plan:inPlan ex:p ;\n  dct:title 'x' .",
        "ex:i a plan:Indicator ;\n  skos:inScheme ex:p ;\n  dct:title 'x' .",
    ),
    "such a statement at the end": (
        "ex:i skos:inScheme ex:p ;\n  plan:inPlan ex:p .",
        "ex:i skos:inScheme ex:p .",
    ),
    "such a statement at the beginning": (
        "ex:i plan:inPlan ex:p ;\n  skos:inScheme ex:p .",
        "ex:i skos:inScheme ex:p .",
    ),
    "such a statement alone": (
        "ex:i skos:inScheme ex:p .\n# about i\nex:i plan:inPlan ex:p .\nex:j dct:title 'x' .",
        "ex:i skos:inScheme ex:p .\n# about i\nex:j dct:title 'x' .",
    ),
    "such a statement with comments": (
        "ex:i skos:inScheme ex:p ; # one\n  # two\n  plan:inPlan ex:p ; # three\n  dct:title 'x' .",
        "ex:i skos:inScheme ex:p ; # one\n  # two\n  # three\n  dct:title 'x' .",
    ),
    "such an object in a list": (
        "ex:i skos:inScheme ex:p .\nex:i plan:inPlan ex:p , ex:q .",
        "ex:i skos:inScheme ex:p .\nex:i skos:inScheme ex:q .",
    ),
    "some objects of a list": (
        "ex:p a plan:Plan ; prov:wasDerivedFrom ex:page , ex:q , <http://e.org/a,b> .\nex:q a plan:Plan .",
        "ex:p a plan:Plan ; foaf:page ex:page ; prov:wasDerivedFrom ex:q ; foaf:page <http://e.org/a,b> .\n"
        "ex:q a plan:Plan .",
    ),
    "an addition among lines": (
        "ex:p a plan:Plan ; prov:wasGeneratedBy ex:e .\nex:e a prov:Activity ; # the council's\n  dct:title 'x' .",
        "ex:p a plan:Plan ; prov:wasGeneratedBy ex:e .\n"
        "ex:e a prov:Activity ; # the council's\n  plan:eventType plan:Adoption ;\n  dct:title 'x' .",
    ),
    "an addition in a line": (
        "ex:p a plan:Plan ; prov:wasGeneratedBy [ a prov:Activity , ex:Vote ] .",
        "ex:p a plan:Plan ; prov:wasGeneratedBy [ a prov:Activity , ex:Vote ; plan:eventType plan:Adoption ] .",
    ),
    "a new term beside one that is an IRI in full": (
        "ex:i <https://w3id.org/plangraf/ontology#inPlan> ex:p .",
        "ex:i <http://www.w3.org/2004/02/skos/core#inScheme> ex:p .",
    ),
    "a text that looks like a statement": (
        'ex:i dct:title "plan:inPlan ex:p ;"@nb ; plan:inPlan ex:p . # plan:inPlan ex:p',
        'ex:i dct:title "plan:inPlan ex:p ;"@nb ; skos:inScheme ex:p . # plan:inPlan ex:p',
    ),
    "line breaks of Windows": (
        "ex:i a plan:Indicator ;\r\n  skos:inScheme ex:p ;\r\n  plan:inPlan ex:p .\r\n",
        "ex:i a plan:Indicator ;\r\n  skos:inScheme ex:p .\r\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_concerned_changes(name: str) -> None:
    before, after = CASES[name]
    found = migrated(HEAD + before)
    assert found.content.decode() == HEAD + after
    assert found.manner == Manner.EDITED
    assert said(found.content) == updated((HEAD + before).encode())


def test_a_prefix_that_a_new_term_needs_is_declared_among_the_others() -> None:
    head = (
        "# A file\n@prefix owl:    <http://www.w3.org/2002/07/owl#> . # OWL\n"
        "@prefix sssom:  <https://w3id.org/sssom/> .\n"
    )
    body = "\n<http://e.org/c> a owl:Axiom ; sssom:mapping_date '2026' .\n"
    lines = migrated(head + body).content.decode().splitlines()
    assert lines[1:4] == [
        "@prefix owl:    <http://www.w3.org/2002/07/owl#> . # OWL",
        "@prefix pav:    <http://purl.org/pav/> .",
        "@prefix sssom:  <https://w3id.org/sssom/> .",
    ]
    assert lines[-1] == "<http://e.org/c> a owl:Axiom ; pav:authoredOn '2026' ."


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("PREFIX m: <https://w3id.org/sssom/> PREFIX p: <http://purl.org/pav/>\n", "p:authoredOn"),
        ("PREFIX m: <https://w3id.org/sssom/> PREFIX : <http://purl.org/pav/>\n", ":authoredOn"),
        ("PREFIX m: <https://w3id.org/sssom/>\nPREFIX pav: <http://e.org/>\n", "<http://purl.org/pav/authoredOn>"),
    ],
)
def test_a_prefix_that_is_there_is_used_for_what_it_stands_for(head: str, name: str) -> None:
    found = migrated(f"{head}<http://e.org/c> m:mapping_date '2026' .")
    assert found.content.decode() == f"{head}<http://e.org/c> {name} '2026' ."


def test_a_prefix_stands_for_what_was_declared_last() -> None:
    text = (
        "PREFIX x: <https://w3id.org/plangraf/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "<http://e.org/a> x:inPlan <http://e.org/p> .\nPREFIX x: <http://e.org/>\n"
        "<http://e.org/b> x:inPlan <http://e.org/p> ."
    )
    assert migrated(text).content.decode() == text.replace("x:inPlan", "skos:inScheme", 1)


def test_named_graphs_are_edited_where_they_are() -> None:
    body = "ex:g { ex:i plan:inPlan ex:p }\nGRAPH <h> { ex:i skos:inScheme ex:p . ex:i plan:inPlan ex:p }\n"
    found = migrated(HEAD + body, TRIG)
    assert found.content.decode() == HEAD + (
        "ex:g { ex:i skos:inScheme ex:p }\nGRAPH <h> { ex:i skos:inScheme ex:p . }\n"
    )


def test_a_byte_order_mark_stays() -> None:
    text = f"\ufeff{HEAD}ex:i plan:inPlan ex:p ."
    assert migrated(text).content == text.replace("plan:inPlan", "skos:inScheme").encode()


def test_a_file_of_an_unknown_layout_is_written_anew_with_its_comments() -> None:
    """The place of a link of a list is not told when its predicate is a relative IRI."""
    text = (
        "# What this is\n@prefix plan: <https://w3id.org/plangraf/ontology#> .\n"
        "@base <http://www.w3.org/1999/02/22-rdf-syntax-ns> .\n<#l> <#first> <#a> . # the first\n"
        "<#i> plan:inPlan <#p> .\n"
    )
    found = migrated(text)
    assert found.manner == Manner.WRITTEN_ANEW
    assert said(found.content) == updated(text.encode())
    assert found.content.decode().startswith("# What this is\n# the first\n@prefix plan:")
    assert migrated(found.content).manner is None
