import inspect
import json
import socket
import struct
import time
from collections.abc import Iterator
from ipaddress import IPv4Network

import pytest
from tests.counts import chance, times
from tests.servers import PATIENCE, soon
from tests.serving.running import GET, Echo, Running, running
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from plangraf.http.headers import PUBLIC_HEADERS
from plangraf.serving.connections import ConnectionLimits, reserve_descriptors
from plangraf.serving.framing import LARGEST_FIELDS, LONGEST_LINE

TLS = bytes.fromhex("16030100a5010000a10303") + bytes(range(150))
HTTP2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


@pytest.fixture(scope="module")
def echo() -> Echo:
    return Echo()


@pytest.fixture(scope="module")
def server(echo: Echo) -> Iterator[Running]:
    with running(echo, ConnectionLimits(header_seconds=30, body_seconds=30)) as server:
        yield server


def problem(answer: bytes) -> tuple[int, str]:
    """Return the status and the problem type of an answer, which must be complete and public."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert int(headers["content-length"]) == len(body)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert headers["cache-control"] == "no-store"
    assert {name: headers[name.lower()] for name in PUBLIC_HEADERS} == PUBLIC_HEADERS
    document = json.loads(body)
    assert document["status"] == int(status.split()[1])
    assert {"type", "title", "detail"} <= document.keys()
    return document["status"], document["type"].rpartition("#")[2]


def line_of(size: int) -> bytes:
    """Return a request line with so many bytes, line break and all."""
    return b"GET /" + b"a" * (size - len(b"GET / HTTP/1.1\r\n")) + b" HTTP/1.1\r\n"


def fields_of(size: int) -> bytes:
    """Return header lines with so many bytes, the empty line and all."""
    return b"Host: test\r\nX: " + b"a" * (size - len(b"Host: test\r\nX: \r\n\r\n")) + b"\r\n\r\n"


def test_a_request_at_the_limits_is_answered(server: Running) -> None:
    with server.connect() as client:
        client.send(line_of(LONGEST_LINE) + fields_of(LARGEST_FIELDS))
        assert client.read_until(b"\r\n").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("before", [b"", GET, b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody"])
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (line_of(LONGEST_LINE + 1) + fields_of(100), (414, "uri-too-long")),
        (b"GET /" + b"a" * LONGEST_LINE, (414, "uri-too-long")),
        (line_of(100) + fields_of(LARGEST_FIELDS + 1), (431, "header-fields-too-large")),
        (line_of(100) + b"X: 1\r\n" * (LARGEST_FIELDS // 6 + 1), (431, "header-fields-too-large")),
        (line_of(100) + b"X" * (LARGEST_FIELDS + 1), (431, "header-fields-too-large")),
        (b"\x00\x01\x02", (400, "request-malformed")),
        (TLS, (400, "request-malformed")),
        (HTTP2, (400, "request-malformed")),
        (b"GET /\r\n\r\n", (400, "request-malformed")),
        (b"GET / HTTP/2.0\r\nHost: test\r\n\r\n", (400, "request-malformed")),
        (b"GET / HTTP/1.1\r\n\r\n", (400, "request-malformed")),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", (400, "request-malformed")),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA\x00B: c\r\n\r\n", (400, "request-malformed")),
        (b"CONNECT test:443 HTTP/1.1\r\nHost: test\r\n\r\n", (400, "request-malformed")),
        (
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            (400, "request-malformed"),
        ),
    ],
    ids=range(15),
)
def test_a_request_over_the_limits_or_of_another_kind_gets_a_problem_document(
    server: Running, before: bytes, request_: bytes, expected: tuple[int, str]
) -> None:
    for pieces in ([before + request_], [before, *(request_[at : at + 997] for at in range(0, len(request_), 997))]):
        with server.connect() as client:
            for piece in pieces:
                try:
                    client.send(piece)
                except ConnectionError:
                    break  # refused already, and read on for a while
            answer = client.rest()
        if before:
            answer = answer[answer.index(b"HTTP/1.1 4") :]
        assert problem(answer) == expected


def test_a_request_that_comes_one_byte_at_a_time_is_answered(server: Running) -> None:
    data = b"POST /a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nbody\r\n0\r\nT: t\r\n\r\n"
    with server.connect() as client:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(len(data)):
            client.send(data[number : number + 1])
        assert client.read_until(b"POST /a body").endswith(b"POST /a body")


def test_requests_are_cut_at_the_same_places_however_they_arrive(server: Running) -> None:
    requests = (
        b"\r\n\r\nGET /1 HTTP/1.1\r\nHost: test\r\n\r\n"
        b"POST /2 HTTP/1.1\r\nHost: test\r\nContent-Length: 7\r\n\r\nGET / H"
        b"POST /3 HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\na\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n"
        b"GET /4 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
    )
    expected = [b"GET /1 ", b"POST /2 GET / H", b"POST /3 a\r\n0123456789", b"GET /4 "]
    random = chance("pieces")
    for _ in range(times(20)):
        with server.connect() as client:
            position = 0
            while position < len(requests):
                size = random.choice((1, 2, 3, 7, 40, 400))
                client.send(requests[position : position + size])
                position += size
            answer = client.rest()
        bodies = [part.partition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 200 OK\r\n")[1:]]
        assert bodies == expected


@pytest.mark.parametrize(
    "tail",
    [
        b"1;" + b"x" * (LARGEST_FIELDS + 20),
        b"0\r\nT: " + b"x" * LARGEST_FIELDS,
        b"0\r\n" + b"T: 1\r\n" * LARGEST_FIELDS,
    ],
    ids=["extension", "trailer", "trailers"],
)
def test_trailers_and_chunk_extensions_are_limited(server: Running, tail: bytes) -> None:
    head = b"POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert problem(server.ask(head + tail)) == (431, "header-fields-too-large")


def test_a_chunk_that_is_none_is_refused(server: Running) -> None:
    head = b"POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
    for chunk in (b"xyz\r\n", b"-5\r\nabcde\r\n", b"5\r\nabcdefgh\r\n", b"f" * 40 + b"\r\n"):
        assert problem(server.ask(head + chunk)) == (400, "request-malformed")


def test_a_request_for_another_protocol_is_answered_in_http_1(server: Running) -> None:
    answer = server.ask(
        b"GET /a HTTP/1.1\r\nHost: t\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n" + HTTP2
    )
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"GET /a ")
    assert b"connection: close\r\n" in answer


def test_an_answer_before_the_end_of_the_body_is_read_whole(server: Running) -> None:
    head = b"POST /unread HTTP/1.1\r\nHost: test\r\nContent-Length: 4000000\r\n\r\n"
    answer = server.ask(head + bytes(4_000_000))
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert b"connection: close\r\n" in answer
    assert answer.endswith(b"unread")


def test_a_large_answer_before_the_end_of_the_body_is_read_whole(server: Running) -> None:
    answer = server.ask(b"POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n")
    assert len(answer.partition(b"\r\n\r\n")[2]) == 64 * 1024 * 1024


def test_a_stopping_server_waits_for_no_half_sent_request() -> None:
    with running(Echo(), ConnectionLimits(header_seconds=PATIENCE, linger_seconds=0.1)) as server:
        clients = [server.connect() for _ in range(3)]
        for client, data in zip(clients, (b"", GET[:-2], b"\x00"), strict=True):
            client.send(data)
        soon(lambda: server.refused == ["request-malformed"])
    for client in clients:
        client.rest()  # all are closed
        client.socket.close()


@pytest.mark.soak
def test_no_bytes_make_a_fault_or_keep_a_connection(caplog: pytest.LogCaptureFixture) -> None:
    random = chance("bytes")
    whole = (
        GET,
        b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody",
        b"POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nbody\r\n0\r\nT: t\r\n\r\n",
        b"POST /unread HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody",
        b"HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    )
    answered = 0
    with running(Echo(), ConnectionLimits(header_seconds=0.5, body_seconds=0.5)) as server:
        for _ in range(times(300, most=3000)):
            data = bytearray(b"".join(random.choices(whole, k=random.randrange(1, 4))))
            for _ in range(random.randrange(4)):
                place = random.randrange(len(data))
                data[place : place + random.randrange(3)] = random.choice(
                    (b"", b"\r", b"\n", b"\x00", b":", b"9", b"\xff ")
                )
            with server.connect() as client:
                try:
                    while data:
                        size = random.choice((1, 10, 1000))
                        client.send(bytes(data[:size]))
                        del data[:size]
                    client.socket.shutdown(socket.SHUT_WR)
                    answer = client.rest()
                except OSError:
                    continue  # the server has closed the connection already, as an earlier request has asked
                assert not answer or answer.startswith(b"HTTP/1.1 ")
                assert b"HTTP/1.1 5" not in answer
                answered += answer.startswith(b"HTTP/1.1 ")
        assert server.ask(GET.replace(b"Host", b"Connection: close\r\nHost")).endswith(b"GET / ")
        soon(lambda: not server.open.number)
    assert answered > 100
    assert [record for record in caplog.records if record.levelname != "INFO"] == []


def test_pipelined_requests_do_not_pile_up() -> None:
    echo = Echo()
    with running(echo, ConnectionLimits()) as server, server.connect() as client:
        client.send(b"GET /wait HTTP/1.1\r\nHost: test\r\n\r\n" + GET * 100)
        soon(lambda: echo.begun == 1)
        echo.release.set()
        client.socket.shutdown(socket.SHUT_WR)
        assert client.rest().count(b"HTTP/1.1 200 OK\r\n") == 101


def test_a_header_that_does_not_end_gets_408() -> None:
    with running(Echo(), ConnectionLimits(header_seconds=0.3)) as server:
        assert problem(server.ask(GET[:-2])) == (408, "request-timeout")
        with server.connect() as client:
            client.send(GET + GET[:-2])
            assert problem(client.rest().partition(b"GET / ")[2]) == (408, "request-timeout")
        assert server.ask(b"") == b""  # a connection without a request is closed
        assert server.refused == ["request-timeout"] * 2


def test_a_body_that_comes_too_slowly_gets_408() -> None:
    head = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 400000\r\n\r\n"
    with running(Echo(), ConnectionLimits(body_seconds=0.4, body_rate=1_000_000)) as server:
        assert problem(server.ask(head + bytes(1000))) == (408, "request-timeout")


def test_a_slow_body_at_the_least_rate_is_read() -> None:
    head = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 30\r\n\r\n"
    with running(Echo(), ConnectionLimits(body_seconds=0.2, body_rate=1)) as server, server.connect() as client:
        client.send(head)
        for _ in range(30):
            client.send(b"x")
            time.sleep(0.02)
        assert client.read_until(b"x" * 30).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_does_not_read_is_cut_off() -> None:
    with running(Echo(), ConnectionLimits(stall_seconds=0.3)) as server, server.connect() as client:
        client.send(b"GET /large HTTP/1.1\r\nHost: test\r\n\r\n")
        soon(lambda: server.refused == ["stalled"])
        assert len(client.rest()) < 64 * 1024 * 1024


def test_a_client_that_reads_slowly_gets_all() -> None:
    with running(Echo(), ConnectionLimits(stall_seconds=1)) as server, server.connect() as client:
        client.send(b"GET /large HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        assert len(client.rest()) > 64 * 1024 * 1024
        assert server.refused == []


def test_a_client_that_has_closed_its_half_is_answered() -> None:
    echo = Echo()
    with running(echo, ConnectionLimits()) as server, server.connect() as client:
        client.send(b"GET /wait HTTP/1.1\r\nHost: test\r\n\r\n")
        client.socket.shutdown(socket.SHUT_WR)
        interim = client.read_until(b"\r\n\r\n")  # it is asked whether it is still there
        assert interim.startswith(b"HTTP/1.1 100 ")
        echo.release.set()
        assert client.rest().endswith(b"GET /wait ")


@pytest.mark.parametrize("reset", [False, True])
def test_a_client_that_is_gone_is_noticed(*, reset: bool) -> None:
    echo = Echo()
    with running(echo, ConnectionLimits()) as server:
        with server.connect() as client:
            client.send(b"GET /wait HTTP/1.1\r\nHost: test\r\n\r\n")
            soon(lambda: echo.begun == 1)
            if reset:
                client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        soon(lambda: echo.gone == 1)


def test_a_client_at_its_limit_makes_room_itself_and_is_refused_when_it_cannot() -> None:
    echo = Echo()
    with running(echo, ConnectionLimits(client=2)) as server:
        with server.connect() as first, server.connect() as second, server.connect() as third:
            assert first.rest() == b""  # it has waited longest
            for client in (second, third):
                client.send(b"GET /wait HTTP/1.1\r\nHost: test\r\n\r\n")
            soon(lambda: echo.begun == 2)
            assert problem(server.ask(GET)) == (503, "too-many-connections")
            with server.connect("127.0.0.2") as other:
                other.send(GET)
                assert other.read_until(b"GET / ").startswith(b"HTTP/1.1 200 ")
            echo.release.set()
            for client in (second, third):
                assert client.read_until(b"GET /wait ").startswith(b"HTTP/1.1 200 ")
        assert server.refused == ["evicted", "too-many-connections"]


def test_half_sent_headers_on_more_connections_than_there_may_be_keep_nobody_out() -> None:
    limits = ConnectionLimits(total=40, client=20, header_seconds=60)
    reserve_descriptors(1100, 3)
    with running(Echo(), limits) as server:
        held = []
        try:
            for number in range(times(110, most=1100)):
                client = server.connect(f"127.0.0.{2 + number % 10}")
                client.send(GET[:-2])
                held.append(client)
            for _ in range(times(3, most=30)):
                assert server.ask(GET.replace(b"Host", b"Connection: close\r\nHost")).endswith(b"GET / ")
        finally:
            for client in held:
                client.socket.close()


def test_a_proxy_has_no_limit_of_its_own() -> None:
    limits = ConnectionLimits(client=1, proxies=(IPv4Network("127.0.0.1/32"),))
    with running(Echo(), limits) as server:
        clients = [server.connect() for _ in range(5)]
        for client in clients:
            client.send(GET)
            assert client.read_until(b"GET / ").startswith(b"HTTP/1.1 200 ")
        for client in clients:
            client.socket.close()


def test_connections_are_forgotten_when_they_are_closed() -> None:
    with running(Echo(), ConnectionLimits(client=3)) as server:
        for _ in range(20):
            assert server.ask(GET.replace(b"Host", b"Connection: close\r\nHost")).endswith(b"GET / ")
        assert server.refused == []


def test_uvicorn_is_the_one_that_the_protocol_was_written_for() -> None:
    """The protocol overrides and uses these; read the new source of uvicorn before changing them."""
    signatures = {
        name: list(inspect.signature(getattr(HttpToolsProtocol, name)).parameters)
        for name in (
            *("__init__", "connection_made", "connection_lost", "eof_received", "data_received", "shutdown"),
            *("on_message_begin", "on_headers_complete", "on_body", "on_message_complete", "on_response_complete"),
            *("pause_writing", "resume_writing", "_should_upgrade", "_unset_keepalive_if_required"),
        )
    }
    assert signatures == {
        "__init__": ["self", "config", "server_state", "app_state", "_loop"],
        "connection_made": ["self", "transport"],
        "connection_lost": ["self", "exc"],
        "eof_received": ["self"],
        "data_received": ["self", "data"],
        "shutdown": ["self"],
        "on_message_begin": ["self"],
        "on_headers_complete": ["self"],
        "on_body": ["self", "body"],
        "on_message_complete": ["self"],
        "on_response_complete": ["self"],
        "pause_writing": ["self"],
        "resume_writing": ["self"],
        "_should_upgrade": ["self"],
        "_unset_keepalive_if_required": ["self"],
    }
    source = inspect.getsource(HttpToolsProtocol) + inspect.getsource(RequestResponseCycle)
    for used in (
        *("self.cycle = RequestResponseCycle(", "transport=self.transport", "on_response=self.on_response_complete"),
        *("self.disconnected", "self.keep_alive", "self.response_started", "self.response_complete"),
        *("self.message_event", "self.waiting_for_100_continue", "self.flow.resume_reading()", "self.headers.append"),
        *("self.transport.close()", "self.server_state = server_state", "self.parser.feed_data(data)"),
    ):
        assert used in source
    assert "self.read_paused" in inspect.getsource(FlowControl)
