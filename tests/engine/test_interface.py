from dataclasses import replace
from typing import Any

import pytest

from plangraf.engine.interface import Query
from plangraf.formats import CSV, JSON, TURTLE
from plangraf.negotiation import Choice

QUERY = Query(
    "SELECT * { ?s ?p ?o }",
    bindings={"s": "http://x.example/a", "p": "http://x.example/b"},
    values={"o": ("http://x.example/c",)},
    results=Choice(JSON, JSON.media_type),
)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "ASK {}"},
        {"default_graphs": ("http://x.example/g",)},
        {"named_graphs": ("http://x.example/g",)},
        {"bindings": {"s": "http://x.example/a"}},
        {"values": {"o": ("http://x.example/d",)}},
        {"results": Choice(JSON, "application/json")},
        {"results": Choice(CSV, CSV.media_type)},
        {"graphs": Choice(TURTLE, TURTLE.media_type)},
        {"rows": 3},
    ],
    ids=str,
)
def test_a_query_with_another_answer_is_another_key(other: dict[str, Any]) -> None:
    changed = replace(QUERY, **other)
    assert changed != QUERY
    assert changed.digest != QUERY.digest
    assert len({QUERY, changed}) == 2


@pytest.mark.parametrize(
    "same",
    [
        {"client": "192.0.2.1"},
        {"seconds": 1.5},
        {"count_rows": True},
        {"bindings": {"p": "http://x.example/b", "s": "http://x.example/a"}},
    ],
    ids=str,
)
def test_a_query_with_the_same_answer_is_the_same_key(same: dict[str, Any]) -> None:
    changed = replace(QUERY, **same)
    assert changed == QUERY
    assert hash(changed) == hash(QUERY)
    assert changed.digest == QUERY.digest
