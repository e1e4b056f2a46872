"""Make parts: complete them with what follows, validate them, and write them as N-Quads.

This is done in processes of its own. What a part needs of others is read again where it is needed: reading is quick,
and nothing large goes from one process to another.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from plangraf.namespaces import DERIVED_GRAPH, ONTOLOGY
from plangraf.release.count import count, plans
from plangraf.release.parts import Index, Part
from plangraf.release.release import Counts
from plangraf.release.surroundings import Descriptions, derived, surroundings
from plangraf.sources.dataset import Dataset
from plangraf.validation.report import Result
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.validation.validate import find_results

_DERIVED = ox.NamedNode(DERIVED_GRAPH)


@dataclass(frozen=True)
class Made:
    """A part that has been made.

    Attributes:
        name: of the part.
        quads: the file with its N-Quads: the named graphs, and their merge as the default graph.
        counts: how much there is in it.
        plans: the IRIs of its plans.
        results: what the shapes find.
    """

    name: str
    quads: Path
    counts: Counts
    plans: tuple[str, ...]
    results: tuple[Result, ...]


class Maker:
    """Makes parts, one batch after the other.

    Args:
        parts: all parts of the release, by their names.
        shapes: files and folders of the shapes.
        folder: where the N-Quads are written.
    """

    def __init__(self, parts: Mapping[str, Part], shapes: tuple[Path, ...], folder: Path) -> None:
        self._parts = parts
        self._shapes = shapes
        self._folder = folder
        self._loaded: Shapes | None = None
        self._read: dict[str, Dataset] = {}
        self._descriptions: dict[str, Descriptions] = {}

    def index(self, part: Part) -> Index:
        """Return what a part is about.

        Raises:
            InputError: one of its files cannot be used.
        """
        return Index.of(list(part.read().quads()))

    def make(self, batch: tuple[Part, ...], needs: Mapping[str, tuple[str, ...]]) -> list[Made]:
        """Make some parts, validated in one go.

        Args:
            batch: what is made.
            needs: the names of the parts that each is to be seen with.

        Raises:
            InputError: a file cannot be used, or a rule cannot be run.
        """
        ontology = list(self._dataset(ONTOLOGY).quads()) if ONTOLOGY in self._parts else []
        around: list[ox.Quad] = list(ontology)
        drafts = []
        for part in batch:
            dataset = part.read()
            quads = list(dataset.quads())
            near = surroundings(quads, [self._described(name) for name in needs[part.name]])
            new = derived(quads, [*near, *ontology])
            around += near
            around += (ox.Quad(t.subject, t.predicate, t.object) for t in new)
            drafts.append((part, dataset, quads, new))
        everything = Dataset(tuple(file for _, dataset, _, _ in drafts for file in dataset.files))
        results = find_results(everything, around, self._loaded_shapes())
        made = []
        for part, _, quads, new in drafts:
            named = {
                term.value
                for quad in quads
                for term in (quad.subject, quad.object)
                if not isinstance(term, ox.Triple)
            }
            own = tuple(result for result in results if str(result.focus) in named)
            merged = self._merged(part, quads, new, needs[part.name])
            made.append(self._write(part, merged, own))
        return made

    def _merged(
        self, part: Part, quads: list[ox.Quad], new: list[ox.Triple], needed: tuple[str, ...]
    ) -> list[ox.Quad]:
        """Return the named graphs with their merge, less what an earlier part states of things that both describe."""
        earlier = [self._described(name) for name in needed if name < part.name]
        stated: set[ox.Triple] = set()
        left: set[object] = set()
        for subject in {quad.subject for quad in quads}:
            for descriptions in earlier:
                said = descriptions.described(subject)
                if said:
                    stated.update(quad.triple for quad in said)
                    left.add(subject)  # whatever follows of it is derived there, from the same statements
        own = [triple for triple in new if triple.subject not in left]
        merge = dict.fromkeys([*(quad.triple for quad in quads), *own])
        return [
            *dict.fromkeys(quads),
            *(ox.Quad(t.subject, t.predicate, t.object, _DERIVED) for t in own),
            *(ox.Quad(t.subject, t.predicate, t.object) for t in merge if t not in stated),
        ]

    def _write(self, part: Part, quads: list[ox.Quad], results: tuple[Result, ...]) -> Made:
        if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
            quads = _canonical(part.name, quads)
        lines = cast("bytes", ox.serialize(quads, format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True)
        path = self._folder / f"{hashlib.sha256(part.name.encode()).hexdigest()[:20]}.nq"
        path.write_bytes(b"".join(sorted(lines)))
        return Made(part.name, path, count(quads), plans(quads), results)

    def _dataset(self, name: str) -> Dataset:
        if name not in self._read:
            self._read[name] = self._parts[name].read()
        return self._read[name]

    def _described(self, name: str) -> Descriptions:
        if name not in self._descriptions:
            self._descriptions[name] = Descriptions(self._dataset(name).quads())
        return self._descriptions[name]

    def _loaded_shapes(self) -> Shapes:
        if self._loaded is None:
            self._loaded = load_shapes(*self._shapes)
        return self._loaded


def _canonical(name: str, quads: list[ox.Quad]) -> list[ox.Quad]:
    """Give blank nodes canonical names (RDFC-1.0) that no other part has."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
        return ox.BlankNode(f"p{mark}{term.value}") if isinstance(term, ox.BlankNode) else term

    return [
        ox.Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)  # type: ignore[arg-type]  # a term stays of its kind
        for quad in dataset
    ]
