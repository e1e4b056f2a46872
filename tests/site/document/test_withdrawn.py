"""What has been withdrawn answers 410, with when, why and what replaces it; what never was answers 404."""

import re
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import serving

from plangraf.formats import GRAPH_FORMATS
from plangraf.namespaces import GRAPH, ID, expand
from plangraf.release.history import Action
from plangraf.release.publish import publish
from plangraf.release.state import Switch
from plangraf.release.withdraw import withdraw
from plangraf.search.index_build import index_release

CHALLENGE = """
<vik/havna/challenge/1> a plan:Challenge , skos:Concept ; skos:prefLabel "Stille hav"@nb , "Quiet sea"@en ;
  skos:inScheme <vik/havna> ; plan:order 1 ; dct:source <https://www.eksempel.no/havna> .
"""
DEPRECATED = """
<fjell/ren-luft/goal/2> <http://www.w3.org/2002/07/owl#deprecated> true ;
  skos:changeNote "Slått sammen med mål 1"@nb ; dct:isReplacedBy <fjell/ren-luft> .
"""
PAGE = {"Accept": "text/html", "Accept-Language": "nb"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server on a state folder from which one of two plans was withdrawn."""
    folder = tmp_path_factory.mktemp("withdrawn")
    write_plan(folder / "data", "fjell/ren-luft", more=DEPRECATED)
    write_plan(folder / "data", "vik/havna", more=CHALLENGE)
    state = folder / "state"
    publish([folder / "data"], state, SWITCH, make_files=index_release)
    because = Switch(Action.WITHDRAW, "Kari Nordmann", "Havna er <solgt> & borte")
    withdraw("vik/havna", state, because, f"{ID}fjell/ren-luft", make_files=index_release)
    with serving("--state", str(state)) as running:
        yield running.address


def triples(answer: httpx.Response) -> set[ox.Triple]:
    media_type = answer.headers["content-type"].partition(";")[0]
    return {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))}


WITHDRAWN = ("/id/vik/havna", "/doc/vik/havna", "/graph/vik/havna")


@pytest.mark.parametrize("path", WITHDRAWN)
def test_what_was_withdrawn_has_a_page_that_says_when_why_and_what_replaces_it(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers=PAGE)
    assert answer.status_code == 410
    assert "Havna er &lt;solgt&gt; &amp; borte" in answer.text
    assert 'href="/doc/fjell/ren-luft"' in answer.text
    assert "Trukket tilbake" in answer.text
    assert re.search(r"[0-9]+\. [a-z]+ 20[0-9]{2}</dd>", answer.text)  # when


@pytest.mark.parametrize("path", ["/id/vik/havna", "/doc/vik/havna"])
def test_the_page_of_a_withdrawn_plan_leads_to_the_plan_as_it_was(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers=PAGE)
    assert re.search('href="/doc/vik/havna[?]release=r[0-9a-f]{12}"', answer.text)


@pytest.mark.parametrize("path", WITHDRAWN)
@pytest.mark.parametrize("media_type", [form.media_type for form in GRAPH_FORMATS])
def test_what_was_withdrawn_says_the_same_in_each_graph_format(server: str, path: str, media_type: str) -> None:
    answer = httpx.get(server + path, headers={"Accept": media_type})
    assert answer.status_code == 410
    assert answer.headers["content-type"].partition(";")[0] == media_type
    about = f"{GRAPH}vik/havna" if path.startswith("/graph/") else f"{ID}vik/havna"
    said = {
        (triple.predicate.value, str(triple.object))
        for triple in triples(answer)
        if triple.subject == ox.NamedNode(about)
    }
    assert (expand("owl:deprecated"), '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>') in said
    assert (expand("dct:isReplacedBy"), f"<{ID}fjell/ren-luft>") in said
    assert (expand("skos:changeNote"), '"Havna er <solgt> & borte"@nb') in said
    assert any(predicate == expand("prov:invalidatedAtTime") for predicate, _ in said)


@pytest.mark.parametrize("path", ["/doc/vik/havna.ttl", "/graph/vik/havna.ttl"])
def test_the_address_of_one_form_answers_410_too(server: str, path: str) -> None:
    answer = httpx.get(server + path)
    assert answer.status_code == 410
    assert triples(answer)


def test_a_thing_that_its_plan_declares_withdrawn_answers_410(server: str) -> None:
    answer = httpx.get(f"{server}/doc/fjell/ren-luft/goal/2", headers=PAGE)
    assert answer.status_code == 410
    assert "Slått sammen med mål 1" in answer.text


def test_what_belonged_to_a_withdrawn_plan_tells_of_its_withdrawal(server: str) -> None:
    page = httpx.get(f"{server}/id/vik/havna/challenge/1", headers=PAGE)
    assert page.status_code == 410
    assert 'href="/doc/vik/havna"' in page.text
    said = triples(httpx.get(f"{server}/doc/vik/havna/challenge/1.nt"))
    deprecated = {triple.subject for triple in said if triple.predicate.value == expand("owl:deprecated")}
    assert deprecated == {ox.NamedNode(f"{ID}vik/havna"), ox.NamedNode(f"{ID}vik/havna/challenge/1")}


@pytest.mark.parametrize(
    "path",
    [
        "/id/vik/havn",
        "/doc/vik/havna/challenge/2",
        "/doc/vik",
        "/doc/vik/havna2",
        "/graph/vik",
        "/graph/vik/havna2",
        "/graph/vik/havna/translation-en",
        "/graph/vik/havna/%20%3C",
    ],
)
def test_what_never_was_published_answers_404(server: str, path: str) -> None:
    assert httpx.get(server + path, headers=PAGE).status_code == 404


@pytest.mark.parametrize("page", ["/linkset", "/cite"])
@pytest.mark.parametrize(
    ("path", "iri"), [("/doc/vik/havna", f"{ID}vik/havna"), ("/graph/vik/havna", f"{GRAPH}vik/havna")]
)
def test_pages_about_what_was_withdrawn_answer_410_as_a_problem(server: str, page: str, path: str, iri: str) -> None:
    answer = httpx.get(f"{server}{page}{path}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["iri"]) == (410, iri)
    assert answer.headers["content-type"] == "application/problem+json"


def test_lists_and_the_sitemap_leave_withdrawn_things_out(server: str) -> None:
    assert httpx.get(f"{server}/search.json?q=havna").json()["results"] == []
    listed = httpx.get(f"{server}/sitemap.xml").text
    assert "/doc/fjell/ren-luft" in listed
    assert "/doc/vik/havna" not in listed
    assert "/doc/fjell/ren-luft/goal/2" not in listed
