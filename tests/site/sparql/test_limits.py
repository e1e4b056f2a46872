"""The worst that a visitor can send, to a running server: each gets an honest answer, and the next query too."""

import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlencode

import httpx
import pytest
from tests.counts import times
from tests.servers import CERTIFICATES, PATIENCE, Server, alive, proportional_memory, serving, soon

POINT = "SELECT ?n { <http://metadata.un.org/sdg/13> <http://www.w3.org/2004/02/skos/core#notation> ?n }"
EVERYTHING = "SELECT * { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
WORKERS = 6
SHORT = "0.5"
"""Seconds that a query without an end may ask for; all others have time on any machine."""


@pytest.fixture(scope="module")
def harmed() -> Iterator[Server]:
    with serving(query_seconds=600, query_memory=150 * 1024 * 1024, workers=WORKERS) as server:
        # The search index is made beside the first answers, and its files stay open.
        soon(lambda: httpx.get(f"{server.address}/search?q=by").status_code == 200)
        yield server


@pytest.fixture(autouse=True)
def unharmed(harmed: Server) -> Iterator[None]:
    """Check after each test that ordinary queries answer, and that processes, files and memory are back."""
    ordinary(harmed)
    files = harmed.open_files()
    memory = proportional_memory(harmed.everything)
    yield
    ordinary(harmed)
    soon(lambda: len(harmed.workers) == WORKERS)
    soon(lambda: harmed.open_files() <= files + 2)
    soon(lambda: proportional_memory(harmed.everything) < memory + 60 * 1024 * 1024)


def ask(server: Server, query: str, **parameters: str) -> httpx.Response:
    return httpx.post(f"{server.address}/sparql", data={"query": query, **parameters})


def require_honest(answer: httpx.Response, slugs: set[str]) -> None:
    """Require an answer to be one of some problems, in the form that all problems have."""
    problem = answer.json()
    assert problem["type"].rpartition("#")[2] in slugs
    assert answer.status_code == problem["status"] >= 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"


def ordinary(server: Server, client: str = "127.0.0.1") -> None:
    transport = httpx.HTTPTransport(verify=CERTIFICATES, local_address=client)
    with httpx.Client(transport=transport) as visitor:
        answer = visitor.get(f"{server.address}/sparql", params={"query": f"{POINT} # {time.monotonic_ns()}"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "13"


@pytest.mark.parametrize(
    "query",
    [
        RUNAWAY,
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)+ ?b . ?b (!<x:z>)* ?c }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), '^(a|a)*$|(.*)*x$') }",
    ],
)
def test_a_query_without_an_end_comes_to_the_limit_of_time(harmed: Server, query: str) -> None:
    require_honest(ask(harmed, query, timeout=SHORT), {"query-timeout", "query-memory"})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    ],
)
def test_a_query_that_gathers_without_an_end_comes_to_the_limit_of_memory(harmed: Server, query: str) -> None:
    require_honest(ask(harmed, query), {"query-memory"})


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("SELECT * " + "{" * 100_000 + "}" * 100_000, {"query-crashed", "query-syntax"}),
        ("SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }", {"query-crashed", "query-syntax"}),
        ("#" * (3 * 1024 * 1024), {"body-too-large"}),
        ("SELECT * { ?s ?p true SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", {"service-refused"}),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)
def test_a_query_that_cannot_be_answered_gets_an_honest_no(harmed: Server, query: str, slugs: set[str]) -> None:
    require_honest(ask(harmed, query), slugs)


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:1/"])
def test_a_graph_from_elsewhere_is_empty_and_not_fetched(harmed: Server, graph: str) -> None:
    answer = ask(harmed, "SELECT * FROM <GRAPH> { ?s ?p ?o }".replace("GRAPH", graph))
    assert answer.json()["results"]["bindings"] == []


def test_a_client_may_ask_for_less_time_and_is_told_the_limit_and_a_way_out(harmed: Server) -> None:
    problem = ask(harmed, RUNAWAY, timeout="0.2").json()
    assert (problem["limit"], problem["seconds"]) == ("time", 0.2)
    assert "LIMIT" in problem["detail"]
    assert ask(harmed, RUNAWAY, timeout="0").status_code == 400
    assert ask(harmed, RUNAWAY, timeout="soon").status_code == 400


def test_a_client_may_not_ask_for_more_time() -> None:
    with serving(query_seconds=0.4, workers=2) as server:
        assert ask(server, RUNAWAY, timeout="900").json()["seconds"] == 0.4


def test_the_limit_that_one_client_asks_for_is_not_anothers(harmed: Server) -> None:
    """Two ask the same at once, and share one evaluation as long as it goes well."""
    query = RUNAWAY + " # shared"
    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(ask, harmed, query, timeout="0.3")
        patient = pool.submit(ask, harmed, query, timeout="0.7")
        assert hasty.result().json()["seconds"] == 0.3
        assert patient.result().json()["seconds"] == 0.7


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


def test_an_answer_that_breaks_is_not_ended_as_if_it_were_whole(harmed: Server) -> None:
    """A stream comes to its limit after its status has gone out: the connection is cut, without a last chunk."""
    with httpx.stream("GET", f"{harmed.address}/sparql", params={"query": HUGE, "timeout": "2"}) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            list(answer.iter_raw())


def test_a_client_that_reads_slowly_holds_nobody_up(harmed: Server) -> None:
    with open_stream(harmed, HUGE) as client:
        for _ in range(3):
            assert client.recv(1)
            ordinary(harmed)


def measured(server: Server, sample: str) -> int:
    """Return the value of a sample of the metrics; 0 while there is none."""
    lines = httpx.get(f"{server.address}/metrics").text.splitlines()
    return sum(int(float(line.removeprefix(f"{sample} "))) for line in lines if line.startswith(f"{sample} "))


def running(server: Server) -> int:
    return measured(server, "plangraf_queries_running")


def test_a_client_that_vanishes_leaves_nothing_running(harmed: Server) -> None:
    sample = 'plangraf_workers_ended_total{reason="gone"}'
    gone = measured(harmed, sample)
    clients = [open_stream(harmed, RUNAWAY + f" # {number}", "127.0.0.60") for number in range(2)]
    soon(lambda: running(harmed) == 2)
    for client in clients:
        client.close()
    soon(lambda: measured(harmed, sample) >= gone + 2)  # the clients of the test before may count too


@pytest.mark.soak
def test_many_clients_at_once_are_answered_or_told_to_wait(harmed: Server) -> None:
    def one(number: int) -> httpx.Response:
        return httpx.get(f"{harmed.address}/sparql", params={"query": f"{POINT} # {number}"})

    clients = times(60, most=400)
    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(one, range(clients)))
    assert {answer.status_code for answer in answers} <= {200, 429, 503}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code != 200)
    assert sum(answer.status_code == 200 for answer in answers) >= 36


@pytest.mark.soak
def test_runaways_of_some_do_not_hold_up_others(harmed: Server) -> None:
    """Queries without an end of eight clients, while another asks; those that the schedule ends are told so."""
    runaways = [open_stream(harmed, f"{RUNAWAY} # {n}", f"127.0.0.{2 + n // 4}") for n in range(32)]
    try:
        soon(lambda: running(harmed) >= 2)
        for _ in range(times(20)):
            ordinary(harmed, "127.0.0.50")
        assert running(harmed) >= 1
        answered, _, _ = select.select(runaways, [], [], 0)
        assert {client.recv(12) for client in answered} <= {b"HTTP/1.1 429", b"HTTP/1.1 503"}
    finally:
        for client in runaways:
            client.close()
    soon(lambda: running(harmed) == 0)


def replaced(server: Server, before: set[int]) -> bool:
    """Return whether a server has all its workers, and none of those it had before."""
    workers = set(server.workers)
    return len(workers) == WORKERS and not workers & before


@pytest.mark.soak
def test_a_worker_that_is_killed_is_replaced(harmed: Server) -> None:
    for _ in range(times(1)):
        before = set(harmed.workers)
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        soon(partial(replaced, harmed, before))


def test_a_keeper_that_is_killed_is_replaced_and_meanwhile_clients_are_told_to_come_again(harmed: Server) -> None:
    before = harmed.keeper
    os.kill(before, signal.SIGKILL)

    def answered_by_another() -> bool:
        # A worker of the killed keeper may still answer, so an answer counts only once another keeper is there.
        another = bool(set(harmed.processes("keeper")) - {before})
        answer = httpx.get(f"{harmed.address}/sparql", params={"query": f"{POINT} # {time.monotonic_ns()}"})
        assert answer.status_code in (200, 503)
        assert answer.status_code == 200 or answer.headers["retry-after"]
        return answer.status_code == 200 and another

    soon(answered_by_another)
    assert harmed.keeper != before


def test_an_answer_is_finished_when_the_server_is_told_to_stop_and_then_it_ends() -> None:
    with serving(query_seconds=600, workers=2) as server:
        processes = server.everything
        with httpx.stream("GET", f"{server.address}/sparql", params={"query": EVERYTHING}) as answer:
            pieces = answer.iter_bytes(1000)
            first = next(pieces)
            server.process.send_signal(signal.SIGTERM)
            text = first + b"".join(pieces)
        assert text.endswith(b"]}}")
        assert server.process.wait(PATIENCE) == 0
        soon(lambda: not any(map(alive, processes)))


def test_no_process_outlives_a_server_that_is_killed() -> None:
    with serving() as server:
        processes = server.everything
        assert server.workers
        server.process.kill()
        soon(lambda: not any(alive(pid) for pid in processes if pid != server.process.pid))
