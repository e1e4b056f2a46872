"""Publishers change their graphs on a running server."""

import gzip
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import quote

import httpx
import pytest
from tests.counts import chance, times
from tests.servers import COMMAND, PATIENCE, Server, children, serving, soon
from tests.site.graphs.publishing import TURTLE, Publishing, plan, publishing

from plangraf.namespaces import GRAPH, ID
from plangraf.publishing.tokens import TokenFile
from plangraf.release.release import Release
from plangraf.release.writer_lock import writer_lock

EXTRA = "\n<{0}> <http://purl.org/dc/terms/description> '{1}'@nb ."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publishing]:
    with publishing(tmp_path_factory.mktemp("publishing")) as running:
        yield running


def test_a_graph_is_made_changed_and_withdrawn_and_each_reads_its_own_write(site: Publishing) -> None:
    made = site.send("PUT", "vik/ny", plan("vik/ny", "Første"))
    assert made.status_code == 201
    assert made.headers["location"] == "/graph/vik/ny"
    assert made.headers["plangraf-release"] == site.current
    assert "Første" in site.read("vik/ny").text
    changed = site.send("PUT", "vik/ny", plan("vik/ny", "Andre"))
    assert (changed.status_code, changed.content) == (204, b"")
    assert "Andre" in site.read("vik/ny").text
    assert site.send("PUT", "vik/ny", plan("vik/ny", "Andre")).status_code == 204
    gone = httpx.delete(
        f"{site.server.address}/graph/vik/ny?message=Skrevet+av+feil",
        headers={"Authorization": f"Bearer {site.tokens['vik']}"},
    )
    assert gone.status_code == 204
    assert site.read("vik/ny").status_code == 404
    assert httpx.get(f"{site.server.address}/graph/vik/ny").status_code in (404, 410)
    assert site.send("DELETE", "vik/ny").status_code == 404
    entry = site.history()[-1]
    assert (entry["action"], entry["message"]) == ("withdraw", "Skrevet av feil")
    assert entry["by"] == f"vik (token …{site.tokens['vik'][-4:]})"
    merged = httpx.get(f"{site.server.address}/graphs?default", headers={"Accept": "application/n-triples"}).text
    assert f'<{ID}vik/ny> <http://www.w3.org/2004/02/skos/core#changeNote> "Skrevet av feil"@nb .' in merged
    assert site.send("PUT", "vik/ny", plan("vik/ny", "Andre")).status_code == 201


def test_other_graphs_stay_and_the_address_of_a_graph_is_as_good_as_its_parameter(site: Publishing) -> None:
    before = sorted(site.read("fjell/ren-luft").text.splitlines())
    answer = httpx.put(
        f"{site.server.address}/graph/vik/havna.ttl",
        content=plan("vik/havna", "Via adressen").encode(),
        headers={"Authorization": f"Bearer {site.tokens['vik']}", "Content-Type": TURTLE},
    )
    assert answer.status_code == 204
    assert "Via adressen" in site.read("vik/havna").text
    assert sorted(site.read("fjell/ren-luft").text.splitlines()) == before


def test_post_adds_to_a_graph(site: Publishing) -> None:
    assert site.send("PUT", "fjell/vann", plan("fjell/vann"), publisher="fjell").status_code == 201
    added = site.send("POST", "fjell/vann", EXTRA.format(f"{ID}fjell/vann", "Rent vann"), publisher="fjell")
    assert added.status_code == 204
    text = site.read("fjell/vann").text
    assert "Rent vann" in text
    assert "Vi ser langt fram" in text
    assert site.send("POST", "fjell/vann", "# nothing", publisher="fjell").status_code == 204
    assert sorted(site.read("fjell/vann").text.splitlines()) == sorted(text.splitlines())


def test_a_put_of_a_plan_leaves_its_translation_and_a_delete_takes_it_along(site: Publishing) -> None:
    translation = f"<{ID}vik/to> <http://www.w3.org/2004/02/skos/core#altLabel> 'Two'@en ."
    assert site.send("PUT", "vik/to", plan("vik/to")).status_code == 201
    assert site.send("PUT", "vik/to/translation-en", translation).status_code == 201
    assert site.send("PUT", "vik/to", plan("vik/to", "Endret")).status_code == 204
    assert site.read("vik/to/translation-en").status_code == 200
    assert site.send("DELETE", "vik/to").status_code == 204
    assert site.read("vik/to/translation-en").status_code == 404


def test_a_deleted_graph_that_describes_nothing_of_its_own_leaves_nothing(site: Publishing) -> None:
    assert (
        site.send("PUT", "vik/notat", '<https://e.org/a> <http://purl.org/dc/terms/title> "A"@nb .').status_code
        == 201
    )
    assert site.send("DELETE", "vik/notat").status_code == 204
    assert site.read("vik/notat").status_code == 404
    assert (site.state / site.current / "quads.nq").read_text(encoding="utf-8").count("vik/notat") == 0


def test_a_withdrawn_graph_comes_back_though_it_says_nothing_of_itself(site: Publishing) -> None:
    assert site.send("PUT", "vik/tilbake", plan("vik/tilbake")).status_code == 201
    assert site.send("DELETE", "vik/tilbake").status_code == 204
    gone = httpx.get(f"{site.server.address}/graph/vik/tilbake", headers={"Accept": "application/n-triples"})
    assert gone.status_code == 410
    assert "Trukket tilbake av utgiveren" in gone.text
    assert site.send("PUT", "vik/tilbake", f'<{ID}fjell> <https://e.org/p> "x" .').status_code == 403
    note = '<https://e.org/a> <http://purl.org/dc/terms/title> "A"@nb .'
    assert site.send("PUT", "vik/tilbake", note).status_code == 201
    back = httpx.get(f"{site.server.address}/graph/vik/tilbake.nt")
    assert back.status_code == 200
    assert f"<{GRAPH}vik/tilbake>" not in back.text
    assert f"<{ID}vik/tilbake> <http://www.w3.org/2002/07/owl#deprecated>" in back.text  # the plan stays withdrawn


def _delete(site: Publishing, graph: str, **parameters: str | list[str]) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in parameters.items()}
    return httpx.delete(
        f"{site.server.address}/graph/{graph}",
        params=named,
        headers={"Authorization": f"Bearer {site.tokens['vik']}"},
    )


def test_a_delete_says_why_and_what_replaces_the_graph(site: Publishing) -> None:
    assert site.send("PUT", "vik/gammel", plan("vik/gammel")).status_code == 201
    new = f"{ID}vik/havna"
    assert _delete(site, "vik/gammel", because="Replaced by  <a> new", replaced_by=new, lang="en").status_code == 204
    for path, thing in (("/doc/vik/gammel.nt", f"{ID}vik/gammel"), ("/graph/vik/gammel.nt", f"{GRAPH}vik/gammel")):
        said = httpx.get(site.server.address + path)
        assert said.status_code == 410
        assert f"<{thing}> <http://purl.org/dc/terms/isReplacedBy> <{new}> ." in said.text
        assert f'<{thing}> <http://www.w3.org/2004/02/skos/core#changeNote> "Replaced by <a> new"@en .' in said.text
    assert site.history()[-1]["message"] == "Replaced by <a> new"


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"replaced_by": "relative"}, 400),
        ({"replaced_by": "javascript:alert(1)"}, 400),
        ({"replaced_by": "https://e.org/a b"}, 400),
        ({"replaced_by": ""}, 400),
        ({"replaced_by": [f"{ID}fjell/ren-luft", f"{ID}vik"]}, 400),
        ({"because": "A", "message": "B"}, 400),
        ({"because": "A", "lang": "klingon!!"}, 400),
        ({"because": "x" * 1001}, 400),
        ({"replaced_by": f"{ID}vik/finnes-ikke"}, 422),
        ({"replaced_by": f"{ID}vik/havna"}, 422),
    ],
)
def test_a_delete_that_cannot_be_stated_changes_nothing(
    site: Publishing, parameters: dict[str, str | list[str]], status: int
) -> None:
    current = site.current
    answer = _delete(site, "vik/havna", **parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert site.current == current


@pytest.mark.parametrize("name", ["because", "replaced-by"])
def test_what_belongs_to_a_delete_is_refused_with_a_put(site: Publishing, name: str) -> None:
    answer = httpx.put(
        f"{site.server.address}/graph/vik/havna?{name}=https://e.org/x",
        content=plan("vik/havna").encode(),
        headers={"Authorization": f"Bearer {site.tokens['vik']}", "Content-Type": TURTLE},
    )
    assert answer.status_code == 400
    assert name in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nothing_is_changed_when_the_history_cannot_be_read(site: Publishing, method: str) -> None:
    history, current = site.state / "history.jsonl", site.current
    before = history.read_bytes()
    try:
        history.write_bytes(b"garbage\n" + before)
        body = None if method == "DELETE" else plan("vik/havna", method)
        answer = site.send(method, "vik/havna", body)
        assert history.read_bytes() == b"garbage\n" + before
    finally:
        history.write_bytes(before)
    assert answer.status_code == 500
    assert "history of the releases cannot be read" in answer.json()["detail"]
    assert site.current == current
    assert site.audit()[-1]["status"] == 500


@pytest.mark.parametrize(
    ("address", "accept", "coding"),
    [
        ("/graphs?graph={}", "text/turtle", "gzip"),
        ("/graph/vik/havna", "application/rdf+xml", "identity"),
    ],
)
def test_the_tag_of_any_form_prevents_lost_updates(site: Publishing, accept: str, address: str, coding: str) -> None:
    path = address.format(quote(f"{GRAPH}vik/havna"))
    fields = {"Accept": accept, "Accept-Encoding": coding}
    tag = httpx.get(site.server.address + path, headers=fields).headers["etag"]
    # Changes of other graphs do not matter.
    other = plan("fjell/ren-luft", f"{accept} {address} {coding}")
    assert site.send("PUT", "fjell/ren-luft", other, publisher="fjell").status_code == 204
    mine = plan("vik/havna", f"Mine {accept} {address} {coding}")
    assert site.send("PUT", "vik/havna", mine, If_Match=f'"x", {tag}').status_code == 204
    lost = site.send("PUT", "vik/havna", plan("vik/havna", "Lost"), If_Match=tag)
    assert lost.status_code == 412
    assert lost.json()["type"].endswith("#precondition-failed")
    assert "Mine" in site.read("vik/havna").text


def test_the_tag_of_a_page_is_one_of_the_graph(site: Publishing) -> None:
    tag = httpx.get(f"{site.server.address}/graph/vik/havna.html?lang=en").headers["etag"]
    assert site.send("PUT", "vik/havna", plan("vik/havna", "Etter siden"), If_Match=tag).status_code == 204
    assert site.send("PUT", "vik/havna", plan("vik/havna", "Lost"), If_Match=tag).status_code == 412


def test_a_put_can_be_kept_from_replacing_and_from_making_a_graph(site: Publishing) -> None:
    body = plan("vik/havna", "Endret")
    assert site.send("PUT", "vik/havna", body, If_None_Match="*").status_code == 412
    assert site.send("PUT", "vik/ingen", plan("vik/ingen"), If_Match="*").status_code == 412
    assert site.read("vik/ingen").status_code == 404


def test_data_that_break_the_shapes_are_reported_and_change_nothing(site: Publishing) -> None:
    before = site.current
    broken = plan("vik/havna", more="<vik/havna> adms:status plan:Adopted .")
    answer = site.send("PUT", "vik/havna", broken)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith("#data-refused")
    assert problem["conforms"] is False
    result = next(each for each in problem["results"] if each["severity"] == "Violation")
    assert result["focusNode"] == f"{ID}vik/havna"
    assert result["file"] == "document-1.ttl"
    assert result["line"] is not None
    assert site.current == before
    page = site.send("PUT", "vik/havna", broken, Accept="text/html", Accept_Language="nb")
    assert page.status_code == 422
    assert "Dataene kan ikke gis ut" in page.text


def test_a_published_thing_cannot_be_left_out(site: Publishing) -> None:
    unit = (
        "<vik/lag/utvalget> a <http://xmlns.com/foaf/0.1/Agent> ; dct:source <https://www.eksempel.no/u> ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> 'Utvalget'@nb ."
    )
    with_unit = plan("vik/lag", more=unit)
    assert site.send("PUT", "vik/lag", with_unit).status_code == 201
    answer = site.send("PUT", "vik/lag", plan("vik/lag"))
    assert answer.status_code == 422
    assert answer.json()["vanished"] == [f"{ID}vik/lag/utvalget"]
    assert f"<{ID}vik/lag/utvalget> owl:deprecated true" in answer.json()["statements"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("<a> <b", TURTLE, 400),
        ("", TURTLE, 400),
        ("# nothing", TURTLE, 400),
        (b"\xff", TURTLE, 400),
        ("<a> <b> <c> .", None, 415),
        ("<a> <b> <c> .", "text/turtle; charset=iso-8859-1", 415),
        ("<a> <b> <c> .", "text/csv", 415),
        ("<a> <b> <c> .", "turtle", 415),
        ("<a> { <a> <b> <c> }", "application/trig", 415),
        ("<x:a> <x:b> <x:c> <x:d> .", "application/n-quads", 415),
        ('{"@id": "x:g", "@graph": [{"@id": "x:a", "x:b": "c"}]}', "application/ld+json", 400),
        ('{"@context": "https://e.org/context", "@id": "x:a"}', "application/ld+json", 400),
        ("--b--\r\n", "multipart/form-data; boundary=b", 415),
    ],
)
def test_a_body_that_is_no_graph_is_refused(
    site: Publishing, body: str | bytes, content_type: str | None, status: int
) -> None:
    before = site.current
    answer = site.send("PUT", "vik/kropp", body, content_type=content_type)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert site.current == before


PLAN_IRI, TERMS = "https://w3id.org/plangraf/ontology#", "http://purl.org/dc/terms/"
LICENCE = "http://publications.europa.eu/resource/authority/licence/NLOD_2_0"


@pytest.mark.parametrize(
    ("about", "content_type"),
    [
        ("<>", "text/turtle;charset=UTF-8"),
        (f"<{GRAPH}vik/form>", "application/n-triples"),
        ('"@id": ""', "application/ld+json"),
        ("rdf:about=''", "application/rdf+xml"),
    ],
)
def test_a_graph_comes_in_every_format_and_relative_addresses_begin_at_the_graph(
    site: Publishing, about: str, content_type: str
) -> None:
    links = {
        f"{PLAN_IRI}graphRole": f"{PLAN_IRI}Reference",
        f"{TERMS}creator": f"{ID}plangraf",
        f"{TERMS}license": LICENCE,
    }
    if content_type == "application/ld+json":
        title = f'"{TERMS}title": {{"@value": "A", "@language": "nb"}}'
        body = ", ".join([about, title, *(f'"{name}": {{"@id": "{value}"}}' for name, value in links.items())])
        body = f"{{{body}}}"
    elif content_type == "application/rdf+xml":
        links = {
            f"{'p' if PLAN_IRI in name else 'd'}:{re.split('[#/]', name)[-1]}": each for name, each in links.items()
        }
        elements = "".join(f"<{name} rdf:resource='{value}'/>" for name, value in links.items())
        spaces = f"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:p='{PLAN_IRI}' xmlns:d='{TERMS}'"
        body = f"<rdf:Description {about}><d:title xml:lang='nb'>A</d:title>{elements}</rdf:Description>"
        body = f"<rdf:RDF {spaces}>{body}</rdf:RDF>"
    else:
        lines = [f"{about} <{name}> <{value}> ." for name, value in links.items()]
        body = "\n".join([f'{about} <{TERMS}title> "A"@nb .', *lines])
    answer = site.send("PUT", "vik/form", body, content_type=content_type)
    assert answer.status_code in (201, 204), answer.text
    text = site.read("vik/form").text
    assert f'<{GRAPH}vik/form> <{TERMS}title> "A"@nb .' in text
    assert len(text.splitlines()) == 4


def test_the_parts_of_a_form_are_added_and_keep_their_blank_nodes_apart(site: Publishing) -> None:
    part = f'<https://e.org/{{0}}> <{TERMS}relation> _:b . _:b <{TERMS}title> "Del {{0}}"@nb .'
    files = [("file", (f"{name}.ttl", part.format(name), TURTLE)) for name in "ab"]
    request = partial(
        httpx.post,
        f"{site.server.address}/graph/vik/deler",
        files=files,
        headers={"Authorization": f"Bearer {site.tokens['vik']}"},
    )
    assert request().status_code == 201
    assert len(site.read("vik/deler").text.splitlines()) == 4


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, identity"])
def test_a_body_with_a_content_coding_is_refused_before_it_is_inflated(site: Publishing, coding: str) -> None:
    answer = site.send("PUT", "vik/havna", gzip.compress(b" " * 10_000_000), Content_Encoding=coding)
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "identity"


def test_a_body_over_the_limit_is_refused(site: Publishing) -> None:
    assert site.send("PUT", "vik/havna", "#" * (16 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("authorization", [None, "Basic dmlrOnZpaw==", "Bearer", "Bearer a b"])
def test_without_a_token_nothing_can_be_changed(site: Publishing, method: str, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = httpx.request(
        method, f"{site.server.address}/graphs", params={"graph": f"{GRAPH}vik/havna"}, headers=headers
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")


def test_a_wrong_or_withdrawn_token_is_refused(site: Publishing) -> None:
    token = TokenFile(site.state).make("elv")
    headers = {"Authorization": f"bearer {token}", "Content-Type": TURTLE}
    put = partial(httpx.put, f"{site.server.address}/graph/elv/plan", content=b"<a> <b", headers=headers)
    assert put().status_code == 400
    TokenFile(site.state).withdraw("elv")
    answer = put()
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    "path",
    [
        "/graph/fjell/ren-luft",
        "/graph/vikna/plan",
        "/graph/vik/../fjell/ren-luft",
        "/graph/vik/%2e%2e/fjell/ren-luft",
        "/graph/vik/..%2Ffjell/ren-luft",
        "/graph/vik%2Fhavna",
        "/graph/vik//havna",
        "/graph//vik/havna",
        "/graph/vik/a%CC%8A",
        "/graph/vik/havna/derived",
        "/graph/derived",
        f"/graphs?graph={quote(GRAPH + 'fjell/ren-luft')}",
        f"/graphs?graph={quote(GRAPH + 'vik/../fjell/ren-luft')}",
        f"/graphs?graph={quote(GRAPH + 'vik/%2e%2e/fjell/ren-luft')}",
        f"/graphs?graph={quote(GRAPH + 'vik/bærum')}",
        f"/graphs?graph={quote('https://e.org/graph/vik/havna')}",
    ],
)
def test_no_trick_in_a_path_leads_to_another_graph(site: Publishing, path: str) -> None:
    """The request is written byte by byte, since clients tidy paths."""
    body = plan("vik/havna", "Trick").encode()
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/turtle\r\n"
        f"Authorization: Bearer {site.tokens['vik']}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before = site.current
    with socket.create_connection(("127.0.0.1", site.server.port)) as connection:
        connection.sendall(head.encode() + body)
        answer = connection.makefile("rb").read()
    assert int(answer.split()[1]) in (403, 404), answer[:200]
    assert site.current == before


def test_data_about_what_belongs_to_others_are_refused(site: Publishing) -> None:
    steal = f"<{ID}fjell/ren-luft> <http://www.w3.org/2002/07/owl#deprecated> true ."
    answer = site.send("PUT", "vik/havna", plan("vik/havna", more=steal))
    assert answer.status_code == 403
    assert answer.json()["foreign"] == [f"{ID}fjell/ren-luft"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_the_merge_of_all_graphs_cannot_be_changed(site: Publishing, method: str) -> None:
    headers = {"Authorization": f"Bearer {site.tokens['vik']}"}
    answer = httpx.request(method, f"{site.server.address}/graphs?default", headers=headers)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/graph/vik/havna?", "/graphs?graph=https%3A%2F%2Fw3id.org%2Fplangraf%2Fgraph%2Fvik%2Fhavna&"]
)
def test_a_release_that_is_named_cannot_be_changed(site: Publishing, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {site.tokens['vik']}", "Content-Type": TURTLE}
    current = site.current
    for release in (current, site.history()[0]["release"]):
        answer = httpx.request(method, f"{site.server.address}{path}release={release}", headers=headers)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert "access-control-allow-origin" not in answer.headers
    assert site.current == current


def test_a_change_must_name_a_graph(site: Publishing) -> None:
    answer = httpx.put(f"{site.server.address}/graphs", headers={"Authorization": f"Bearer {site.tokens['vik']}"})
    assert answer.status_code == 400


def test_scripts_of_other_origins_can_read_and_not_change(site: Publishing) -> None:
    headers = {"Origin": "https://e.org", "Access-Control-Request-Method": "PUT"}
    for path in ("/graphs", "/graph/vik/havna"):
        asked = httpx.options(site.server.address + path, headers=headers)
        assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert asked.headers["allow"] == "GET, HEAD, PUT, POST, DELETE, OPTIONS"
        refused = httpx.put(site.server.address + path, params={"graph": f"{GRAPH}vik/havna"})
        assert refused.status_code == 401
        assert "access-control-allow-origin" not in refused.headers
    done = site.send("PUT", "vik/havna", plan("vik/havna", "CORS"))
    assert done.status_code == 204
    assert "access-control-allow-origin" not in done.headers
    assert site.read("vik/havna").headers["access-control-allow-origin"] == "*"


def test_the_audit_log_has_a_line_for_each_request_with_a_token_and_no_token(site: Publishing) -> None:
    before, release = len(site.audit()), site.current
    site.send("PUT", "vik/havna", plan("vik/havna", "Audit"))
    site.send("PUT", "fjell/ren-luft", plan("fjell/ren-luft"))
    site.send("PUT", "vik/havna", "x", publisher=None)
    site.send("PUT", "vik/havna", "x", content_type="text/csv")
    headers = {"Authorization": "Bearer wrong"}
    httpx.delete(f"{site.server.address}/graphs", params={"graph": f"{GRAPH}vik/havna"}, headers=headers)
    lines = site.audit()[before:]
    assert [(line["publisher"], line["method"], line["status"]) for line in lines] == [
        ("vik", "PUT", 204),
        ("vik", "PUT", 403),
        ("vik", "PUT", 415),
        ("", "DELETE", 401),
    ]
    assert (lines[0]["before"], lines[0]["after"]) == (release, site.current)
    assert lines[0]["client"] == "127.0.0.1"
    assert lines[0]["graph"] == f"{GRAPH}vik/havna"
    text = (site.state / "audit.jsonl").read_text(encoding="utf-8")
    assert [token for token in (*site.tokens.values(), "wrong") if token in text] == []


def test_changes_are_counted(site: Publishing) -> None:
    site.send("PUT", "vik/havna", plan("vik/havna", "Counted"))
    site.send("PUT", "vik/havna", "x", publisher=None)
    metrics = httpx.get(f"{site.server.address}/metrics").text
    assert 'plangraf_graph_changes_total{outcome="changed"}' in metrics
    assert 'plangraf_graph_changes_total{outcome="token-required"}' in metrics


def test_a_change_waits_for_no_other(site: Publishing) -> None:
    with writer_lock(site.state, "publish"):
        answer = site.send("PUT", "vik/havna", plan("vik/havna", "Locked"))
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#publishing-busy")
    assert int(answer.headers["retry-after"]) > 0
    assert site.send("PUT", "vik/havna", plan("vik/havna", "Free")).status_code == 204


def test_of_two_changes_at_once_each_is_made_or_told_to_come_again(site: Publishing) -> None:
    names = {"fjell": "fjell/ren-luft", "vik": "vik/havna"}

    def put(publisher: str) -> int:
        body = plan(names[publisher], "At once")
        return site.send("PUT", names[publisher], body, publisher=publisher).status_code

    with ThreadPoolExecutor() as pool:
        statuses = dict(zip(names, pool.map(put, names), strict=True))
    assert set(statuses.values()) <= {204, 503}
    assert 204 in statuses.values()
    for publisher, status in statuses.items():
        assert ("At once" in site.read(names[publisher]).text) == (status == 204)


def test_a_body_that_is_cut_changes_nothing(site: Publishing) -> None:
    before, lines = site.current, len(site.audit())
    head = (
        "PUT /graph/vik/havna HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\n"
        f"Authorization: Bearer {site.tokens['vik']}\r\nContent-Length: 100000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.server.port)) as connection:
        connection.sendall(head.encode() + plan("vik/havna", "Cut").encode())
    soon(lambda: len(site.audit()) > lines)
    assert site.audit()[-1]["status"] == 400
    assert site.current == before
    assert site.send("PUT", "vik/havna", plan("vik/havna", "Whole")).status_code == 204


def test_a_change_whose_process_is_killed_changes_nothing(site: Publishing) -> None:
    before = site.current
    background = site.server.background
    with ThreadPoolExecutor() as pool:
        others = set(children(background))
        answer = pool.submit(site.send, "PUT", "vik/havna", plan("vik/havna", "Killed"))
        soon(lambda: bool(set(children(background)) - others))
        for process in set(children(background)) - others:
            os.kill(process, signal.SIGKILL)
        assert answer.result().status_code == 503
    assert site.current == before
    assert site.audit()[-1]["status"] == 503
    assert site.send("PUT", "vik/havna", plan("vik/havna", "Alive")).status_code == 204


def test_a_change_is_taken_back_by_the_operator_and_seen_by_the_next_condition(site: Publishing) -> None:
    from plangraf.release.history import Action
    from plangraf.release.publish import rollback
    from plangraf.release.state import Switch

    site.send("PUT", "vik/havna", plan("vik/havna", "Before"))
    before = site.current
    tag = site.read("vik/havna").headers["etag"]
    site.send("PUT", "vik/havna", plan("vik/havna", "Mistake"))
    rollback(site.state, Switch(Action.ROLLBACK), before)
    assert site.send("PUT", "vik/havna", plan("vik/havna", "After"), If_Match=tag).status_code == 204


def test_a_process_over_its_limits_is_ended_and_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with publishing(tmp_path_factory.mktemp("limits"), fronts=1, publishing_seconds=0.02) as site:
        before = site.current
        answer = site.send("PUT", "vik/havna", plan("vik/havna", "Slow"))
        assert answer.status_code == 504
        assert answer.json()["limit"] == "time"
        assert site.current == before


@pytest.mark.parametrize("release", [False, True])
def test_publishing_needs_a_state_folder(site: Publishing, release: bool) -> None:
    given = ["--release", str(site.state / site.current)] if release else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    ended = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0", *given],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**environment, "PLANGRAF_PUBLISHING": "true"},
    )
    assert ended.returncode == 2
    assert "needs a state folder" in ended.stderr


@pytest.mark.soak
def test_a_change_that_is_killed_at_any_moment_leaves_a_whole_release(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The process, the background process or the whole server is killed."""
    moments = chance("killed")
    for number in range(times(3, most=60)):
        with publishing(tmp_path_factory.mktemp("killed"), fronts=1) as site, ThreadPoolExecutor() as pool:
            background = site.server.background
            answer = pool.submit(site.send, "PUT", "vik/havna", plan("vik/havna", "Killed"))
            time.sleep(moments.uniform(0.0, 2.0))
            victims = ([site.server.process.pid], [background], children(background))[number % 3]
            for process in victims:
                os.kill(process, signal.SIGKILL)
            error = answer.exception()
            assert error is None or isinstance(error, httpx.TransportError)
            whole = Release.open(site.state)
            if error is None and answer.result().status_code == 204:
                assert "Killed" in whole.quads.read_text(encoding="utf-8")
        with serving(state=site.state, publishing="true") as server:
            again = Publishing(server, site.state, site.tokens)
            assert again.send("PUT", "vik/havna", plan("vik/havna", "Alive")).status_code == 204
            assert "Alive" in again.read("vik/havna").text


def test_a_server_without_the_setting_is_read_only(site: Publishing) -> None:
    with serving(state=site.state) as server:
        for path in ("/graphs", "/graph/vik/havna"):
            assert _put(server, site, path).status_code == 405
            assert _put(server, site, path).headers["allow"] == "GET, HEAD, OPTIONS"
            assert httpx.options(server.address + path).headers["allow"] == "GET, HEAD, OPTIONS"


def _put(server: Server, site: Publishing, path: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {site.tokens['vik']}", "Content-Type": TURTLE}
    parameters = {"graph": f"{GRAPH}vik/havna"}
    return httpx.put(server.address + path, params=parameters, content=b"<a> <b> <c> .", headers=headers)
