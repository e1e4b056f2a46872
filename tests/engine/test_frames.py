import orjson
import pytest

from plangraf.engine.errors import (
    EngineError,
    EngineUnavailable,
    FormNotAcceptable,
    QuerySyntax,
    QueryTimeout,
    TooManyQueries,
)
from plangraf.engine.frames import (
    AnswerBegin,
    AnswerEnd,
    pack_error,
    pack_query,
    pack_whole,
    unpack_error,
    unpack_query,
    unpack_whole,
)
from plangraf.engine.interface import AnswerForm, Query
from plangraf.formats import CSV, JSON, TURTLE
from plangraf.negotiation import Choice


@pytest.mark.parametrize(
    "error",
    [
        QuerySyntax("expected “}”", "end", 2, 5),
        FormNotAcceptable(graph=True),
        QueryTimeout(0.5),
        TooManyQueries(4, 32),
        EngineUnavailable(),
    ],
    ids=str,
)
def test_an_error_crosses_to_another_process_with_its_facts(error: EngineError) -> None:
    received = unpack_error(orjson.loads(orjson.dumps(pack_error(error))))
    assert type(received) is type(error)
    assert repr(received) == repr(error)


@pytest.mark.parametrize(
    "query",
    [
        Query("ASK {}"),
        Query(
            "SELECT * { ?s ?p ?o } # ø",
            default_graphs=("http://x.example/a",),
            named_graphs=("http://x.example/b", "http://x.example/c"),
            bindings={"s": "http://x.example/s"},
            values={"p": ("http://x.example/p", "http://x.example/q"), "o": ()},
            results=Choice(JSON, "application/json"),
            graphs=Choice(TURTLE, TURTLE.media_type),
            rows=7,
            seconds=0.5,
            count_rows=True,
        ),
        Query("SELECT * {}", results=Choice(CSV, CSV.media_type)),
    ],
    ids=["least", "all", "some"],
)
def test_a_query_crosses_to_a_worker_as_it_is(query: Query) -> None:
    received = unpack_query(pack_query(query))
    assert received == query
    assert (received.seconds, received.count_rows) == (query.seconds, query.count_rows)


def test_a_worker_is_not_told_who_asks() -> None:
    assert unpack_query(pack_query(Query("ASK {}", client="192.0.2.1"))).client is None


def test_a_query_crosses_with_the_time_limit_of_the_engine() -> None:
    assert unpack_query(pack_query(Query("ASK {}", seconds=9.0), 0.5)).seconds == 0.5


@pytest.mark.parametrize("form", AnswerForm)
def test_head_and_end_of_an_answer_cross_to_the_server(form: AnswerForm) -> None:
    begin, end = AnswerBegin(form, cut=True), AnswerEnd(None, recycle=True)
    assert AnswerBegin.unpack(begin.pack()) == begin
    assert AnswerEnd.unpack(end.pack()) == end


@pytest.mark.parametrize("body", [b"", b"\x00\x01 body"])
def test_a_whole_answer_crosses_in_one_payload(body: bytes) -> None:
    begin, end = AnswerBegin(AnswerForm.GRAPH, cut=False), AnswerEnd(2**40, recycle=False)
    assert unpack_whole(pack_whole(begin, body, end)) == (begin, body, end)
