"""Releases of synthetic plans, written plan by plan so that size costs time and not memory.

What is written is what `plangraf build` would write, with two differences: the statements are not sorted, and
nothing is validated. The generated plans have no blank nodes, so there is nothing to make canonical.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from bench.plans import generate
from plangraf import __version__, shipped
from plangraf.namespaces import GRAPH, PREFIXES
from plangraf.release.build import Draft
from plangraf.release.release import MANIFEST, QUADS, Counts, Manifest, Release
from plangraf.sources.dataset import Dataset, SourceFile
from plangraf.sources.reference import read_reference

MERGE = "merge.nt"  # the default graph alone, for servers that have no named graphs
_BATCH = 40  # files
_TYPE = f" <{PREFIXES['rdf']}type> ".encode()


def write_plans(out: Path, plans: int, seed: int) -> None:
    """Write the files of synthetic plans below the folder `out`."""
    for name, text in generate(plans, seed):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")


def write_release(out: Path, plans: int, seed: int) -> Release:
    """Write a release of synthetic plans and the SDG scheme into the folder `out`, or open the one that is there."""
    if (out / MANIFEST).exists():
        return Release.open(out)
    out.mkdir(parents=True, exist_ok=True)
    digest, size, counts = hashlib.sha256(), 0, _Counting()
    with (out / QUADS).open("wb") as quads, (out / MERGE).open("wb") as merge:
        for graph, lines in _parts(plans, seed):
            content = b"".join(lines)
            quads.write(content)
            digest.update(content)
            size += len(content)
            if graph is None:
                merge.write(content)
            counts.add(graph, lines)
    manifest = Manifest(
        release=digest.hexdigest()[:12],
        sha256=digest.hexdigest(),
        size=size,
        software=__version__,
        counts=counts.result(),
        validation={},
    )
    (out / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    return Release(out, manifest)


def _parts(plans: int, seed: int) -> Iterator[tuple[str | None, list[bytes]]]:
    """Yield the lines of each graph, in pieces; None is the default graph."""
    reference = read_reference()
    shared = dict(_graphs(Draft.assemble(reference, shipped.ONTOLOGY)))
    yield from shared.items()
    known = {graph: frozenset(lines) for graph, lines in shared.items()}
    for files in _batches(generate(plans, seed)):
        for graph, lines in _graphs(Draft.assemble(_dataset(files), shipped.ONTOLOGY, reference)):
            new = [line for line in lines if line not in known[graph]] if graph in known else lines
            if new:
                yield graph, new


def _batches(files: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while batch := list(itertools.islice(files, _BATCH)):
        yield batch


def _dataset(files: Iterable[tuple[str, str]]) -> Dataset:
    return Dataset(tuple(SourceFile(Path(name), tuple(_parse(name, text))) for name, text in files))


def _parse(name: str, text: str) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(GRAPH + Path(name).parent.as_posix())
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _graphs(draft: Draft) -> Iterator[tuple[str | None, list[bytes]]]:
    """Yield each graph of `draft` as lines of N-Quads."""
    for graph in (ox.DefaultGraph(), *draft.store.named_graphs()):
        quads = draft.store.quads_for_pattern(None, None, None, graph)
        content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        assert content is not None  # noqa: S101  # it is, when nothing is given to write to
        yield graph.value if isinstance(graph, ox.NamedNode) else None, content.splitlines(keepends=True)


class _Counting:
    """Counts what a manifest says."""

    def __init__(self) -> None:
        self._triples = 0
        self._graphs: Counter[str] = Counter()
        self._classes: Counter[str] = Counter()

    def add(self, graph: str | None, lines: list[bytes]) -> None:
        """Count the lines of a graph."""
        if graph is not None:
            self._graphs[graph] += len(lines)
            return
        self._triples += len(lines)
        for line in lines:
            _, found, kind = line.partition(_TYPE)
            if found and kind.startswith(b"<"):
                self._classes[kind[1 : kind.index(b">")].decode()] += 1

    def result(self) -> Counts:
        """Return the counts."""
        return Counts(
            triples=self._triples,
            graphs=dict(sorted(self._graphs.items())),
            classes=dict(sorted(self._classes.items())),
        )
