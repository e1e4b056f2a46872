"""The kind and place of a syntax error, in queries that pyoxigraph refuses."""

import pyoxigraph as ox
import pytest

from plangraf.engine.errors import QuerySyntax
from plangraf.engine.syntax import syntax_error


def error(query: str) -> QuerySyntax:
    with pytest.raises(SyntaxError) as raised:
        ox.Store().query(query, base_iri="http://e.org/")
    return syntax_error(query, str(raised.value))


def marked(query: str) -> tuple[str, int, int]:
    """Return a query without its mark, and the line and column of the mark."""
    before, _, after = query.partition("⟨⟩")
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o } ⟨⟩LIMT 5", "LIMT"),
        ("SELECT ?s WHERE { ?s ?p ?o ⟨⟩FILTR(?o > 1) }", "FILTR"),
        ("SELECT ?s\nWHERE {\n  ?s ?p ?o\n  ⟨⟩FIL\n  ?s ?q ?r\n}", "FIL"),
        ("SELECT (⟨⟩~a AS ?x) {}", "~a"),
        ("SELECT (⟨⟩“a” AS ?x) {}", "“a”"),
        ("SELECT ?s { ?s ?p ⟨⟩~ }", "~"),
        ("SELECT ?s ?p WHERE { ?s ?p ⟨⟩}", "}"),
        ("SELECT ⟨⟩count(*) {?s ?p ?o}", "count"),
        ("SELECT ?s WHERE { ?s ?p ?o . ?s ⟨⟩foo ?o }", "foo"),
        ("SELECT ?s\nWHERE {\n  ?s ?p ?o .\n  ⟨⟩~\n\n\n\n\n\n  ?x ?y ?z\n}", "~"),
        ("SELECT * {?s ?p ?o} LIMIT 1⟨⟩;", ";"),
        ("SELECT\r\n* {\r\n ?s ?p ?o ⟨⟩]\r\n}", "]"),
        ("SELECT * { ?s ?p ?o }⟨⟩}", "}"),
        ("SELECT * { ?s ?p ?o } ORDER ⟨⟩?s", "?s"),
        ("SELECT * { ?s ?p ?o FILTER(?o =⟨⟩= 1) }", "="),
        ("SELECT * { ?s ?p ?o FILTER ⟨⟩?o }", "?o"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT ⟨⟩ten", "ten"),
        ("SELECT * { ?s ?p ⟨⟩'text }", "'"),
        ("SELECT * { ?s ?p ⟨⟩'a\\qb' }", "'"),
        ("SELECT * { ?s ?p ?o FILTER(⟨⟩STRLEN(?o, 1)) }", "STRLEN"),
        ("SELECT * { VALUES (?a ?b) { (1⟨⟩) } }", ")"),
        ("PREFIX ⟨⟩foo <http://e.org/> SELECT * {}", "foo"),
        ("CONSTRUCT WHERE { ?s ?p ?o ⟨⟩FILTER(?o) }", "FILTER"),
        ("SELECT * { ?🌍 ?p ?o }".replace("?🌍", "?s ⟨⟩🌍"), "🌍"),
    ],
)
def test_what_is_unexpected_is_told_at_its_place(query: str, found: str) -> None:
    text, line, column = marked(query)
    told = error(text)
    assert (told.fault, told.line, told.column, told.found) == ("unexpected", line, column, found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT⟨⟩\u00a0?s { ?s ?p ?o }", "U+00A0 NO-BREAK SPACE"),
        ("SELECT ?s\nWHERE {\n  ?s⟨⟩\u00a0?p ?o .\n}", "U+00A0 NO-BREAK SPACE"),
        ("⟨⟩\ufeffSELECT ?s { ?s ?p ?o }", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("SELECT * { ?s ?p ⟨⟩\u200b?o }", "U+200B ZERO WIDTH SPACE"),
        ("SELECT * {⟨⟩\u2028?s ?p ?o }", "U+2028 LINE SEPARATOR"),
        ("SELECT * { ?s ?p ⟨⟩\x0b?o }", "U+000B"),
    ],
)
def test_an_invisible_character_is_named_at_its_place(query: str, found: str) -> None:
    text, line, column = marked(query)
    told = error(text)
    assert (told.fault, told.line, told.column, told.found) == ("invisible", line, column, found)


@pytest.mark.parametrize(
    ("query", "prefix"),
    [
        ("SELECT * { ?s ⟨⟩skos:prefLabel ?o }", "skos"),
        ("SELECT * {\n ?s a ⟨⟩:Plan }", ""),
        ("PREFIX a: <http://e.org/> SELECT * { ?s a:b ?o ; ⟨⟩b:c 1 }", "b"),
        ("PREFIX a: <http://e.org/> SELECT * { ?s a:b 'b:c' ; a:d <b:c> ; # b:c\n ⟨⟩b:c 1 }", "b"),
        ("SELECT * FROM ⟨⟩g:x { ?s ?p ?o }", "g"),
        ("SELECT * { ?s ?p 1 FILTER(⟨⟩xs:integer(?o) = 1) }", "xs"),
    ],
)
def test_a_prefix_that_is_not_declared_is_told_at_its_first_use(query: str, prefix: str) -> None:
    text, line, column = marked(query)
    told = error(text)
    assert (told.fault, told.line, told.column, told.found) == ("prefix", line, column, prefix)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("⟨⟩SELCT ?s { ?s ?p ?o }", "query form"),
        ("⟨⟩SELCT\n?s\nWHERE {\n ?s ?p ?o\n}", "query form"),
        ("PREFIX e: <http://e.org/>\n⟨⟩WHERE { ?s ?p ?o }", "query form"),
        ("SELECT * { ?s ?p⟨⟩", "end"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o }⟨⟩", "end"),
        ("⟨⟩", "end"),
        ("SELECT * { ?s ?p ⟨⟩<http://e.org/a b> }", "iri"),
        ("PREFIX e: ⟨⟩<http://e.org:port/> SELECT * {}", "iri"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p⟨⟩", "unbound variable"),
        ("SELECT ?s ?s {}⟨⟩", "rule"),
        ("SELECT (1 AS ?o) { ?s ?p ?o }⟨⟩", "rule"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?o) }⟨⟩", "scope"),
    ],
)
def test_other_errors_are_told_by_their_kind(query: str, fault: str) -> None:
    text, line, column = marked(query)
    told = error(text)
    assert (told.fault, told.line, told.column) == (fault, line, column)


def test_an_error_behind_what_is_not_sparql_1_1_is_found() -> None:
    told = error("SELECT * { ?s ?p ?o . LATERAL { ?s ?p ?o } ~ }")
    assert (told.column, told.found) == (44, "~")
