"""Measure the start of the server, and its endpoint against rdflib's own SPARQL engine."""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rdflib import Graph

from plangraf import shipped
from plangraf.sources.dataset import read_dataset
from plangraf.sparql.examples import load_examples
from plangraf.validation.terms import to_graph

RUNS = 5


def main() -> None:
    """Print the measurements as a table."""
    starts = [_start() for _ in range(RUNS)]
    _print(f"plangraf serve, shipped data, to the first answer: {statistics.median(starts):.2f} s (median of {RUNS})")
    _print("")
    _print("| example query | endpoint over HTTP, ms | rdflib in process, ms | rdflib / endpoint |")
    _print("| --- | --- | --- | --- |")
    graph = _merged()
    with _server() as address, httpx.Client() as client:
        for example in load_examples(shipped.DATA / "queries"):
            over_http = _median(_asking(client, address, example.text))
            in_process = _median(_evaluating(graph, example.text))
            ratio = in_process / over_http
            _print(f"| {example.key} | {over_http * 1000:.1f} | {in_process * 1000:.1f} | {ratio:.1f} |")


def _asking(client: httpx.Client, address: str, query: str) -> Callable[[], object]:
    return lambda: client.get(f"{address}/sparql", params={"query": query}).raise_for_status()


def _evaluating(graph: Graph, query: str) -> Callable[[], object]:
    return lambda: list(graph.query(query))


def _median(measured: Callable[[], object]) -> float:
    """Return the median time of a call, in seconds, after one that is not counted."""
    measured()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        measured()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _merged() -> Graph:
    """Return the shipped data as one rdflib graph, with what the release derives."""
    from plangraf.release.build import Draft

    draft = Draft.assemble(read_dataset([shipped.DATA]), shipped.ONTOLOGY)
    return to_graph(quad for quad in draft.store if "DefaultGraph" in type(quad.graph_name).__name__)


@contextmanager
def _server() -> Iterator[str]:
    command = [str(Path(sys.executable).with_name("plangraf")), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own command
        assert process.stderr is not None  # noqa: S101  # it is a pipe
        try:
            match = re.search(r"http://\S+", process.stderr.readline())
            assert match is not None  # noqa: S101  # it says where it serves
            yield match[0]
        finally:
            process.terminate()


def _start() -> float:
    begun = time.perf_counter()
    with _server() as address:
        httpx.get(address).raise_for_status()
        return time.perf_counter() - begun


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


main()
