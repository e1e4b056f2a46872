"""The worst that a visitor can send, to a running server: each gets an honest answer, and the next query too."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx
import pytest
from tests.servers import Server, alive, proportional_memory, serving

POINT = "SELECT ?n { <http://metadata.un.org/sdg/13> <http://www.w3.org/2004/02/skos/core#notation> ?n }"
EVERYTHING = "SELECT * { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WORKERS = 6


@pytest.fixture(scope="module")
def harmed() -> Iterator[Server]:
    with serving(query_seconds=1, query_memory=150 * 1024 * 1024, workers=WORKERS) as server:
        yield server


@pytest.fixture(autouse=True)
def unharmed(harmed: Server) -> Iterator[None]:
    """Check after each test that ordinary queries answer, and that processes, files and memory are back."""
    ordinary(harmed)
    files = harmed.open_files()
    memory = proportional_memory([harmed.process.pid, harmed.fork_server, *harmed.workers])
    yield
    ordinary(harmed)
    soon(lambda: len(harmed.workers) == WORKERS)
    soon(lambda: harmed.open_files() <= files + 2)
    soon(
        lambda: (
            proportional_memory([harmed.process.pid, harmed.fork_server, *harmed.workers]) < memory + 60 * 1024 * 1024
        )
    )


def ask(server: Server, query: str, **parameters: str) -> httpx.Response:
    return httpx.post(f"{server.address}/sparql", data={"query": query, **parameters}, timeout=30)


def ordinary(server: Server, client: str = "127.0.0.1") -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=client), timeout=10) as visitor:
        answer = visitor.get(f"{server.address}/sparql", params={"query": f"{POINT} # {time.monotonic_ns()}"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "13"


def soon(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something is so; fail when it is not so in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        (RUNAWAY, {"query-timeout"}),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c", {"query-timeout", "query-memory"}),
        ("SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }", {"query-timeout", "query-memory"}),
        (
            "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
            {"query-timeout", "query-memory"},
        ),
        ("SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)+ ?b . ?b (!<x:z>)* ?c }", {"query-timeout", "query-memory"}),
        (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
            "FILTER REGEX(CONCAT(STR(?c), STR(?f)), '^(a|a)*$|(.*)*x$') }",
            {"query-timeout", "query-memory"},
        ),
        ("SELECT * " + "{" * 100_000 + "}" * 100_000, {"query-crashed", "query-syntax"}),
        ("SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }", {"query-crashed", "query-syntax"}),
        ("#" * (3 * 1024 * 1024), {"body-too-large"}),
        ("SELECT * { ?s ?p true SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", {"service-refused"}),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)
def test_a_query_that_cannot_be_answered_gets_an_honest_no(harmed: Server, query: str, slugs: set[str]) -> None:
    answer = ask(harmed, query)
    problem = answer.json()
    assert problem["type"].rpartition("#")[2] in slugs
    assert answer.status_code == problem["status"] >= 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:1/"])
def test_a_graph_from_elsewhere_is_empty_and_not_fetched(harmed: Server, graph: str) -> None:
    answer = ask(harmed, "SELECT * FROM <GRAPH> { ?s ?p ?o }".replace("GRAPH", graph))
    assert answer.json()["results"]["bindings"] == []


def test_the_problem_names_the_limit_and_a_way_out(harmed: Server) -> None:
    problem = ask(harmed, RUNAWAY).json()
    assert problem["limit"] == "time"
    assert problem["seconds"] == 1
    assert "LIMIT" in problem["detail"]


def test_a_client_may_ask_for_less_time_but_not_for_more(harmed: Server) -> None:
    assert ask(harmed, RUNAWAY, timeout="0.2").json()["seconds"] == 0.2
    assert ask(harmed, RUNAWAY, timeout="900").json()["seconds"] == 1
    assert ask(harmed, RUNAWAY, timeout="0").status_code == 400
    assert ask(harmed, RUNAWAY, timeout="soon").status_code == 400


def test_the_limit_that_one_client_asks_for_is_not_anothers(harmed: Server) -> None:
    """Two ask the same at once, and share one evaluation as long as it goes well."""
    query = RUNAWAY + " # shared"
    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(ask, harmed, query, timeout="0.2")
        time.sleep(0.05)
        patient = pool.submit(ask, harmed, query)
        assert hasty.result().json()["seconds"] == 0.2
        assert patient.result().json()["seconds"] == 1


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_cap_that_the_client_asks_for_is_named_in_the_answer(harmed: Server, form: str) -> None:
    cut = ask(harmed, EVERYTHING, limit="3", format=form)
    assert cut.headers["plangraf-truncated"] == "rows=3"
    if form == "json":
        assert len(cut.json()["results"]["bindings"]) == 3
    elif form != "xml":
        assert len(cut.text.splitlines()) == 4
    long = ask(harmed, EVERYTHING, limit="2000", format=form)
    assert long.headers["plangraf-truncated"] == "rows=2000"
    whole = ask(harmed, POINT, limit="3", format=form)
    assert "plangraf-truncated" not in whole.headers
    assert ask(harmed, EVERYTHING, limit="none").status_code == 400


def test_a_long_answer_is_whole(harmed: Server) -> None:
    count = int(ask(harmed, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"])
    assert len(ask(harmed, EVERYTHING).json()["results"]["bindings"]) == count


def open_stream(server: Server, query: str, source: str = "127.0.0.1") -> socket.socket:
    """Return a connection on which a query has been sent, and whose answer nobody reads yet."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.bind((source, 0))
    client.connect(("127.0.0.1", server.port))
    target = "/sparql?" + urlencode({"query": query})
    client.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
    return client


HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def test_an_answer_that_breaks_is_not_ended_as_if_it_were_whole(harmed: Server) -> None:
    """A stream comes to its limit after its status has gone out: the connection is cut, without a last chunk."""
    with httpx.stream("GET", f"{harmed.address}/sparql", params={"query": HUGE}, timeout=30) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            list(answer.iter_raw())


def test_a_client_that_reads_slowly_holds_nobody_up(harmed: Server) -> None:
    with open_stream(harmed, HUGE) as client:
        for _ in range(3):
            assert client.recv(1)
            ordinary(harmed)


def ended(server: Server, reason: str) -> int:
    """Return how many workers have ended for a reason."""
    sample = f'plangraf_workers_ended_total{{reason="{reason}"}} '
    lines = httpx.get(f"{server.address}/metrics").text.splitlines()
    return sum(int(float(line.removeprefix(sample))) for line in lines if line.startswith(sample))


def test_a_client_that_vanishes_leaves_nothing_running(harmed: Server) -> None:
    gone = ended(harmed, "gone")
    clients = [open_stream(harmed, RUNAWAY + f" # {number}", "127.0.0.60") for number in range(2)]
    time.sleep(0.2)
    for client in clients:
        client.close()
    soon(lambda: ended(harmed, "gone") == gone + 2)


def test_two_hundred_clients_at_once_are_answered_or_told_to_wait(harmed: Server) -> None:
    def one(number: int) -> httpx.Response:
        return httpx.get(f"{harmed.address}/sparql", params={"query": f"{POINT} # {number}"}, timeout=30)

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(one, range(200)))
    assert {answer.status_code for answer in answers} <= {200, 429, 503}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code != 200)
    assert sum(answer.status_code == 200 for answer in answers) >= 36


def test_runaways_of_some_do_not_hold_up_others(harmed: Server) -> None:
    def runaway(number: int) -> int:
        transport = httpx.HTTPTransport(local_address=f"127.0.0.{2 + number // 4}")
        with httpx.Client(transport=transport, timeout=60) as client:
            query = f"{RUNAWAY} # {number}"
            return client.get(f"{harmed.address}/sparql", params={"query": query}).status_code

    with ThreadPoolExecutor(32) as pool:
        runaways = [pool.submit(runaway, number) for number in range(32)]
        time.sleep(0.5)
        for _ in range(40):
            ordinary(harmed, "127.0.0.50")
        assert {future.result() for future in runaways} <= {429, 503, 504}


def test_a_worker_that_is_killed_is_replaced(harmed: Server) -> None:
    before = harmed.workers
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    soon(lambda: len(harmed.workers) == WORKERS and not set(harmed.workers) & set(before))


def test_a_fork_server_that_is_killed_is_replaced_within_a_second(harmed: Server) -> None:
    before = harmed.fork_server
    os.kill(before, signal.SIGKILL)
    until = time.monotonic() + 3
    statuses = []
    while time.monotonic() < until:
        answer = httpx.get(
            f"{harmed.address}/sparql", params={"query": f"{POINT} # {time.monotonic_ns()}"}, timeout=5
        )
        statuses.append(answer.status_code)
        if answer.status_code == 200 and not alive(before):
            break
        assert answer.status_code in (200, 503)
        assert answer.status_code == 200 or answer.headers["retry-after"]
        time.sleep(0.01)
    assert statuses[-1] == 200
    assert harmed.fork_server != before


def test_a_query_without_an_end_is_drained_when_the_server_is_told_to_stop() -> None:
    """SIGTERM in the middle of an answer: the answer is finished, and then the server ends."""
    with serving(query_seconds=5) as server:
        fork_server, workers = server.fork_server, server.workers
        with httpx.stream("GET", f"{server.address}/sparql", params={"query": EVERYTHING}, timeout=30) as answer:
            pieces = answer.iter_bytes(1000)
            first = next(pieces)
            server.process.send_signal(signal.SIGTERM)
            text = first + b"".join(pieces)
        assert text.endswith(b"]}}")
        assert server.process.wait(10) == 0
        soon(lambda: not any(map(alive, [fork_server, *workers])))


def test_no_process_outlives_a_server_that_is_killed() -> None:
    with serving() as server:
        fork_server, workers = server.fork_server, server.workers
        assert workers
        server.process.kill()
        soon(lambda: not any(map(alive, [fork_server, *workers])))
