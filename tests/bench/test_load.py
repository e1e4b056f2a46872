from urllib.parse import parse_qs, urlsplit

import pytest
from bench.load import Target, ask, ask_slowly, percentile, sparql_path
from bench.queries import mix


def test_percentile_is_the_nearest_rank() -> None:
    times = [float(n) for n in range(100, 0, -1)]
    assert percentile(times, 50) == 50
    assert percentile(times, 99) == 99
    assert percentile(times, 100) == 100


def test_percentile_of_one_time_is_that_time() -> None:
    assert percentile([3.0], 50) == percentile([3.0], 99) == 3.0


def test_percentile_of_no_times_is_an_error() -> None:
    with pytest.raises(ValueError, match="no times"):
        percentile([], 50)


def test_a_path_has_places_for_the_number_and_the_iri() -> None:
    path = sparql_path("/sparql", {"query": "SELECT ?l{n} { <{iri}> ?p ?l{n} }"})
    filled = path.replace("@n@", "7").replace("@iri@", "http%3A%2F%2Fexample.org%2F")
    assert parse_qs(urlsplit(filled).query)["query"] == ["SELECT ?l7 { <http://example.org/> ?p ?l7 }"]


def test_a_query_is_never_the_same_twice() -> None:
    for template in mix(plans=1).values():
        assert len({template.fill(number) for number in range(100)}) == 100


def test_a_measurement_ends_and_counts_answers(server: str) -> None:
    load = ask(Target(server, sparql_path("/sparql", {"query": "ASK {}"}), "text/csv"), connections=2, seconds=1)
    assert load.answers > 0
    assert load.rate > 0
    assert load.p50 <= load.p99


def test_errors_are_failures(server: str) -> None:
    target = Target(server, sparql_path("/sparql", {"query": "no query {n}"}), "text/csv")
    for load in (ask(target, 1, 1), ask_slowly(target, 1, 0)):
        assert load.failures == load.answers > 0
        assert load.rate == 0
