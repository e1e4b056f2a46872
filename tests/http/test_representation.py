import asyncio
import gzip
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from starlette.types import Message, Scope
from tests.http.requests import scope_of

from plangraf.errors import RangeNotSatisfiable, RequestMalformed
from plangraf.http.coding import CODERS
from plangraf.http.content import REVALIDATED, Content, FileContent
from plangraf.http.link import Link
from plangraf.http.representation import Representation, has_tag, represent, send_file, send_representation
from plangraf.http.request import SINCE

TEXT = b"text " * 1000


class Sent:
    """What has been sent to a client."""

    def __init__(self, messages: list[Message]) -> None:
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


async def _receive() -> Message:
    """Wait for ever: the client stays."""
    await asyncio.Event().wait()
    raise AssertionError


def _send(found: Representation | FileContent, scope: Scope) -> Sent:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        if isinstance(found, FileContent):
            await send_file(found, scope, _receive, send)
        else:
            await send_representation(found, scope, send, "page", 0.0)

    asyncio.run(run())
    return Sent(sent)


def _represented(body: bytes = TEXT) -> Representation:
    return represent(Content(body, language="nb", links=(Link("/a", "next"),)), "text/csv", ["Accept"])


def test_headers_describe_the_content() -> None:
    sent = _send(_represented(b"short"), scope_of("/"))
    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    assert sent.headers["content-language"] == "nb"
    assert sent.headers["link"] == '</a>; rel="next"'
    assert sent.headers["vary"] == "Accept, Accept-Encoding"
    assert "max-age" in sent.headers["cache-control"]
    assert (sent.status, sent.body, sent.headers["content-length"]) == (200, b"short", "5")
    assert sent.headers["server-timing"].startswith("page;dur=")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (["gzip"], "gzip"),
        (["zstd"], "zstd"),
        (["gzip, zstd"], "zstd"),
        (["gzip", "zstd"], "zstd"),
        (["gzip;q=1, zstd;q=0.5"], "gzip"),
        (["*"], "zstd"),
        (["zstd;q=0, *"], "gzip"),
        (["br"], None),
        ([], None),
    ],
)
@pytest.mark.parametrize("body", [TEXT, 100 * TEXT])
def test_a_body_is_sent_in_a_coding_that_the_client_takes(
    accepted: list[str], coding: str | None, body: bytes
) -> None:
    found = _represented(body)
    plain = _send(found, scope_of("/"))
    for _ in range(2):
        sent = _send(found, scope_of("/", *(("Accept-Encoding", line) for line in accepted)))
        assert sent.headers.get("content-encoding") == coding
        assert (sent.headers["etag"] == plain.headers["etag"]) is (coding is None)
        assert int(sent.headers["content-length"]) == len(sent.body)
        decoded = zstandard.decompress(sent.body) if coding == "zstd" else sent.body
        assert (gzip.decompress(decoded) if coding == "gzip" else decoded) == body


def test_a_representation_grows_by_the_codings_that_it_is_asked_for() -> None:
    found = _represented()
    before = found.size
    sent = _send(found, scope_of("/", ("Accept-Encoding", "gzip")))
    assert found.size == before + len(sent.body)


def test_many_at_once_cost_one_compression(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []

    def compress(body: bytes) -> bytes:
        compressed.append(body)
        return gzip.compress(body)

    monkeypatch.setitem(CODERS, "gzip", compress)

    async def encode() -> list[bytes]:
        found = _represented(10_000 * TEXT)
        return await asyncio.gather(*(found.encode("gzip") for _ in range(20)))

    assert len(set(asyncio.run(encode()))) == 1
    assert len(compressed) == 1


def test_a_short_body_is_not_compressed() -> None:
    assert (
        "content-encoding" not in _send(_represented(b"x" * 100), scope_of("/", ("Accept-Encoding", "gzip"))).headers
    )


def test_head_has_the_headers_of_get_and_no_body() -> None:
    get, head = (_send(_represented(), scope_of("/", method=method)) for method in ("GET", "HEAD"))
    assert head.body == b""
    assert {k: v for k, v in head.headers.items() if k != "server-timing"} == {
        k: v for k, v in get.headers.items() if k != "server-timing"
    }


@pytest.mark.parametrize("lines", [["{tag}"], ["W/{tag}"], ['"other", {tag}'], ['"other"', "{tag}"], ["*"]])
def test_a_client_that_has_the_representation_is_not_sent_it_again(lines: list[str]) -> None:
    found = _represented()
    for coding in ("identity", "gzip"):
        tag = _send(found, scope_of("/", ("Accept-Encoding", coding))).headers["etag"]
        asked = [("If-None-Match", line.format(tag=tag)) for line in lines]
        sent = _send(found, scope_of("/", ("Accept-Encoding", coding), *asked))
        assert (sent.status, sent.body, sent.headers["etag"]) == (304, b"", tag)
        assert "content-length" not in sent.headers


SWITCHED = 1_790_000_000
"""Monday 21 September 2026, 14:13:20 UTC."""


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([("If-Modified-Since", "Mon, 21 Sep 2026 14:13:20 GMT")], 304),
        ([("If-Modified-Since", "Mon, 21 Sep 2026 14:13:21 GMT")], 304),
        ([("If-Modified-Since", "Monday, 21-Sep-26 14:13:20 GMT")], 304),
        ([("If-Modified-Since", "Mon, 21 Sep 2026 14:13:19 GMT")], 200),
        ([("If-Modified-Since", "yesterday")], 200),
        ([("If-Modified-Since", "Mon, 21 Sep 99999 14:13:20 GMT")], 200),
        ([("If-Modified-Since", "")], 200),
        ([("If-Modified-Since", "Mon, 21 Sep 2026 14:13:21 GMT"), ("If-None-Match", '"other"')], 200),
        ([("If-Modified-Since", "Mon, 21 Sep 2020 14:13:21 GMT"), ("If-None-Match", "*")], 304),
    ],
)
def test_a_date_tells_what_the_client_has_if_no_tag_does(
    file: FileContent, fields: list[tuple[str, str]], status: int
) -> None:
    for found in (_represented(), file):
        sent = _send(found, {**scope_of("/", *fields), SINCE: SWITCHED})
        assert sent.status == status
        assert sent.headers["last-modified"] == "Mon, 21 Sep 2026 14:13:20 GMT"


def test_what_does_not_last_has_no_date() -> None:
    found = represent(Content(TEXT), "text/csv", [], lasting=False)
    sent = _send(found, {**scope_of("/", ("If-Modified-Since", "Mon, 21 Sep 2026 14:13:21 GMT")), SINCE: SWITCHED})
    assert sent.status == 200
    assert "last-modified" not in sent.headers


def test_a_post_is_answered_whatever_the_client_has() -> None:
    sent = _send(_represented(), scope_of("/", ("If-None-Match", "*"), method="POST"))
    assert (sent.status, sent.body) == (200, _represented().body)


def test_another_tag_is_another_representation() -> None:
    assert not has_tag('"other", "x"', '"tag"')
    assert not has_tag(None, '"tag"')
    assert _send(_represented(), scope_of("/", ("If-None-Match", '"other"'))).status == 200


def test_what_does_not_last_has_no_tag_and_is_not_stored() -> None:
    sent = _send(represent(Content(TEXT), "text/csv", [], lasting=False), scope_of("/", ("If-None-Match", "*")))
    assert sent.status == 200
    assert "etag" not in sent.headers
    assert sent.headers["cache-control"] == "no-store"


@pytest.fixture
def file(tmp_path: Path) -> FileContent:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    return FileContent(path, "application/trig", "tag", headers={"Link": "</a>"})


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        (None, 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-", 206, b"89"),
        ("lines=1-2", 200, b"0123456789"),  # a unit that is not known is ignored
    ],
)
def test_a_file_is_sent_whole_or_in_ranges(file: FileContent, wanted: str | None, status: int, body: bytes) -> None:
    sent = _send(file, scope_of("/", *([("Range", wanted)] if wanted else [])))
    assert (sent.status, sent.body, sent.headers["etag"], sent.headers["link"]) == (status, body, '"tag"', "</a>")
    assert sent.headers["cache-control"] == REVALIDATED


@pytest.mark.parametrize("wanted", ["bytes=x", "bytes=4-2", "bytes=", "bytes=1"])
def test_a_range_that_cannot_be_read_is_an_error(file: FileContent, wanted: str) -> None:
    with pytest.raises(RequestMalformed):
        _send(file, scope_of("/", ("Range", wanted)))


def test_head_tells_of_the_whole_file_whatever_range_is_asked_for(file: FileContent) -> None:
    sent = _send(file, scope_of("/", ("Range", "bytes=2-4"), method="HEAD"))
    assert (sent.status, sent.headers["content-length"]) == (200, "10")


def test_a_range_outside_the_file_is_an_error_that_gives_the_size(file: FileContent) -> None:
    with pytest.raises(RangeNotSatisfiable) as caught:
        _send(file, scope_of("/", ("Range", "bytes=10-")))
    assert caught.value.size == 10
    assert caught.value.members == {"size": 10}


def test_a_file_is_sent_compressed_to_those_who_take_it(file: FileContent, tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(b"0123456789"))
    found = replace(file, compressed=path, digest=b"digest")
    plain, packed = (_send(found, scope_of("/", ("Accept-Encoding", coding))) for coding in ("br", "gzip, br"))
    assert (plain.body, plain.headers["etag"]) == (b"0123456789", '"tag"')
    assert (gzip.decompress(packed.body), packed.headers["etag"]) == (b"0123456789", '"tag-gzip"')
    assert packed.headers["content-encoding"] == "gzip"
    assert {plain.headers["vary"], packed.headers["vary"]} == {"Accept-Encoding"}
    assert "repr-digest" in plain.headers
    assert "repr-digest" not in packed.headers  # it would be that of the compressed bytes
    known = _send(found, scope_of("/", ("Accept-Encoding", "gzip"), ("If-None-Match", '"tag-gzip"')))
    assert known.status == 304


def test_a_range_is_one_of_the_file_itself(file: FileContent, tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(b"0123456789"))
    found = replace(file, compressed=path)
    part = _send(found, scope_of("/", ("Accept-Encoding", "gzip"), ("Range", "bytes=2-4")))
    assert (part.status, part.body, part.headers["etag"]) == (206, b"234", '"tag"')
    assert "content-encoding" not in part.headers


def test_a_client_that_has_the_file_is_not_sent_it_again(file: FileContent) -> None:
    sent = _send(file, scope_of("/", ("If-None-Match", '"x"'), ("If-None-Match", '"tag"')))
    assert (sent.status, sent.body) == (304, b"")
