"""Releases of synthetic plans, written plan by plan, so that memory use does not grow with the release.

They differ from the output of `plangraf build` in two points: statements are not sorted, and nothing is validated.
Canonicalization is not needed, because the plans have no blank nodes.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from bench.plans import generate, plan_iri
from plangraf import __version__, shipped
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ONTOLOGY, PREFIXES
from plangraf.release.derived_graphs import describe_derived_graphs
from plangraf.release.plan_graphs import PlanGraphs
from plangraf.release.release import MANIFEST, QUADS, Counts, Manifest, Release, release_identifier
from plangraf.sources.dataset import ListedFile
from plangraf.sources.reference import list_reference
from plangraf.validation.context import DescriptionIndex, find_descriptions
from plangraf.validation.derive import PROVENANCE, derive_about

MERGE = "merge.nt"  # the default graph alone, for servers that have no named graphs
_BATCH = 40  # files
_TYPE = f" <{PREFIXES['rdf']}type> ".encode()


def write_plans(out: Path, plans: int, seed: int) -> None:
    """Write the files of synthetic plans below the folder `out`."""
    for name, text in generate(plans, seed):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")


def write_release(out: Path, plans: int, seed: int) -> Release:
    """Write a release of synthetic plans and the SDG scheme into the folder `out`, or open the existing one."""
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
        release=release_identifier(digest.hexdigest()),
        sha256=digest.hexdigest(),
        size=size,
        software=__version__,
        counts=counts.result(),
        plans=tuple(map(plan_iri, range(1, plans + 1))),
        validation={},
    )
    (out / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    return Release(out, manifest)


def _parts(plans: int, seed: int) -> Iterator[tuple[str | None, list[bytes]]]:
    """Yield the lines of each graph, in chunks; None is the default graph."""
    ontology = ListedFile(shipped.ONTOLOGY, ONTOLOGY)
    shared = [*list_reference(), ontology, ListedFile(PROVENANCE, DERIVED_GRAPH)]
    reference = [quad for file in shared for quad in file.read().quads]
    known = {graph: frozenset(lines) for graph, lines in _graphs(reference)}
    yield from ((graph, list(lines)) for graph, lines in known.items())
    indexes, vocabulary = [DescriptionIndex(reference)], ontology.read().quads
    for files in _batches(generate(plans, seed)):
        quads = [quad for name, text in files for quad in _parse(name, text)]
        for graph, lines in _graphs(quads, find_descriptions(quads, indexes), vocabulary):
            new = [line for line in lines if line not in known.get(graph, ())]
            if new:
                yield graph, new


def _batches(files: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while batch := list(itertools.islice(files, _BATCH)):
        yield batch


def _parse(name: str, text: str) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(GRAPH + Path(name).parent.as_posix())
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _graphs(
    quads: list[ox.Quad], descriptions: Iterable[ox.Quad] = (), vocabulary: Iterable[ox.Quad] = ()
) -> Iterator[tuple[str | None, list[bytes]]]:
    """Yield each graph of statements and derived statements, as lines of N-Quads."""
    new = derive_about(quads, [*descriptions, *vocabulary])
    plans = PlanGraphs([*quads, *descriptions], new)
    derived = [ox.Quad(t.subject, t.predicate, t.object, plans.derived_graph(t.subject)) for t in new]
    derived += describe_derived_graphs(quads, plans, [])
    merge = dict.fromkeys(quad.triple for quad in (*quads, *derived))
    graphs: dict[str | None, list[ox.Quad]] = {None: [ox.Quad(t.subject, t.predicate, t.object) for t in merge]}
    for quad in (*quads, *derived):
        assert isinstance(quad.graph_name, ox.NamedNode)  # noqa: S101  # files belong to named graphs
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    for graph, found in graphs.items():
        content = ox.serialize(dict.fromkeys(found), format=ox.RdfFormat.N_QUADS)
        assert content is not None  # noqa: S101  # it is, when nothing is given to write to
        yield graph, content.splitlines(keepends=True)


class _Counting:
    """Computes the counts of the manifest."""

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
