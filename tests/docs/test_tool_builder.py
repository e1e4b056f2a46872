"""The guides name every route, format, graph and problem type, and no other."""

import re

import httpx
from tests.docs.documents import DOCS, tables
from tests.site.addresses import address_table

from plangraf.formats import CITATION_FORMATS, GRAPH_FORMATS, HTML, RESULT_FORMATS
from plangraf.http.problems import PROBLEM_TYPES
from plangraf.namespaces import PLAN
from plangraf.release.release import Release
from plangraf.vocabulary import CLASSES

TOOL_BUILDER = DOCS / "tool-builder.md"
RESEARCHER = DOCS / "researcher.md"


def test_the_table_of_routes_is_that_of_the_declarations() -> None:
    """To bring the table up to date, put `address_table()` in its place."""
    assert address_table() in TOOL_BUILDER.read_text(encoding="utf-8")


def test_formats_of_the_endpoint_are_those_of_the_registry() -> None:
    rows = tables(RESEARCHER, "format", "media type", "format=")
    assert rows == [[f.label, f.media_type, f.key] for f in (*RESULT_FORMATS, *GRAPH_FORMATS)]


def test_aliases_of_result_formats_are_named() -> None:
    text = TOOL_BUILDER.read_text(encoding="utf-8")
    assert [alias for f in RESULT_FORMATS for alias in f.aliases if f"`{alias}`" not in text] == []


def test_forms_of_documents_are_those_of_the_registry() -> None:
    rows = tables(TOOL_BUILDER, "form", "media type", "also asked for as", "formerly", "ending")
    assert rows == [
        [f.label, f.media_type, ", ".join(f.aliases), ", ".join(f.obsolete), f".{f.extension}"]
        for f in (HTML, *GRAPH_FORMATS)
    ]


def test_forms_of_citations_are_those_of_the_registry() -> None:
    rows = tables(TOOL_BUILDER, "citation", "media type", "also asked for as", "ending")
    offered = (HTML, *CITATION_FORMATS)
    assert rows == [[f.label, f.media_type, ", ".join(f.aliases), f".{f.extension}"] for f in offered]


def test_every_problem_type_has_its_row_and_no_other_has() -> None:
    rows = tables(TOOL_BUILDER, "name", "status", "when", "further members")
    assert [row[:2] for row in rows] == [[problem.slug, str(problem.status)] for problem in PROBLEM_TYPES]


def test_every_graph_of_the_release_has_its_row_and_role_and_every_row_a_graph(release: Release, server: str) -> None:
    rows = tables(RESEARCHER, "graph", "role", "holds")
    query = "SELECT ?graph ?role { ?graph <https://w3id.org/plangraf/ontology#graphRole> ?role }"
    answer = httpx.get(f"{server}/sparql", params={"query": query})
    assert answer.status_code == 200
    roles = {row["graph"]["value"]: row["role"]["value"] for row in answer.json()["results"]["bindings"]}
    assert set(roles) == set(release.manifest.counts.graphs)
    exact = {graph: role for graph, role, _ in rows if "{" not in graph}
    patterns = {graph: role for graph, role, _ in rows if "{" in graph}
    used = set()
    for graph, role in roles.items():
        found = [graph] if graph in exact else [each for each in patterns if _is_of(graph, each)]
        assert [{**exact, **patterns}[each] for each in found] == [role.replace(PLAN, "plan:")], graph
        used.update(found)
    assert used == {*exact, *patterns}


def _is_of(graph: str, pattern: str) -> bool:
    """Return whether the IRI of a graph is of a pattern, whose names in braces stand for one segment or a part."""
    return bool(re.fullmatch(re.sub(r"\\\{[a-z]+\\\}", "[^/]+", re.escape(pattern)), graph))


def test_the_classes_of_the_vocabulary_are_those_of_the_table_of_kinds() -> None:
    rows = {row[0] for row in tables(TOOL_BUILDER, "class", "is")}
    assert rows == {f"plan:{iri.removeprefix(PLAN)}" for iri in CLASSES if iri.startswith(PLAN)}
