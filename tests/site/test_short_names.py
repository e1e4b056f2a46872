"""JSON-LD as web developers see it: every key, class and controlled value is a term of the context."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.formats import JSON_LD
from plangraf.namespaces import BASE, ONTOLOGY
from plangraf.rdf.json_ld import CONTEXT, compact
from plangraf.site.resources import RESOURCES

PLAN = "/doc/trondheim/samfunnsplan-2020-2032"
CONTEXTS = ("/ontology/context.jsonld", "/ontology/{version}/context.jsonld")
EXPANDED = ("/fragments",)
"""The resources whose JSON-LD is for programs alone: named graphs, written by the engine with full IRIs."""
WITH_JSON_LD = {
    resource.path: resource
    for resource in RESOURCES
    if resource.path not in (*CONTEXTS, *EXPANDED) and any(form.format == JSON_LD for form in resource.forms)
}
IS_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"


def long_names(document: object) -> Iterator[str]:
    """Yield the keys and the classes of a document that are no terms: prefixed names and IRIs."""
    if isinstance(document, list):
        for item in document:
            yield from long_names(item)
    elif isinstance(document, Mapping):
        is_value = "@value" in document  # its type is a datatype
        for key, value in document.items():
            if key == "@context":
                continue
            yield from (key,) if ":" in key else ()
            if key == "type" and not is_value:
                yield from (name for name in (value if isinstance(value, list) else [value]) if ":" in name)
            yield from long_names(value)


def fetch(client: httpx.Client, path: str) -> Any:
    answer = client.get(path, headers={"Accept": JSON_LD.media_type})
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == JSON_LD.media_type, path
    return answer.json()


@pytest.fixture(scope="module")
def paths(server: str) -> list[str]:
    """Return the paths of documents: those of the declarations, every graph, and every fifth page of the sitemap."""
    listed = re.findall(rf"<loc>{server}([^?<]*)\?lang=nb</loc>", httpx.get(f"{server}/sitemap.xml").text)
    query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER STRSTARTS(STR(?g), '{BASE}/graph/') }}"
    rows = httpx.get(f"{server}/sparql", params={"query": query, "format": "csv"}).text.split()[1:]
    fixed = [
        path
        for path, resource in WITH_JSON_LD.items()
        if not resource.variable and not any(parameter.required for parameter in resource.parameters)
    ]
    examples = [example.path for resource in WITH_JSON_LD.values() for example in resource.examples]
    prefixes = tuple(resource.prefix for resource in WITH_JSON_LD.values() if resource.variable)
    documents = [path for path in listed if path.startswith(prefixes)][::5]
    alternates = [f"{PLAN}?_profile=alt", f"{PLAN}?_profile=tree", "/sparql", f"/ontology/{_version(server)}"]
    graphs = [row.removeprefix(BASE) for row in rows]
    streams = ["/changes/pages/1"]
    return list(dict.fromkeys([*fixed, *examples, *documents, *graphs, *alternates, *streams]))


def _version(server: str) -> str:
    text = httpx.get(f"{server}/ontology.ttl").text
    version: str = re.findall(r'owl:versionInfo "([^"]+)"', text)[0]
    return version


def test_every_resource_with_json_ld_is_walked(paths: list[str]) -> None:
    plain = [path.partition("?")[0] for path in paths]
    for path, resource in WITH_JSON_LD.items():
        if resource.variable:
            pattern = re.sub(r"\\\{\w+:path\\\}", ".+", re.escape(path))
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", pattern)
            assert any(re.fullmatch(pattern, one) for one in plain), path
        else:
            assert path in plain


def test_no_document_has_a_key_or_a_class_that_is_no_term(server: str, paths: list[str]) -> None:
    assert len(paths) > 100
    with httpx.Client(base_url=server, timeout=60) as client:
        found = {name: path for path in paths for name in long_names(fetch(client, path))}
    assert found == {}


def test_a_document_about_a_plan_names_its_values(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        nodes = fetch(client, PLAN)["@graph"]
    plan = next(node for node in nodes if node["id"].endswith(PLAN.removeprefix("/doc")))
    assert plan["status"] == "Adopted"
    assert "TitleMissing" in plan["transcription"] or "StrategiesMissing" in plan["transcription"]


def test_every_term_of_the_ontology_has_its_name_in_the_context() -> None:
    parsed = ox.parse(path=shipped.ONTOLOGY, format=ox.RdfFormat.TURTLE)
    terms = {
        quad.subject.value
        for quad in parsed
        if isinstance(quad.subject, ox.NamedNode)
        and quad.predicate.value == IS_DEFINED_BY
        and quad.subject.value.startswith(f"{ONTOLOGY}#")
    }
    assert len(terms) > 50
    defined = {}
    for name, definition in CONTEXT.items():
        iri = definition.get("@id") if isinstance(definition, dict) else definition
        defined[name] = str(iri).replace("plan:", f"{ONTOLOGY}#")
    assert [term for term in terms if defined.get(term.removeprefix(f"{ONTOLOGY}#")) != term] == []


def test_every_property_and_class_of_the_example_plan_has_a_name() -> None:
    triples = [quad.triple for quad in ox.parse(path=shipped.EXAMPLE, format=ox.RdfFormat.TURTLE)]
    assert set(long_names(compact(triples))) == set()
