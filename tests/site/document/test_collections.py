"""The derived collections of a plan have documents and pages, as all things below `/id/` have."""

import httpx
import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from tests.site.published import answers

from plangraf.namespaces import ID
from plangraf.release.release import Release

NAME = "trondheim/samfunnsplan-2020-2032/collection/challenge"
PAGE, DATA = f"/doc/{NAME}?lang=en", f"/doc/{NAME}.ttl"


@pytest.fixture(scope="module")
def found(release: Release) -> dict[str, httpx.Response]:
    return answers(release, [f"/id/{NAME}", PAGE, DATA, "/sitemap.xml", f"/cite/doc/{NAME}"])


def test_a_collection_is_dereferenced(found: dict[str, httpx.Response]) -> None:
    redirect = found[f"/id/{NAME}"]
    assert (redirect.status_code, redirect.headers["location"]) == (303, f"/doc/{NAME}")


def test_the_data_of_a_collection_are_its_names_and_its_members(found: dict[str, httpx.Response]) -> None:
    graph, iri = Graph().parse(data=found[DATA].content, format="turtle"), URIRef(ID + NAME)
    assert (iri, RDF.type, SKOS.Collection) in graph
    assert {text.n3() for text in graph.objects(iri, SKOS.prefLabel)} >= {'"Utfordringer i Trondheimsløftet"@nb'}
    members = set(graph.objects(iri, SKOS.member))
    assert members == {URIRef(f"{ID}trondheim/samfunnsplan-2020-2032/challenge/{number}") for number in (1, 2, 3)}
    assert all((member, SKOS.prefLabel, None) in graph for member in members)


def test_the_page_of_a_collection_has_its_title_and_leads_to_its_members(found: dict[str, httpx.Response]) -> None:
    page = found[PAGE]
    assert page.status_code == 200
    assert "<h1>Challenges in " in page.text
    for number in (1, 2, 3):
        assert f'href="/doc/trondheim/samfunnsplan-2020-2032/challenge/{number}' in page.text


def test_the_sitemap_lists_a_collection_and_it_can_be_cited(found: dict[str, httpx.Response]) -> None:
    assert f"http://test/doc/{NAME}?lang=nb" in found["/sitemap.xml"].text
    assert found[f"/cite/doc/{NAME}"].status_code == 200
