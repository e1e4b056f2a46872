"""Visitors who send what they like: it costs them, and not the others."""

import itertools
import random
import re
import select
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.parse import quote, urlencode

import httpx
import pytest
from tests.counts import chance, times
from tests.servers import CERTIFICATES, PATIENCE, Server, proportional_memory, serving, soon
from tests.site.addresses import EXAMPLES

from plangraf.http.problems import PROBLEM_TYPES
from plangraf.release.release import Release
from plangraf.site.resources import RESOURCES

TURTLE = {"Content-Type": "text/turtle"}
POINT = "SELECT ?n { <http://metadata.un.org/sdg/13> <http://www.w3.org/2004/02/skos/core#notation> ?n }"
LIMITS = {kind.slug for kind in PROBLEM_TYPES if kind.status in (503, 504)}
PATHS = sorted({path for resource in RESOURCES for path in resource.paths} | {e.path for e in EXAMPLES.values()})
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[Server]:
    with serving(release=release.path, fronts=2, query_seconds=1, client_connections=1000) as server:
        yield server


def value(server: Server, sample: str) -> float:
    text = httpx.get(f"{server.address}/metrics").text
    match = re.search(rf"^{re.escape(sample)} (\S+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def point(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": f"{POINT} # {time.monotonic_ns()}", "format": "csv"})
    assert answer.status_code == 200, answer.text
    assert answer.text == "n\r\n13\r\n"


@contextmanager
def from_address(server: Server, address: str) -> Iterator[httpx.Client]:
    """Yield a client that connects from one of the addresses of the machine itself."""
    transport = httpx.HTTPTransport(verify=CERTIFICATES, local_address=address)
    with httpx.Client(base_url=server.address, transport=transport, timeout=PATIENCE) as client:
        yield client


class Fuzzer:
    """Makes requests from words that mean something to some resource, and from bytes that mean nothing."""

    words = (
        *(
            "",
            "*",
            "*/*",
            ";",
            ",",
            ";;;q=",
            "q=1",
            "text/html",
            "text/turtle;q=0.1",
            "application/json;q=x",
            "nb",
            "nn",
        ),
        *("en;q=0", "no", "gzip", "identity;q=0", "zstd, br;q=0.5", "bytes=0-", "bytes=9-1", "bytes=-0", "items=1"),
        *('"x"', 'W/"x"', "W/*", '"', "Thu, 01 Jan 1970 00:00:00 GMT", "-1", "0", "1", "2", "9223372036854775808"),
        *("1e400", "nan", "inf", "2**63", "true", "json", "csv", "ttl", "xml", "html", "../", "%00", "%", "%ff", "+"),
        *("é", "🌍", "a\tb", "SELECT", "ASK{}", POINT, "DESCRIBE <http://metadata.un.org/sdg/13>", "SERVICE", "{"),
        *("http://metadata.un.org/sdg/13", "https://w3id.org/plangraf/id/trondheim", "urn:x", "<>", "javascript:x"),
    )
    fields = (
        *("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Accept-Profile", "Range", "If-Range"),
        *("If-None-Match", "If-Match", "If-Modified-Since", "Cache-Control", "Content-Type", "Content-Encoding"),
        *("Expect", "TE", "Upgrade", "Origin", "Referer", "Cookie", "Authorization", "X-Forwarded-Host", "Forwarded"),
        *("X-Forwarded-Prefix", "Prefer", "Accept-Datetime", "Access-Control-Request-Method", "X"),
    )
    parameters = (
        *(
            "query",
            "format",
            "lang",
            "q",
            "page",
            "limit",
            "timeout",
            "default-graph-uri",
            "named-graph-uri",
            "chart",
        ),
        *("_profile", "kind", "plan", "sdg", "publisher", "update", "data", "source", "iri", "style", "x", ""),
    )
    methods = ("GET",) * 12 + ("HEAD", "HEAD", "POST", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY")

    def __init__(self, seed: random.Random) -> None:
        self._random = seed

    def request(self, client: httpx.Client) -> httpx.Request:
        chosen = self._random
        path = re.sub(r"\{[^}]*\}", lambda _: quote(self._word(), safe="%/"), chosen.choice(PATHS))
        if chosen.random() < 0.1:
            path += quote(self._word(), safe="%/")
        query = urlencode([(chosen.choice(self.parameters), self._word()) for _ in range(chosen.randrange(4))])
        headers = [(chosen.choice(self.fields), self._word()) for _ in range(chosen.randrange(4))]
        encoded = [(name.encode(), text.strip().encode()) for name, text in headers]
        method = chosen.choice(self.methods)
        body = self._word().encode() * chosen.randrange(3) if method in ("POST", "PUT", "PATCH", "QUERY") else None
        path = path if path.startswith("/") else f"/{path}"
        return client.build_request(method, f"{path.split('?')[0]}?{query}", headers=encoded, content=body)

    def _word(self) -> str:
        chosen = self._random
        if chosen.random() < 0.15:
            return "".join(chr(chosen.choice((33, 34, 44, 59, 61, 92, 97, 113, 233, 0x2028))) for _ in range(9))
        return chosen.choice((", ", ";", "", "=")).join(chosen.choices(self.words, k=chosen.randrange(1, 3)))


@pytest.mark.soak
def test_no_request_is_answered_with_an_error_of_the_server_but_a_limit(server: Server) -> None:
    fuzzer = Fuzzer(chance("fuzz"))
    faults = value(server, "plangraf_faults_total")
    with httpx.Client(base_url=server.address, timeout=PATIENCE) as client:
        for _ in range(times(300, most=10_000)):
            request = fuzzer.request(client)
            answer = client.send(request)
            told = (
                f"{request.method} {request.url} {request.headers.raw} {request.content[:100]!r}: {answer.text[:300]}"
            )
            if answer.status_code >= 500:
                assert request.method != "HEAD", told
                assert answer.json()["type"].rpartition("#")[2] in LIMITS, told
            elif answer.status_code >= 400 and request.method != "HEAD" and answer.content:
                assert answer.headers["content-type"].partition(";")[0] in (
                    "application/problem+json",
                    "text/html",
                ), told
    assert value(server, "plangraf_faults_total") == faults


@pytest.mark.soak
def test_long_queries_take_no_more_memory_than_their_places(release: Release) -> None:
    """Each is 2 MiB of comment, and so many arrive at once that all of them would be hundreds of MiB."""
    with serving(release=release.path, workers=3, client_connections=1000) as server:
        with from_address(server, "127.0.0.1") as client:
            point(client)
            before = proportional_memory([server.front])
            cached = value(server, "plangraf_cache_bytes")

            def send(number: int) -> int:
                body = b"ASK{}#" + str(number).encode() + b"x" * (2 * MIB - 100)
                address = f"127.0.0.{2 + number % 8}"
                with from_address(server, address) as visitor:
                    headers = {"Content-Type": "application/sparql-query"}
                    return visitor.post("/sparql", content=body, headers=headers).status_code

            with ThreadPoolExecutor(24) as pool:
                statuses = list(pool.map(send, range(times(48, most=300))))
            assert set(statuses) <= {200, 429, 503}
            assert 200 in statuses
            point(client)
        # Sixteen places, each with a body, its text, and what is sent to a worker.
        assert proportional_memory([server.front]) - before < 16 * 4 * 2 * MIB
        assert value(server, "plangraf_cache_bytes") - cached < 10_000


@pytest.mark.soak
def test_one_who_asks_for_many_new_pages_holds_up_nobody(server: Server) -> None:
    stop = threading.Event()
    statuses: set[int] = set()

    def flood(number: int) -> None:
        with from_address(server, "127.0.0.99") as client:
            count = 0
            while not stop.is_set():
                count += 1
                for path in (
                    f"/search?q=mål+{number}+{count}",
                    f"/doc/trondheim/nothing/{number}-{count}",
                    "/?" + "a&" * 20_000,
                    "/" + "a" * 40_000,
                ):
                    try:
                        statuses.add(client.get(path, headers={"Accept": "text/html"}).status_code)
                    except httpx.RemoteProtocolError:
                        continue  # the server has closed an idle connection, as this thread waited for its turn

    connections = times(40, most=200)
    with ThreadPoolExecutor(connections) as pool:
        flooding = [pool.submit(flood, number) for number in range(connections)]
        try:
            with from_address(server, "127.0.0.50") as client:
                for _ in range(times(30, most=300)):
                    point(client)
                assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
        finally:
            stop.set()
        for each in flooding:
            each.result()
    assert statuses <= {200, 404, 414, 429, 503}


def begin_upload(server: Server, address: str) -> socket.socket:
    """Return a connection on which the head of an upload has been sent, and nothing of its body."""
    client = socket.create_connection(("127.0.0.1", server.port), source_address=(address, 0))
    client.sendall(
        b"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/turtle\r\nContent-Length: 9\r\n\r\n"
    )
    return client


def test_an_upload_takes_its_place_before_its_body_is_read(release: Release) -> None:
    """All fronts share ten places; who has none is refused although nothing of the body has arrived."""
    addresses = itertools.count(2)
    with serving(release=release.path, fronts=2) as server, ExitStack() as uploads:

        def is_refused() -> bool:
            client = uploads.enter_context(begin_upload(server, f"127.0.0.{next(addresses)}"))
            client.settimeout(0.2)
            try:
                return client.recv(12) == b"HTTP/1.1 503"
            except TimeoutError:
                return False  # it has a place, and the server waits for its body

        soon(is_refused)
        uploads.close()

        def is_validated() -> bool:
            sent = httpx.post(f"{server.address}/validate", content="<a:b> <a:c> 1 .", headers=TURTLE)
            return sent.status_code == 200

        soon(is_validated)


def test_http_1_0_clients_that_do_not_read_take_no_more_than_their_share(release: Release) -> None:
    target = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }", "format": "csv"})
    request = f"GET {target} HTTP/1.0\r\n\r\n".encode()
    size = len(httpx_whole(release, target))
    with serving(release=release.path, answer_size=size + 1024) as server, ExitStack() as readers:
        for _ in range(6):
            reader = socket.socket()
            readers.enter_context(reader)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.bind(("127.0.0.7", 0))
            reader.connect(("127.0.0.1", server.port))
            reader.sendall(request)
            assert select.select([reader], [], [], PATIENCE)[0]
        with socket.create_connection(("127.0.0.1", server.port)) as other, other.makefile("rb") as answer:
            other.sendall(request)
            head, _, body = answer.read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert len(body) == size


def httpx_whole(release: Release, target: str) -> bytes:
    with serving(release=release.path) as server:
        return httpx.get(server.address + target).content
