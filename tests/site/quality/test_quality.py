"""The quality report and the mapping set, asked of a running server."""

import re

import httpx
import pyoxigraph as ox
import pytest

from plangraf.formats import GRAPH_FORMATS, Format
from plangraf.linkeddata.measures import DIMENSIONS, MEASURES
from plangraf.namespaces import expand
from plangraf.release.release import Release

PLAN = "/quality/trondheim/samfunnsplan-2020-2032"


def _triples(answer: httpx.Response) -> set[ox.Triple]:
    assert answer.status_code == 200, answer.text
    rdf_format = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    return {quad.triple for quad in ox.parse(answer.content, format=rdf_format)}


@pytest.mark.parametrize("path", ["/quality", PLAN])
@pytest.mark.parametrize("rdf_format", GRAPH_FORMATS, ids=lambda f: f.key)
def test_the_report_comes_in_every_graph_format(server: str, path: str, rdf_format: Format) -> None:
    expected = _triples(httpx.get(f"{server}{path}.nt"))
    asked = httpx.get(f"{server}{path}", headers={"Accept": rdf_format.media_type})
    assert "Accept" in asked.headers["vary"]
    assert _triples(asked) == expected
    assert _triples(httpx.get(f"{server}{path}.{rdf_format.extension}")) == expected


def test_every_plan_is_measured(server: str, release: Release) -> None:
    triples = _triples(httpx.get(f"{server}/quality.nt"))
    on = {t.object.value for t in triples if t.predicate.value == expand("dqv:computedOn")}  # type: ignore[union-attr]
    assert on == set(release.manifest.plans)


def test_what_is_said_of_a_plan_is_the_same_in_both_documents(server: str) -> None:
    everything = _triples(httpx.get(f"{server}/quality.nt"))
    here = {t for t in _triples(httpx.get(f"{server}{PLAN}.nt")) if PLAN not in str(t.subject).partition("#")[0]}
    assert here <= everything


def test_every_metric_has_its_place_on_the_page(server: str) -> None:
    page = httpx.get(f"{server}/quality", params={"lang": "en"}, headers={"Accept": "text/html"}).text
    places = {f'id="{measure.key}"' for measure in MEASURES} | {f'id="dimension-{d.key}"' for d in DIMENSIONS}
    assert [place for place in sorted(places) if page.count(place) != 1] == []


@pytest.mark.parametrize(("language", "title"), [("nb", "Titler som mangler"), ("en", "Titles missing")])
def test_the_report_of_a_plan_lists_what_is_missing_and_how_to_ask_for_it(
    server: str, language: str, title: str
) -> None:
    page = httpx.get(f"{server}{PLAN}", params={"lang": language}, headers={"Accept": "text/html"}).text
    assert title in page
    assert "/doc/trondheim/samfunnsplan-2020-2032/goal/2.1" in page
    queries = re.findall(r'href="(/sparql\?query=[^"]+)"', page)
    assert queries
    for query in queries:
        answer = httpx.get(server + query.replace("&amp;", "&"), headers={"Accept": "text/csv"})
        assert answer.status_code == 200
        assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("path", ["/quality?page=2", "/quality.ttl?page=0", "/quality/nobody/plan"])
def test_what_there_is_not_is_not_found(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#not-found")


def test_the_plan_leads_to_its_report(server: str) -> None:
    page = httpx.get(f"{server}/doc/trondheim/samfunnsplan-2020-2032", headers={"Accept": "text/html"})
    assert f'href="{PLAN}"' in page.text


def test_the_mapping_set_is_tab_separated(server: str, release: Release) -> None:
    answer = httpx.get(f"{server}/mappings.sssom.tsv")
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert f'mapping_set_version: "{release.manifest.release}"' in answer.text
    assert answer.text.count("plan:basis=plan:StatedInPlan") > 1
