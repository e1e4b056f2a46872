"""What clients and the caches between see of the answer cache."""

import gzip

import httpx
import pytest
import zstandard
from tests.servers import serving

from plangraf.release.release import Release

QUERY = "SELECT * { ?s <http://www.w3.org/2004/02/skos/core#notation> ?n }"


def get(server: str, query: str = QUERY, **headers: str) -> httpx.Response:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    with httpx.Client(headers={"Accept-Encoding": "identity"}) as client:
        return client.get(f"{server}/sparql", params={"query": query, "format": "csv"}, headers=fields)


def test_a_repeated_answer_comes_from_memory_and_is_the_same(release: Release) -> None:
    with serving(release=release.path, fronts=1) as server:  # each front has a cache of its own
        first, second = get(server.address), get(server.address)
    assert first.headers["server-timing"].startswith("evaluate;")
    assert second.headers["server-timing"].startswith("cache;")
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]


def test_a_client_that_has_the_answer_is_not_sent_it_again(server: str) -> None:
    answer = get(server)
    tag = answer.headers["etag"]
    assert tag.startswith(f'"{answer.headers["plangraf-release"]}-')
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(server, If_None_Match=given)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert get(server, If_None_Match='"other"').status_code == 200


def test_caches_may_keep_an_answer_and_know_what_it_varies_with(server: str) -> None:
    headers = get(server).headers
    assert "public" in headers["cache-control"]
    assert "max-age=" in headers["cache-control"]
    assert {name.strip() for name in headers["vary"].split(",")} == {"Accept", "Accept-Encoding"}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip", "gzip"), ("gzip;q=0.5, zstd", "zstd"), ("br", None)],
)
def test_an_answer_is_compressed_as_the_client_takes_it(server: str, accepted: str, coding: str | None) -> None:
    plain = get(server)
    with (
        httpx.Client() as client,
        client.stream(
            "GET",
            f"{server}/sparql",
            params={"query": QUERY, "format": "csv"},
            headers={"Accept-Encoding": accepted},
        ) as answer,
    ):
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == coding
    assert int(answer.headers["content-length"]) == len(raw)
    decoded = zstandard.decompress(raw) if coding == "zstd" else gzip.decompress(raw) if coding == "gzip" else raw
    assert decoded == plain.content
    assert (answer.headers["etag"] == plain.headers["etag"]) is (coding is None)


def test_the_same_words_with_another_accept_header_are_another_answer(server: str) -> None:
    address = f"{server}/sparql"
    query = {"query": QUERY + " # accept"}
    for accept in ("text/csv", "application/sparql-results+json", "text/csv"):
        answer = httpx.get(address, params=query, headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept)


def test_an_error_is_not_kept(server: str) -> None:
    for _ in range(2):
        answer = get(server, "SELECT nonsense")
        assert answer.status_code == 400
        assert "etag" not in answer.headers


def test_head_has_the_headers_of_get(server: str) -> None:
    head = httpx.head(f"{server}/sparql", params={"query": QUERY, "format": "csv"}, headers={"Accept-Encoding": ""})
    get_ = get(server)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-length", "vary"):
        assert head.headers[name] == get_.headers[name]
