import os
import re
import subprocess

import httpx
import orjson
from tests.servers import COMMAND, serving

QUERY = "SELECT * { ?s ?p ?o } LIMIT 3"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def value(text: str, sample: str) -> float:
    match = re.search(rf"^{re.escape(sample)} (\S+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def test_queries_are_counted_by_what_became_of_them() -> None:
    with serving(workers=4) as server:
        for query in (QUERY, QUERY, "nonsense"):
            httpx.get(f"{server.address}/sparql", params={"query": query})
        httpx.get(f"{server.address}/sparql", params={"query": RUNAWAY, "timeout": "0.3"})
        answer = httpx.get(f"{server.address}/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    text = answer.text
    assert value(text, 'plangraf_queries_total{outcome="ok"}') == 2
    assert value(text, 'plangraf_queries_total{outcome="query-syntax"}') == 1
    assert value(text, 'plangraf_queries_total{outcome="query-timeout"}') == 1
    assert value(text, 'plangraf_query_seconds_count{cache="hit"}') == 1
    assert value(text, 'plangraf_workers_ended_total{reason="time"}') == 1
    assert value(text, "plangraf_cache_bytes") > 0
    assert value(text, "plangraf_queries_running") == 0
    assert "127.0.0.1" not in text


def test_queries_of_the_form_are_counted_too() -> None:
    with serving(workers=4) as server:
        for query in (QUERY, "nonsense"):
            answer = httpx.get(f"{server.address}/sparql", params={"query": query}, headers={"Accept": "text/html"})
            assert answer.headers["content-type"].startswith("text/html")
        text = httpx.get(f"{server.address}/metrics").text
    assert value(text, 'plangraf_queries_total{outcome="ok"}') == 1
    assert value(text, 'plangraf_queries_total{outcome="query-syntax"}') == 1


def test_each_query_is_one_line_in_the_log_without_its_client() -> None:
    environment = {**os.environ, "PLANGRAF_LOG_QUERIES": "true", "PLANGRAF_FRONTS": "1"}
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        match = re.search(r"http://\S+", process.stderr.readline())
        assert match is not None
        for _ in range(2):
            httpx.get(f"{match[0]}/sparql", params={"query": QUERY})
        httpx.get(f"{match[0]}/sparql", params={"query": "nonsense"})
        process.terminate()
        lines = [orjson.loads(line) for line in process.stderr.read().splitlines() if line.startswith("{")]
    assert [line["outcome"] for line in lines] == ["ok", "ok", "query-syntax"]
    assert [line["cached"] for line in lines] == [False, True, False]
    assert lines[0]["query"] == lines[1]["query"]
    assert lines[0]["form"] == "solutions"
    assert lines[0]["bytes"] > 0
    assert [line["rows"] for line in lines] == [3, 3, None]
    assert all("127.0.0.1" not in str(line) for line in lines)
