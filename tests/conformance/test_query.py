"""The W3C test suite of SPARQL 1.1 Query and its result formats, through our HTTP door."""

import asyncio
from itertools import groupby
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.conformance.door import open_door
from tests.conformance.manifests import QueryTest, read_group
from tests.conformance.results import answered, expected, format_of, received

from plangraf.formats import CSV

# Update, entailment and the Graph Store Protocol are not part of the endpoint.
GROUPS = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
)
FEDERATION = ("service", "syntax-fed")

ENGINE_FAILS = frozenset(
    {
        # GROUP_CONCAT keeps the language of its values.
        "aggregates/agg-groupconcat-04",
        "aggregates/agg-groupconcat-06",
        # What is inside GRAPH ?g is not evaluated for each graph by itself.
        "aggregates/agg-empty-group-count-graph",
        "bindings/graph",
        "negation/graph-minus",
        # The store writes 1.0e6 as 1000000, and an xsd:negativeInteger as an xsd:integer.
        "csv-tsv-res/csv03",
        "csv-tsv-res/tsv03",
        # BNODE("a") is one blank node for all solutions.
        "functions/bnode01",
        # A path of length zero does not reach a constant that is in no triple.
        "property-path/zero_or_more_set_end",
        "property-path/zero_or_more_set_start",
        "property-path/zero_or_one_set_end",
        "property-path/zero_or_one_set_start",
    }
)
"""What pyoxigraph fails by itself."""

UNKNOWN_FUNCTION = frozenset({"syntax-query/test_4"})
"""What calls a function that there is not, which pyoxigraph by itself refuses."""


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_passes_but_for_the_faults_of_the_engine(group: str, conformance: Path, tmp_path: Path) -> None:
    tests = read_group(conformance / "sparql" / "sparql11" / group)
    assert tests
    failed = {name: fault for name, fault in asyncio.run(_run(tests, tmp_path)).items() if fault}
    by_engine = {test.name for test in tests if not _engine_passes(test)}
    assert failed.keys() == by_engine, failed
    assert by_engine == {name for name in ENGINE_FAILS if name.startswith(f"{group}/")}


@pytest.mark.parametrize("group", FEDERATION)
def test_federated_queries_are_refused(group: str, conformance: Path, tmp_path: Path) -> None:
    tests = read_group(conformance / "sparql" / "sparql11" / group)
    assert tests

    async def ask() -> list[httpx.Response]:
        async with open_door([], tmp_path) as client:
            return [await client.post("/sparql", data={"query": test.text}) for test in tests]

    answers = dict(zip(tests, asyncio.run(ask()), strict=True))
    wrong = [test.name for test, answer in answers.items() if _problem(answer) != (403, "service-refused")]
    assert wrong == []


async def _run(tests: list[QueryTest], folder: Path) -> dict[str, str | None]:
    """Ask all tests, those of one dataset at one door; return what is wrong with the answer to each."""
    found = {}
    by_dataset = groupby(sorted(tests, key=lambda test: test.dataset), key=lambda test: test.dataset)
    for number, of_one in enumerate(list(group) for _, group in by_dataset):
        async with open_door(of_one[0].quads(), folder / str(number)) as client:
            for test in of_one:
                found[test.name] = await _ask(client, test)
    return found


async def _ask(client: httpx.AsyncClient, test: QueryTest) -> str | None:
    # The tests read relative IRIs against the address of the query.
    text = f"BASE <{test.query.as_uri()}>\n{test.text}"
    accept = {"Accept": format_of(test.result).media_type} if test.result else {}
    answer = await client.post("/sparql", data={"query": text}, headers=accept)
    if test.negative:
        return None if _problem(answer) == (400, "query-syntax") else f"taken: {answer.status_code} {answer.text}"
    if answer.status_code != 200:
        return f"{answer.status_code} {answer.text}"
    if test.result is None or received(answer.content, format_of(test.result)) == expected(test.result):
        return None
    return f"another result: {answer.text}"


def _problem(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the type of problem of an answer."""
    if answer.headers["content-type"] != "application/problem+json":
        return answer.status_code, ""
    return answer.status_code, answer.json()["type"].partition("#")[2]


def _engine_passes(test: QueryTest) -> bool:
    """Return whether pyoxigraph passes a test without us."""
    store = ox.Store()
    store.extend(test.quads())
    try:
        results = store.query(test.text, base_iri=test.query.as_uri())
    except SyntaxError:
        return test.negative
    except RuntimeError:  # it parses, and cannot be evaluated
        return test.name in UNKNOWN_FUNCTION
    if test.negative or test.result is None:
        return not test.negative
    if format_of(test.result) == CSV:
        assert not isinstance(results, ox.QueryTriples)
        return received(results.serialize(format=ox.QueryResultsFormat.CSV) or b"", CSV) == expected(test.result)
    return answered(results) == expected(test.result)
