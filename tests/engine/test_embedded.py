import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.engines import running

from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    FormNotAcceptable,
    InvalidIri,
    InvalidTimeLimit,
    Overloaded,
    QueryCrashed,
    QuerySyntax,
    ServiceRefused,
)
from plangraf.engine.interface import Answer, AnswerForm, EngineStatistics, Query, read
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy
from plangraf.engine.store_location import StoreLocation
from plangraf.formats import JSON, TURTLE
from plangraf.namespaces import GRAPH
from plangraf.negotiation import Choice
from plangraf.release.release import Release

RESULTS = Choice(JSON, JSON.media_type)
GRAPHS = Choice(TURTLE, TURTLE.media_type)


def query(text: str, **others: Any) -> Query:
    """Return a query whose answer may be of any form."""
    return Query(text, results=RESULTS, graphs=GRAPHS, **others)


def ask(release: Release, asked: Query) -> tuple[Answer, bytes]:
    async def run() -> tuple[Answer, bytes]:
        async with running(release.quads) as engine:
            answer = await engine.evaluate(asked)
            return answer, await read(answer)

    return asyncio.run(run())


def count(release: Release, asked: Query) -> int:
    _, body = ask(release, asked)
    return int(orjson.loads(body)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("text", "form", "start"),
    [
        ("SELECT ?s WHERE { ?s a <https://w3id.org/plangraf/ontology#Plan> }", AnswerForm.SOLUTIONS, b'{"head"'),
        ("ASK { ?s a <https://w3id.org/plangraf/ontology#Plan> }", AnswerForm.BOOLEAN, b'{"head":{},"boolean":true}'),
        ("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1", AnswerForm.GRAPH, b"<http"),
        ("DESCRIBE <http://metadata.un.org/sdg/13>", AnswerForm.GRAPH, b"<http"),
    ],
)
def test_each_form_is_answered_in_the_format_for_its_kind(
    release: Release, text: str, form: AnswerForm, start: bytes
) -> None:
    answer, body = ask(release, query(text))
    assert answer.form == form
    assert answer.choice.format == (TURTLE if form == AnswerForm.GRAPH else JSON)
    assert body.startswith(start)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 7", 7),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", 5),
        ("ASK {}", None),
    ],
)
def test_an_answer_that_has_been_read_knows_its_rows(release: Release, text: str, rows: int | None) -> None:
    answer, _ = ask(release, query(text, count_rows=True))
    assert answer.body.rows == rows


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"])
@pytest.mark.parametrize("rows", [None, 3])
def test_rows_are_counted_only_when_the_query_asks_for_that(release: Release, text: str, rows: int | None) -> None:
    async def run() -> None:
        async with running(release.quads) as engine:
            asked = query(text, rows=rows)
            counted = await engine.evaluate(replace(asked, count_rows=True))
            plain = await engine.evaluate(asked)
            assert await read(counted) == await read(plain)
            assert counted.body.rows is not None
            assert plain.body.rows is None

    asyncio.run(run())


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {}",
        "SELECT (1 AS ?x) {}",
        "SELECT ?x { VALUES ?x { UNDEF UNDEF 'a\\nb\\tc\\r' } }",
        "SELECT * { VALUES (?x ?y ?z) { (1 2 UNDEF) (UNDEF 2 3) (UNDEF UNDEF UNDEF) } }",
        "SELECT * { VALUES () { () () () } }",
        "SELECT ?x { ?x <http://example.org/none> ?y }",
    ],
)
def test_an_answer_of_so_many_rows_is_the_beginning_of_the_whole(release: Release, text: str) -> None:
    async def run() -> None:
        async with running(release.quads) as engine:
            whole = json.loads(await read(await engine.evaluate(query(text))))["results"]["bindings"]
            for rows in (1, 2, 3, 4, 1000):
                answer = await engine.evaluate(query(text, rows=rows))
                assert json.loads(await read(answer))["results"]["bindings"] == whole[:rows]
                assert answer.cut == (rows < len(whole))
            assert engine.statistics().workers_ended == {}

    asyncio.run(run())


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"])
@pytest.mark.parametrize("rows", [None, 1_000])
def test_an_answer_over_the_limit_is_refused_in_each_form(release: Release, text: str, rows: int | None) -> None:
    async def run() -> None:
        async with running(release.quads, Limits(size=10_000)) as engine:
            with pytest.raises(AnswerTooLarge) as raised:
                await read(await engine.evaluate(query(text, rows=rows)))
            assert raised.value.bytes == 10_000

    asyncio.run(run())


def test_a_worker_that_has_grown_is_replaced_before_it_is_asked_again(release: Release) -> None:
    many = " ".join(f"{number}" for number in range(2000))
    greedy = query(f"SELECT DISTINCT ?a ?b {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many[:100]} }} }}")
    limits = Limits(memory=64 * 1024 * 1024)

    async def run() -> list[bytes]:
        async with running(release.quads, limits, Policy(workers=3)) as engine:
            answers = []
            for _ in range(6):
                await read(await engine.evaluate(greedy))
                answers.append(await read(await engine.evaluate(query("ASK {}"))))
            assert engine.statistics().workers_ended.get("recycled", 0) > 0
            return answers

    assert asyncio.run(run()) == [b'{"head":{},"boolean":true}'] * 6


def test_a_triple_that_two_graphs_state_counts_once(release: Release) -> None:
    label = "<http://metadata.un.org/sdg/17> <http://www.w3.org/2004/02/skos/core#notation> ?o"
    by_graph = count(release, query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
    merged = count(release, query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert merged == count(
        release, query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    )
    assert merged <= by_graph
    assert count(release, query(f"SELECT (COUNT(*) AS ?n) {{ {label} }}")) == 1


def test_the_dataset_of_a_query_is_what_it_names(release: Release) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    sdg = GRAPH + "sdg"
    size = release.manifest.counts.graphs[sdg]
    assert count(release, query(everything, default_graphs=(sdg,))) == size
    assert count(release, query(everything, named_graphs=(sdg,))) == size
    assert count(release, query(everything, default_graphs=(sdg,), named_graphs=(sdg,))) == 2 * size
    assert count(release, query(everything, default_graphs=(GRAPH + "nothing",))) == 0


def test_a_binding_narrows_a_query(release: Release) -> None:
    text = "CONSTRUCT { ?subject ?p ?o } WHERE { ?subject ?p ?o }"
    _, body = ask(release, query(text, bindings={"subject": "http://metadata.un.org/sdg/13"}))
    assert b"Stoppe klimaendringene" in body
    assert b"Livet i havet" not in body


def test_values_narrow_a_query(release: Release) -> None:
    text = "SELECT ?goal ?label WHERE { ?goal <http://www.w3.org/2004/02/skos/core#notation> ?label }"
    goals = ("http://metadata.un.org/sdg/13", "http://metadata.un.org/sdg/14")
    _, body = ask(release, query(text, values={"goal": goals}))
    assert sorted(row["label"]["value"] for row in orjson.loads(body)["results"]["bindings"]) == ["13", "14"]


@pytest.mark.parametrize("iri", ["not an iri", "relative", "http://example.org/a b", "http://example.org/> } #"])
def test_what_is_not_an_iri_is_refused(release: Release, iri: str) -> None:
    with pytest.raises(InvalidIri):
        ask(release, query("ASK {}", default_graphs=(iri,)))
    with pytest.raises(InvalidIri):
        ask(release, query("SELECT ?x {}", values={"x": (iri,)}))


@pytest.mark.parametrize(
    ("text", "line", "column", "fault", "found"),
    [
        ("SELECT * { ?s ?p", 1, 17, "end", ""),
        ("SELECT *\n{ ?s foo:x ?o }", 2, 6, "prefix", "foo"),
        ("SELECT *\n{ ?s ?p ?o }\nNONSENSE", 3, 1, "unexpected", "NONSENSE"),
        ("PREFIX a: <b c> SELECT * {}", 1, 11, "iri", ""),
        ("INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }", 1, 1, "query form", ""),
        ("", 1, 1, "end", ""),
    ],
)
def test_a_query_that_does_not_parse_is_told_where_and_why(
    release: Release, text: str, line: int, column: int, fault: str, found: str
) -> None:
    with pytest.raises(QuerySyntax) as raised:
        ask(release, query(text))
    error = raised.value
    assert (error.line, error.column, error.fault, error.found) == (line, column, fault, found)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT (<http://e.org/f>(1) AS ?x) {}", [{}]),
        ("SELECT (COALESCE(<http://e.org/f>(1), <http://e.org/g>(), 2) AS ?x) {}", [{"x": "2"}]),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER(<http://e.org/f>(?x)) }", []),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER(<http://e.org/f>(?x) || ?x = 2) }", [{"x": "2"}]),
        ("SELECT ?x { VALUES ?x { 1 } FILTER(!BOUND(?y)) BIND(<http://e.org/f>(?x) AS ?y) }", [{"x": "1"}]),
        ("SELECT (SUM(<http://e.org/f>(?x)) AS ?n) { VALUES ?x { 1 2 } }", [{}]),
        ("SELECT ?x { VALUES ?x { 2 1 } } ORDER BY <http://e.org/f>(?x) ?x", [{"x": "1"}, {"x": "2"}]),
    ],
)
def test_an_unknown_function_is_an_error_in_its_expression(
    release: Release, text: str, rows: list[dict[str, str]]
) -> None:
    _, body = ask(release, query(text))
    found = orjson.loads(body)["results"]["bindings"]
    assert [{name: term["value"] for name, term in row.items()} for row in found] == rows


def test_a_query_that_asks_another_server_is_refused(release: Release) -> None:
    with pytest.raises(ServiceRefused) as raised:
        ask(release, query("SELECT * {\nSERVICE <http://127.0.0.1:8090/sparql> { ?s ?p ?o } }"))
    assert (raised.value.line, raised.value.column) == (2, 1)


def test_a_time_limit_that_is_not_above_0_is_refused(release: Release) -> None:
    with pytest.raises(InvalidTimeLimit):
        ask(release, query("ASK {}", seconds=0))


def test_a_form_without_an_acceptable_format_is_refused(release: Release) -> None:
    with pytest.raises(FormNotAcceptable) as raised:
        ask(release, Query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", results=RESULTS))
    assert raised.value.graph
    with pytest.raises(FormNotAcceptable) as raised:
        ask(release, Query("SELECT * { ?s ?p ?o }", graphs=GRAPHS))
    assert not raised.value.graph


def test_an_empty_release_is_answered_too(tmp_path: Path) -> None:
    async def run() -> bytes:
        (tmp_path / "quads.nq").touch()
        async with running(tmp_path / "quads.nq") as engine:
            return await read(await engine.evaluate(query("ASK { ?s ?p ?o }")))

    assert asyncio.run(run()) == b'{"head":{},"boolean":false}'


def test_a_worker_that_cannot_begin_is_no_answer_and_no_hanging(tmp_path: Path) -> None:
    async def run() -> None:
        policy = Policy(workers=2, longest_wait=1)
        engine = EmbeddedEngine(StoreLocation(directory=str(tmp_path / "nothing")), sharing=policy)
        starting = asyncio.ensure_future(engine.start())
        await asyncio.sleep(0.5)
        starting.cancel()
        with pytest.raises((EngineUnavailable, Overloaded, QueryCrashed)):
            await engine.evaluate(query("ASK {}"))
        await engine.close()

    asyncio.run(run())


async def until(engine: EmbeddedEngine, running: int, waiting: int) -> None:
    """Wait until so many queries run and wait; workers begin one after another."""
    async with asyncio.timeout(60):
        while engine.statistics() != EngineStatistics(running, waiting, {}):  # noqa: ASYNC110  # it has no event
            await asyncio.sleep(0.01)


def test_queries_of_pages_leave_a_worker_for_visitors_and_only_so_many_wait(release: Release) -> None:
    endless = query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")

    async def run() -> None:
        sharing = Policy(workers=3, reserve=1, page_waiting=2, longest_wait=600)
        async with running(release.quads, Limits(seconds=600), sharing) as engine:
            pages = [asyncio.create_task(engine.evaluate(endless)) for _ in range(2)]
            await until(engine, 2, 0)
            pages += [asyncio.create_task(engine.evaluate(endless)) for _ in range(2)]
            await until(engine, 2, 2)
            with pytest.raises(Overloaded):
                await engine.evaluate(endless)
            answer = await engine.evaluate(query("ASK {}", client="192.0.2.1"))
            assert await read(answer) == b'{"head":{},"boolean":true}'
            assert engine.statistics() == EngineStatistics(2, 2, {})
            for page in pages:
                page.cancel()
            await asyncio.wait(pages)

    asyncio.run(run())
