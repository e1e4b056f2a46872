"""The limits of `plangraf serve` on what strangers send."""

import json
import socket
from urllib.parse import quote

import httpx
import pytest
from tests.counts import SEED, chance, times
from tests.servers import PATIENCE, serving, soon

from plangraf.serving.framing import LARGEST_FIELDS
from plangraf.serving.header import LONGEST_PREFERENCES
from plangraf.site.resources import RESOURCES

LONG = quote("SELECT * { ?s ?p ?o }")


def ask(server: str, data: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the header fields and the body of the answer to bytes, when the connection is closed."""
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.sendall(data)
        answer = bytearray()
        while piece := connection.recv(65536):
            answer += piece
    head, _, body = bytes(answer).partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body


@pytest.mark.parametrize("path", ["/about", "/sparql?query=ASK{}", "/nothing"])
@pytest.mark.parametrize(
    "headers",
    [
        [("Accept", "a/b," * LARGEST_FIELDS)],
        [("Accept-Language", "a-" * LARGEST_FIELDS)],
        [(f"X-{number}", 40 * "x") for number in range(LARGEST_FIELDS // 40)],
    ],
)
def test_header_fields_over_the_limit_are_refused(server: str, path: str, headers: list[tuple[str, str]]) -> None:
    answer = httpx.get(server + path, headers=headers)
    assert answer.status_code == answer.json()["status"] == 431
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["limit"] == LARGEST_FIELDS


def test_header_fields_below_the_limit_are_read(server: str) -> None:
    long = ",".join(["text/csv"] * (LONGEST_PREFERENCES // 10))
    answer = httpx.get(f"{server}/browse", headers={"Accept": long})
    assert answer.headers["content-type"].startswith("text/csv")


def test_more_preferences_are_refused(server: str) -> None:
    for name in ("Accept", "Accept-Language", "Accept-Encoding"):
        answer = httpx.get(f"{server}/browse", headers={name: "a" * (LONGEST_PREFERENCES + 1)})
        assert answer.status_code == 431
        assert answer.json()["limit"] == LONGEST_PREFERENCES


@pytest.mark.parametrize(
    "address", ["/?" + "a" * 8192, "/?" + "a&" * 201, "/" + "a" * 8192, "/nothing?" + "a" * 8192]
)
def test_an_address_that_is_longer_than_any_is_refused(server: str, address: str) -> None:
    answer = httpx.get(server + address, headers={"Accept": "text/html"})
    assert answer.status_code == 414
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 1000


@pytest.mark.parametrize("path", ["/about", f"/sparql?query={LONG}", "/catalog.ttl", "/nothing", "/id/sdg/13"])
def test_an_answer_to_http_1_0_has_a_length_and_no_chunks(server: str, path: str) -> None:
    _, headers, body = ask(server, f"GET {path} HTTP/1.0\r\n\r\n".encode())
    assert int(headers["content-length"]) == len(body)
    assert "transfer-encoding" not in headers


@pytest.mark.parametrize(("path", "limit"), [("/sparql", 2 * 2**20), ("/validate", 16 * 2**20)])
def test_a_body_that_is_announced_as_too_large_is_refused_at_once(server: str, path: str, limit: int) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: {{}}\r\nExpect: 100-continue\r\n"
        f"Content-Length: {limit + 1}\r\n\r\n"
    )
    media_type = "application/sparql-query" if path == "/sparql" else "text/turtle"
    status, headers, body = ask(server, head.format(media_type).encode())
    assert status == json.loads(body)["status"] == 413
    assert headers["connection"] == "close"


def test_a_body_that_is_awaited_is_asked_for(server: str) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: test\r\nContent-Type: application/sparql-query\r\n"
            b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"ASK{}")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_a_request_whose_sender_has_closed_its_half_is_answered(server: str) -> None:
    host, _, port = server.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.sendall(b"GET /doc/sdg HTTP/1.1\r\nHost: test\r\nAccept: text/html\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = bytearray()
        while piece := connection.recv(65536):
            answer += piece
    assert b"HTTP/1.1 200 OK\r\n" in answer
    assert answer.rstrip().endswith(b"</html>")


def test_uploads_that_do_not_end_keep_nobody_out_and_are_no_fault() -> None:
    with serving(body_seconds=1, body_rate=1_000_000) as server:
        uploads = []
        for number in range(times(8, most=40)):
            connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE, (f"127.0.0.{2 + number}", 0))
            path, media_type = (("/validate", "text/turtle"), ("/sparql", "application/sparql-query"))[number % 2]
            head = f"POST {path} HTTP/1.1\r\nHost: t\r\nContent-Type: {media_type}\r\nContent-Length: 90000\r\n\r\n"
            connection.sendall(f"{head}# ".encode())
            uploads.append(connection)
        assert httpx.get(f"{server.address}/about").status_code == 200
        assert httpx.post(
            f"{server.address}/validate", headers={"Content-Type": "text/turtle"}, content="# "
        ).status_code
        for connection in uploads:
            assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")
            connection.close()
        soon(lambda: server.open_files() < 60)
        server.process.terminate()
        assert server.process.stderr is not None
        assert "Traceback" not in server.process.stderr.read()


_VALUES = (
    *("", ";", ",", ";;,", "*", "*/*", "a/b;q=", "q=0", '"', '"a', "<", "<>;q=", "bytes=0-", "bytes=,-", "bytes=9-1"),
    *(
        'W/"',
        "-",
        "en-",
        "nb;q=2",
        "chunked",
        "\xff\xfe",
        "%",
        "{}",
        "{available}",
        "\t",
        "1" * 40,
        "a" * 300,
        "gzip;q",
    ),
    *("http://[", "[::1", "a b", "text/html", "multipart/form-data", "multipart/form-data; boundary=", "text/turtle"),
)
_FIELDS = (
    *(
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Accept-Profile",
        "If-None-Match",
        "If-Modified-Since",
        "Range",
    ),
    *("If-Range", "Host", "Content-Type", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"),
    *("X-Forwarded-Prefix", "Origin", "Cookie", "Referer", "Expect", "Connection", "Upgrade", "Transfer-Encoding"),
)


@pytest.mark.soak
def test_no_header_makes_a_fault(server: str) -> None:
    random = chance("headers")
    paths = [example.path for resource in RESOURCES for example in resource.examples if "query=" not in example.path]
    for number in range(times(300, most=10_000)):
        path = random.choice([*paths, "/sparql?query=ASK{}", "/nothing", "/id/%C3%A6", "/static/plangraf.css"])
        lines = [f"{random.choice(_FIELDS)}: {random.choice(_VALUES)}" for _ in range(random.randrange(1, 4))]
        method = random.choice(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT"))
        version = random.choice(("1.1", "1.1", "1.0"))
        request = "\r\n".join([f"{method} {path} HTTP/{version}", "Host: test", *lines, "Connection: close", "", ""])
        status, _, _ = ask(server, request.encode("latin-1"))
        assert status < 500, (SEED, number, request)
