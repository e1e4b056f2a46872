import gzip
import html
import re
from pathlib import Path

import httpx
import pytest

from plangraf.view.assets import STATIC

_LINKED = re.compile(r'<link rel="(?:stylesheet|preload|icon)" href="(/static/[^"]+)"')


def linked(server: str, path: str = "/") -> list[str]:
    page = httpx.get(server + path, headers={"Accept": "text/html"}).text
    return [html.unescape(href) for href in _LINKED.findall(page)]


def test_what_a_page_links_may_be_kept_for_ever(server: str) -> None:
    hrefs = linked(server)
    assert hrefs
    for href in hrefs:
        answer = httpx.get(server + href)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")


def test_a_page_links_the_design_system_and_the_typeface(server: str, vendor: Path) -> None:
    names = [href.partition("?")[0].removeprefix("/static/") for href in linked(server)]
    assert names == [
        f"{vendor.name}/inter-latin.woff2",
        "plangraf.css",
        f"{vendor.name}/inter.css",
        f"{vendor.name}/designsystemet-theme.css",
        f"{vendor.name}/designsystemet.css",
        "plangraf.svg",
    ]


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789abcdef", "?v=%00"])
def test_an_address_without_the_hash_of_the_file_is_kept_for_minutes(server: str, query: str) -> None:
    answer = httpx.get(f"{server}/static/plangraf.css{query}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=300")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("plangraf.css", "text/css; charset=utf-8"), ("plangraf.svg", "image/svg+xml")],
)
def test_a_file_is_sent_as_what_it_is(server: str, name: str, media_type: str) -> None:
    answer = httpx.get(f"{server}/static/{name}")
    assert answer.headers["content-type"] == media_type
    assert answer.content == (STATIC / name).read_bytes()


def test_the_typeface_is_sent_as_one(server: str, vendor: Path) -> None:
    answer = httpx.get(f"{server}/static/vendor/inter-latin.woff2")
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.content == (vendor / "inter-latin.woff2").read_bytes()


def test_a_file_is_compressed_and_not_sent_to_who_has_it(server: str) -> None:
    url = f"{server}/static/plangraf.css"
    with httpx.stream("GET", url, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())) == (STATIC / "plangraf.css").read_bytes()
    headers = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]}
    assert httpx.get(url, headers=headers).status_code == 304
    head = httpx.head(url)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "name", ["", "nothing.css", "../render.py", "%2e%2e/render.py", "..%2frender.py", "vendor", "/"]
)
def test_nothing_else_is_a_file(server: str, name: str) -> None:
    assert httpx.get(f"{server}/static/{name}").status_code == 404


def test_files_are_only_read(server: str) -> None:
    answer = httpx.post(f"{server}/static/plangraf.css")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
