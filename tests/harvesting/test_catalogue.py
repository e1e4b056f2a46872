"""Catalogues: which documents they list, and that their pages end."""

from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from tests.harvesting.web import LIMITS, Handler, Page, Site, client, plan_with_goals

from plangraf.harvesting.address import parse_address
from plangraf.harvesting.catalogue import is_catalogue, read_page
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.reader import ReadSource, SourceReader

PLACE = parse_address("https://data.eksempel.no/catalog?page=1")
PREFIXES = (
    "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> "
    "PREFIX hydra: <http://www.w3.org/ns/hydra/core#> PREFIX void: <http://rdfs.org/ns/void#> "
    "PREFIX file: <http://publications.europa.eu/resource/authority/file-type/>\n"
)


def _quads(text: str) -> list[ox.Quad]:
    return list(ox.parse((PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE, base_iri=str(PLACE)))


def _listed(text: str) -> list[str]:
    return [str(entry.address) for entry in read_page(_quads(text), PLACE).entries]


@pytest.mark.parametrize(
    ("distributions", "expected"),
    [
        ("[ dcat:downloadURL </a.ttl> ]", ["https://data.eksempel.no/a.ttl"]),
        ("[ dcat:downloadURL </a> ; dcat:mediaType 'image/png' ]", []),
        (
            "[ dcat:downloadURL </a> ; dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> ]",
            ["a"],
        ),
        ("[ dcat:downloadURL </a> ; dcat:mediaType 'application/ld+json' ]", ["a"]),
        ("[ dcat:accessURL </a> ; dct:format file:RDF_XML ]", ["a"]),
        ("[ dcat:downloadURL '/a.xlsx' ]", ["a.xlsx"]),
        (
            "[ dcat:downloadURL </a.xlsx> ] , [ dcat:downloadURL </b.trig> ] , [ dcat:downloadURL </c.ttl> ]",
            ["b.trig"],
        ),
        ("[ dcat:downloadURL </a.csv> ; dcat:mediaType 'text/csv' ]", []),
        ("[ dcat:downloadURL <ftp://eksempel.no/a.ttl> ]", []),
        ("[ dcat:downloadURL </a.nq.gz> ]", ["a.nq.gz"]),
        ("[ ]", []),
    ],
)
def test_each_dataset_has_one_document_in_the_best_format(distributions: str, expected: list[str]) -> None:
    found = _listed(f"<#a> a dcat:Dataset ; dcat:distribution {distributions} .")
    assert found == [f"https://data.eksempel.no/{path.rpartition('/')[2]}" for path in expected]


def test_the_licence_of_the_distribution_goes_before_that_of_the_dataset() -> None:
    page = read_page(
        _quads(
            "<#a> a dcat:Dataset ; dct:license <https://a.no/all> ; dcat:distribution "
            "[ dcat:downloadURL </a.ttl> ] .\n"
            "<#b> a dcat:Dataset ; dct:license <https://a.no/all> ; dcat:distribution "
            "[ dcat:downloadURL </b.ttl> ; dct:license <https://a.no/one> ] . <#c> a dcat:Dataset ."
        ),
        PLACE,
    )
    assert [entry.licence for entry in page.entries] == ["https://a.no/all", "https://a.no/one"]
    assert page.unusable == 1


def test_a_plan_that_describes_its_dataset_is_no_catalogue() -> None:
    dataset = "<#d> a dcat:Dataset . "
    assert is_catalogue(_quads(dataset))
    assert is_catalogue(_quads("<#c> a dcat:Catalog . <#p> a <https://w3id.org/plangraf/ontology#Plan> ."))
    assert not is_catalogue(_quads(f"{dataset}<#p> a <https://w3id.org/plangraf/ontology#Plan> ."))


def test_graphs_of_another_plangraf_are_asked_for_where_it_runs() -> None:
    text = (
        "BASE <https://w3id.org/plangraf/>\n<catalog> a dcat:Catalog . <catalog#dataset> a dcat:Dataset ; "
        "void:subset <graph/vik/havna> .\n"
        "<catalog#dataset/vik/havna> a dcat:Dataset ; void:subset <graph/vik/havna> , "
        "<graph/vik/havna/derived> , <graph/vik/havna/translation-en> .\n<catalog#dataset/other> a dcat:Dataset ; "
        "void:subset <graph/vik> , <graph/fjell> , <graph/sdg> , <ontology> , <graph/derived> ."
    )
    place = parse_address("https://eksempel.no/planer/catalog.ttl")
    page = read_page(_quads(text), place, lambda publisher: publisher != "fjell")
    assert [str(entry.address) for entry in page.entries] == [
        f"https://eksempel.no/planer/graph/vik{end}" for end in ("", "/havna", "/havna/translation-en")
    ]
    assert page.entries[1].graph == "https://w3id.org/plangraf/graph/vik/havna"
    assert page.passed == {"fjell"}


def _read(web: Site, path: str) -> ReadSource:
    with client() as asking:
        return SourceReader(asking, {}, lambda _: True, LIMITS.documents).read(parse_address(f"{web.address}{path}"))


def _page(number: int, following: str, documents: int = 1) -> str:
    listed = "".join(
        f"<#{each}> a dcat:Dataset ; dcat:distribution [ dcat:downloadURL </{number}-{each}.ttl> ] .\n"
        for each in range(documents)
    )
    return f"{PREFIXES}<#c> a dcat:Catalog .\n{listed}{following}"


def test_all_pages_of_a_catalogue_are_read(web: Site) -> None:
    web.pages["/catalog"] = Page(_page(1, "<> hydra:view [ hydra:next </catalog?page=2> ] ."))
    web.pages["/catalog?page=2"] = Page(_page(2, "<> a hydra:PagedCollection ; hydra:nextPage '/catalog?page=3' ."))
    web.pages["/catalog?page=3"] = Page(_page(3, ""))
    for number in (1, 2, 3):
        web.pages[f"/{number}-0.ttl"] = Page(plan_with_goals(f"vik/plan-{number}", 1))
    web.pages["/2-0.ttl"] = Page("<urn:a> <urn:b> <urn:c> .")
    web.pages["/3-0.ttl"] = Page("<html>", "text/html")
    found = _read(web, "/catalog")
    assert [each.address.removeprefix(web.address) for each in found.documents] == ["/1-0.ttl", "/3-0.ttl"]
    assert [each.fault is None for each in found.documents] == [True, False]


def test_pages_in_a_circle_are_noticed(web: Site) -> None:
    web.pages["/catalog"] = Page(_page(1, "<> hydra:next </catalog?page=2> ."))
    web.pages["/catalog?page=2"] = Page(_page(2, "<> hydra:next </catalog> ."))
    with pytest.raises(HarvestError, match="lead round in a circle"):
        _read(web, "/catalog")


def test_pages_without_end_are_given_up(web: Site) -> None:
    class Endless(dict[str, object]):
        def get(self, path: str, _: object = None) -> Page:
            number = int(path.partition("=")[2] or 1)
            return Page(_page(0, f"<> hydra:next </catalog?page={number + 1}> ."))

    web.pages = Endless()  # type: ignore[assignment]  # the handler only asks for pages
    try:
        with pytest.raises(HarvestError, match="more than 100 pages, or no end"):
            _read(web, "/catalog")
    finally:
        web.pages = {}
    assert len(web.paths()) == 100


def test_a_catalogue_may_not_list_too_many_documents(web: Site) -> None:
    web.pages["/catalog"] = Page(_page(1, "", documents=21))
    with pytest.raises(HarvestError, match="more than 20 documents"):
        _read(web, "/catalog")


def test_a_catalogue_of_which_nothing_can_be_read_is_told_in_words(web: Site) -> None:
    web.pages["/catalog"] = Page(_page(1, "", documents=2))
    with pytest.raises(HarvestError, match=r"None of the 2 documents .* There is nothing at"):
        _read(web, "/catalog")
    web.pages["/catalog"] = Page(_page(1, "", documents=0))
    with pytest.raises(HarvestError, match="lists no plan"):
        _read(web, "/catalog")


def test_a_web_page_leads_to_its_data(web: Site) -> None:
    link = '</about.html>; rel="alternate"; type="text/html", </plan.ttl>; rel="describedby"; type="text/turtle"'
    web.pages["/"] = Page("<!doctype html><p>Planen</p>", "text/html", headers={"Link": link})
    web.pages["/plan.ttl"] = Page(plan_with_goals("vik/havna", 1))
    [found] = _read(web, "/").documents
    assert found.document is not None
    web.pages["/plan.ttl"] = Page("<!doctype html>", "text/html")
    with pytest.raises(HarvestError, match="is a web page"):
        _read(web, "/")


def test_a_page_that_only_links_to_pages_is_no_data(web: Site) -> None:
    def page(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nLink: <a>; rel=alternate\r\n\r\n<html>")

    web.pages["/"] = page
    with pytest.raises(HarvestError, match="is a web page"):
        _read(web, "/")


def _endpoint(web: Site, data: str, most: int = 1000) -> None:
    """Have a site answer queries at /sparql, each with a limited number of statements."""
    store = ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.TRIG)

    class Endpoint(dict[str, object]):
        def get(self, path: str, _: object = None) -> Page:
            if not path.startswith("/sparql?"):
                return Page(status=404)
            found = store.query(parse_qs(urlsplit(path).query)["query"][0])
            if isinstance(found, ox.QuerySolutions):
                content = found.serialize(format=ox.QueryResultsFormat.JSON)
                assert content is not None
                return Page(content, "application/sparql-results+json")
            assert isinstance(found, ox.QueryTriples)
            triples = ox.serialize(list(found)[:most], format=ox.RdfFormat.N_TRIPLES)
            assert triples is not None
            return Page(triples, "application/n-triples")

    web.pages = Endpoint()  # type: ignore[assignment]  # the handler only asks for pages


def _trig(*names: str) -> str:
    prefixes, _, __ = plan_with_goals(names[0], 1).partition("@base")
    graphs = "".join(
        f"<https://w3id.org/plangraf/graph/{name}> {{ {plan_with_goals(name, 1).partition('/id/> .')[2]} }}\n"
        for name in names
    )
    return f"{prefixes}@base <https://w3id.org/plangraf/id/> .\n{graphs}"


def test_the_graphs_of_an_endpoint_are_its_documents(web: Site) -> None:
    _endpoint(web, f"{_trig('vik/a', 'vik/b')} <urn:other> {{ <urn:a> <urn:b> <urn:c> }}")
    try:
        found = _read(web, "/sparql")
        graphs = [each.document.graphs for each in found.documents if each.document is not None]
        assert graphs == [{f"https://w3id.org/plangraf/graph/vik/{name}"} for name in "ab"]
        _endpoint(web, _trig("vik/a"), most=5)
        [cut] = _read(web, "/sparql").documents
        assert cut.fault is not None
        assert "has sent 5 of" in cut.fault.text("en")
        with pytest.raises(HarvestError, match="nothing at"):
            _read(web, "/query")
    finally:
        web.pages = {}


def test_what_is_no_endpoint_is_told_in_words(web: Site) -> None:
    class Anything(dict[str, object]):
        def get(self, path: str, _: object = None) -> Page:
            return Page(status=404) if path == "/robots.txt" else Page("<html>", "text/html")

    web.pages = Anything()  # type: ignore[assignment]  # the handler only asks for pages
    try:
        with pytest.raises(HarvestError, match="does not answer as a SPARQL endpoint does"):
            _read(web, "/sparql")
    finally:
        web.pages = {}
