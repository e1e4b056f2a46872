"""The languages of what is published, and the graphs that hold them."""

import pyoxigraph as ox
from tests.data.asking import rows

from plangraf.namespaces import GRAPH, ID, PREFIXES


def test_a_publishers_graph_holds_one_language_and_a_translation_another(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT DISTINCT ?role ?g (LANG(?l) AS ?tag) { GRAPH ?g { ?c skos:prefLabel ?l } ?g plan:graphRole ?role . "
        "?c skos:inScheme/a plan:Plan }",
    )
    assert found
    code = "http://publications.europa.eu/resource/authority/language/"
    tags = {code + "NOB": "nb", code + "NNO": "nn", code + "ENG": "en"}
    languages = {
        GRAPH + plan.removeprefix(ID): tags[language]
        for plan, language in rows(store, "SELECT ?p ?l { ?p a plan:Plan ; dct:language ?l }")
    }
    assert set(languages.values()) == set(tags.values())
    for role, graph, tag in found:
        own = languages["/".join(graph.split("/")[:7])]
        if role == PREFIXES["plan"] + "PublishersText":
            assert tag == own, graph
        elif role == PREFIXES["plan"] + "Translation":
            assert graph.endswith(f"/translation-{tag}")
            assert tag != own, graph


def test_plans_and_their_concepts_are_named_in_bokmål_and_english(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT ?c { { ?c a plan:Plan } UNION { ?c skos:inScheme/a plan:Plan } FILTER NOT EXISTS "
        "{ ?c skos:prefLabel ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert lacking == []
    notes = ("skos:scopeNote", "skos:historyNote", "skos:editorialNote")
    for text in ("dct:title", "dct:description", "plan:vision", "plan:level", "plan:unit", "skos:definition", *notes):
        untranslated = rows(
            store,
            f"SELECT ?c {{ {{ ?c a plan:Plan }} UNION {{ ?c skos:inScheme/a plan:Plan }} ?c {text} ?t . "
            f"FILTER NOT EXISTS {{ ?c {text} ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') }} }}",
        )
        assert untranslated == [], text


def test_every_text_has_a_language_tag(store: ox.Store) -> None:
    untagged = rows(
        store,
        "SELECT ?c ?p { ?c ?p ?l FILTER (?p IN (skos:prefLabel, skos:altLabel, skos:definition, skos:note, "
        "skos:scopeNote, skos:historyNote, skos:editorialNote, "
        "rdfs:label, dct:title, dct:description, plan:vision, plan:level, plan:unit, plan:quote, foaf:name) "
        "&& LANG(?l) NOT IN ('nb', 'nn', 'en')) }",
    )
    assert untagged == []


def test_a_graph_says_of_itself_what_it_is(store: ox.Store) -> None:
    lacking = rows(
        store,
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?g plan:graphRole ?role ; dct:creator ?who ; "
        "dct:license ?licence ; dct:title ?nb , ?en FILTER (LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert lacking == []
