"""The fragments over HTTP: as a crawler follows them, as Comunica joins them, and as a person reads them."""

import asyncio
import json

import httpx
import pytest
from rdflib import Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, VOID
from tests.clients.javascript import Javascript
from tests.engines import running

from plangraf import settings
from plangraf.app import assemble_app, make_services
from plangraf.http.services import OlderRelease
from plangraf.release.release import Release

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)  # rdflib's own calls
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SDG_13 = "http://metadata.un.org/sdg/13"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
LABELS = "predicate=http://www.w3.org/2004/02/skos/core%23prefLabel"
TRIG = {"Accept": "application/trig"}
JOIN = """
PREFIX plan: <https://w3id.org/plangraf/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?goal ?label ?number {
  ?sdg skos:prefLabel "Stoppe klimaendringene"@nb ; skos:notation ?number .
  ?goal plan:contributesToSDG ?sdg ; skos:prefLabel ?label .
}
"""
NAMED = f"SELECT ?g ?label {{ GRAPH ?g {{ <{SDG_13}> <{LABEL}> ?label }} }}"


def _read(address: str, accept: str = "application/trig") -> tuple[Dataset, Graph]:
    """Return a page of a fragment: its quads, and its controls."""
    answer = httpx.get(address, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    data = Dataset()
    data.parse(data=answer.text, format={"application/ld+json": "json-ld"}.get(accept, accept))
    return data, data.graph(URIRef(f"{address}#metadata"))


def _labels(server: str) -> set[tuple[str, str, str]]:
    """Return every label with its subject and graph, as the endpoint says."""
    query = f"SELECT ?s ?o ?g {{ GRAPH ?g {{ ?s <{LABEL}> ?o }} }}"
    rows = httpx.get(f"{server}/sparql", params={"query": query}).json()["results"]["bindings"]
    return {
        (row["s"]["value"], Literal(row["o"]["value"], lang=row["o"].get("xml:lang")).n3(), row["g"]["value"])
        for row in rows
    }


@pytest.mark.parametrize("accept", ["application/trig", "application/n-quads"])
def test_a_crawler_that_follows_the_pages_gets_every_quad_once(server: str, accept: str) -> None:
    address: str | None = f"{server}/fragments?{LABELS}"
    found: list[tuple[str, str, str]] = []
    totals = set()
    while address is not None:
        data, controls = _read(address, accept)
        page = URIRef(address)
        totals |= {int(str(value)) for value in controls.objects(page, HYDRA.totalItems)}
        found += [
            (str(s), o.n3(), str(g)) for s, _, o, g in data.quads((None, URIRef(LABEL), None, None)) if g is not None
        ]
        following = controls.value(page, HYDRA.next)
        assert (following is None) == (len(found) == max(totals))
        address = None if following is None else str(following)
    assert totals == {len(found)}
    assert len(set(found)) == len(found) > 200
    assert set(found) == _labels(server)


def test_a_page_describes_its_form_as_clients_expect_it(server: str) -> None:
    address = f"{server}/fragments?subject=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F13"
    _, controls = _read(address)
    [dataset] = controls.subjects(VOID.subset, URIRef(address))
    assert controls.value(dataset, SD.defaultGraph) == URIRef("urn:ldf:defaultGraph")
    form = controls.value(dataset, HYDRA.search)
    assert controls.value(form, HYDRA.template) == Literal(f"{server}/fragments{{?subject,predicate,object,graph}}")
    mappings = {
        str(controls.value(mapping, HYDRA.variable)): controls.value(mapping, HYDRA.property)
        for mapping in controls.objects(form, HYDRA.mapping)
    }
    assert mappings == {
        "subject": RDF.subject,
        "predicate": RDF.predicate,
        "object": RDF.object,
        "graph": SD.graph,
    }


def test_formats_without_graphs_have_the_merge(server: str) -> None:
    for accept in ("text/turtle", "application/n-triples", "application/rdf+xml"):
        answer = httpx.get(f"{server}/fragments?subject={SDG_13}", headers={"Accept": accept})
        graph = Graph().parse(data=answer.text, format=accept)
        merged = Graph().parse(
            data=httpx.get(
                f"{server}/fragments?subject={SDG_13}&graph=urn:ldf:defaultGraph", headers={"Accept": accept}
            ).text,
            format=accept,
        )
        about = set(graph.triples((URIRef(SDG_13), None, None)))
        assert about == set(merged.triples((URIRef(SDG_13), None, None)))
        assert len(about) == int(str(next(graph.objects(None, HYDRA.totalItems))))


def test_the_default_graph_has_each_triple_once(server: str) -> None:
    rows = httpx.get(f"{server}/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    address = f"{server}/fragments?graph=urn:ldf:defaultGraph"
    _, controls = _read(address)
    assert str(controls.value(URIRef(address), HYDRA.totalItems)) == rows["results"]["bindings"][0]["n"]["value"]


def test_json_ld_has_the_quads_too(server: str) -> None:
    data, _ = _read(f"{server}/fragments?subject={SDG_13}&{LABELS}", "application/ld+json")
    assert {str(quad[2]) for quad in data.quads((URIRef(SDG_13), URIRef(LABEL), None, None))} == {
        "Climate action",
        "Stoppe klimaendringene",
    }


def test_a_fragment_is_cached_and_not_sent_again(server: str) -> None:
    address = f"{server}/fragments?subject={SDG_13}"
    answer = httpx.get(address, headers=TRIG)
    assert "public" in answer.headers["cache-control"]
    again = httpx.get(address, headers={**TRIG, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0", 404),
        ("page=99999", 404),
        ("page=99999999999999999999", 404),
        ("page=-1", 400),
        ("page=%C2%B2", 400),
        ("subject=foo", 400),
        ("subject=http://a/%00", 400),
        ("subject=%FF", 400),
        ("object=%22open", 400),
        ("object=%22x%22@%21", 400),
        ("predicate=http://x/%22%3E%7D%20DROP", 400),
        ("graph=http://a/b&graph=http://a/c", 400),
    ],
)
def test_what_cannot_be_a_fragment_is_told_in_words(server: str, query: str, status: int) -> None:
    answer = httpx.get(f"{server}/fragments?{query}", headers=TRIG)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "subject=%22text%22",
        "predicate=%22text%22",
        "graph=%22text%22",
        "graph=http://a/none",
        "object=%22no%22@en--rtl",
    ],
)
def test_what_nothing_matches_is_an_empty_fragment_with_controls(server: str, query: str) -> None:
    address = f"{server}/fragments?{query}"
    data, controls = _read(address)
    assert len(data) == len(controls)
    assert controls.value(URIRef(address), HYDRA.totalItems) == Literal(0)
    assert list(controls.objects(None, HYDRA.template))


def test_the_description_of_the_release_leads_to_the_fragments(server: str) -> None:
    described = Graph().parse(data=httpx.get(f"{server}/.well-known/void.ttl").text, format="turtle")
    assert URIRef("https://w3id.org/plangraf/fragments") in set(described.objects(None, RDFS.seeAlso))


def test_addresses_of_a_named_release_lead_to_the_same_release(server: str) -> None:
    release = httpx.get(f"{server}/fragments").headers["plangraf-release"]
    address = f"{server}/fragments?release={release}&{LABELS}"
    _, controls = _read(address)
    assert str(controls.value(URIRef(address), HYDRA.next)) == f"{address}&page=2"
    template = f"{server}/fragments?release={release}{{&subject,predicate,object,graph}}"
    assert [*controls.objects(None, HYDRA.template)] == [Literal(template)]


def test_an_older_release_names_itself_in_its_addresses(release: Release) -> None:
    async def ask() -> str:
        async with running(release.quads) as engine:
            older = OlderRelease(release.manifest.release, None)
            services = make_services(engine, release.manifest, release.quads, (), (), settings.load(), older=older)
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://one.example") as client:
                return (await client.get("/fragments.trig")).text

    assert f"http://one.example/fragments.trig?release={release.manifest.release}" in asyncio.run(ask())


@pytest.mark.parametrize("query", [JOIN, NAMED], ids=["join", "named graphs"])
def test_comunica_answers_the_same_over_fragments_and_endpoint_and_both(
    javascript: Javascript, server: str, query: str
) -> None:
    sources = {
        "fragments": [f"{server}/fragments"],
        "endpoint": [f"{server}/sparql"],
        "both": [f"{server}/fragments", f"{server}/sparql"],
    }
    answers = {}
    for name, addresses in sources.items():
        rows = javascript.ask("comunica.mjs", query, *addresses)
        assert isinstance(rows, list)
        answers[name] = sorted({json.dumps(row, sort_keys=True) for row in rows})
    assert answers["fragments"] == answers["endpoint"] == answers["both"]
    assert len(answers["both"]) >= 2
