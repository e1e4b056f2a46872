"""The part builder: it completes parts with derived statements, validates them, and writes them as N-Quads.

It runs in the processes of a pool. Each process parses the files of the parts that its own parts need, because
parsing is faster than transferring data between processes.
"""

import hashlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf.namespaces import ONTOLOGY
from plangraf.rdf.canonical import canonical_n_quads
from plangraf.release.count import count, plans
from plangraf.release.derived_graphs import describe_derived_graphs
from plangraf.release.parts import Part, PartIndex
from plangraf.release.plan_graphs import PlanGraphs
from plangraf.release.release import Counts
from plangraf.sources.dataset import Dataset
from plangraf.validation.cells import is_about_cell
from plangraf.validation.context import (
    DescriptionIndex,
    ReferenceData,
    ValidationContext,
    find_context,
    without_descriptions,
)
from plangraf.validation.coverage import ValidationCoverage, find_coverage
from plangraf.validation.result import Result
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.validation.spaces import SpaceClaims, SpaceFacts, find_space_facts
from plangraf.validation.validate import find_results, without_false_links


@dataclass(frozen=True)
class BuiltPart:
    """A part that has been completed, validated and written.

    Attributes:
        name: the name of the part.
        quads: the N-Quads file, with the named graphs, and their merge as the default graph.
        counts: the counts of the part.
        plans: the IRIs of the plans in the part.
        results: the validation results.
        coverage: what the part holds that the shapes are about.
    """

    name: str
    quads: Path
    counts: Counts
    plans: tuple[str, ...]
    results: tuple[Result, ...]
    coverage: ValidationCoverage


@dataclass(frozen=True)
class _Draft:
    """A part that has been completed but not yet validated."""

    part: Part
    dataset: Dataset
    quads: list[ox.Quad]
    context: ValidationContext


class PartBuilder:
    """Builds parts in batches.

    Args:
        parts: all parts of the release, by name.
        shapes: files and folders of shapes.
        folder: the folder for the N-Quads files.
        reference: the names of the parts that are looked up and not merged: they add nothing to what the others
            describe.
    """

    def __init__(
        self,
        parts: Mapping[str, Part],
        shapes: tuple[Path, ...],
        folder: Path,
        reference: frozenset[str] = frozenset(),
    ) -> None:
        self._parts = parts
        self._paths = shapes
        self._folder = folder
        self._reference = reference
        self._shapes: Shapes | None = None
        self._datasets: dict[str, Dataset] = {}
        self._indexes: dict[str, DescriptionIndex] = {}

    def index(self, part: Part) -> PartIndex:
        """Return the index of a part.

        Raises:
            InputError: a file of the part cannot be read or parsed.
        """
        return PartIndex.of(list(part.read().quads()))

    def build(
        self,
        batch: tuple[Part, ...],
        needs: Mapping[str, tuple[str, ...]],
        claims: Mapping[str, SpaceClaims],
    ) -> list[BuiltPart]:
        """Build a batch of parts, which are validated together.

        Args:
            batch: the parts.
            needs: for each part, the names of the parts that it is completed and validated with.
            claims: for each part, what it must know of the URI spaces of others.

        Raises:
            InputError: a file cannot be read or parsed, or a rule cannot be run.
        """
        datasets = [part.read() for part in batch]
        described = {quad.subject for dataset in datasets for quad in dataset.quads()} if self._reference else set()
        ontology = self._ontology(described)
        around: list[ox.Quad] = list(ontology)
        drafts = []
        for part, dataset in zip(batch, datasets, strict=True):
            quads = list(dataset.quads())
            merged = [self._index(name) for name in needs[part.name] if name not in self._reference]
            reference = [self._index(name) for name in needs[part.name] if name in self._reference]
            context = find_context(quads, merged, ontology, ReferenceData(reference, described))
            around += context.quads()
            drafts.append(_Draft(part, dataset, quads, context))
        everything = Dataset(tuple(file for draft in drafts for file in draft.dataset.files))
        spaces = sum((find_space_facts(each.dataset, claims[each.part.name]) for each in drafts), SpaceFacts())
        results = find_results(everything, around, self._loaded_shapes(), spaces)
        if self._reference:

            def with_reference() -> tuple[Result, ...]:
                around = list(ontology)
                for draft in drafts:
                    merged = [self._index(name) for name in needs[draft.part.name]]
                    around += find_context(draft.quads, merged, ontology).quads()
                return find_results(everything, around, self._loaded_shapes(), spaces)

            indexes = [self._index(name) for name in self._reference]
            redescribed = ReferenceData(indexes, ()).redescribed(everything.quads())
            results = without_false_links(results, redescribed, with_reference)
        return [self._finish(draft, results, needs[draft.part.name]) for draft in drafts]

    def _ontology(self, described: Container[object]) -> list[ox.Quad]:
        """Return the ontology; as reference, without its texts about the terms that the data describe."""
        if ONTOLOGY not in self._parts:
            return []
        ontology = list(self._dataset(ONTOLOGY).quads())
        return without_descriptions(ontology, described) if ONTOLOGY in self._reference else ontology

    def _finish(self, draft: _Draft, results: tuple[Result, ...], needed: tuple[str, ...]) -> BuiltPart:
        """Write a part, and select its results from those of its batch."""
        named = {
            term.value
            for quad in draft.quads
            for term in (quad.subject, quad.object)
            if not isinstance(term, ox.Triple)
        }
        files = {file.path for file in draft.dataset.files}
        own = tuple(result for result in results if str(result.focus) in named or is_about_cell(result, files))
        merged = self._merge(draft, needed)
        name = draft.part.name
        path = self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:20]}.nq"
        path.write_bytes(canonical_n_quads(merged, name))
        types = [ox.Quad(*triple) for triple in draft.context.derived]
        coverage = find_coverage(draft.dataset, types, self._loaded_shapes())
        return BuiltPart(name, path, count(merged), plans(merged), own, coverage)

    def _merge(self, draft: _Draft, needed: tuple[str, ...]) -> list[ox.Quad]:
        """Return the named graphs, also of what is derived, and their merge without what an earlier part has."""
        earlier = [self._index(name) for name in needed if name < draft.part.name]
        stated: set[ox.Triple] = set()
        left: set[object] = set()
        for subject in {quad.subject for quad in draft.quads}:
            for index in earlier:
                said = index.statements(subject)
                if said:
                    stated.update(quad.triple for quad in said)
                    left.add(subject)  # whatever follows of it is derived there, from the same statements
        own = [triple for triple in draft.context.derived if triple.subject not in left]
        graphs = PlanGraphs([*draft.quads, *draft.context.descriptions], draft.context.derived)
        derived = [
            *(ox.Quad(t.subject, t.predicate, t.object, graphs.derived_graph(t.subject)) for t in own),
            *describe_derived_graphs(draft.quads, graphs, earlier),
        ]
        merge = dict.fromkeys(quad.triple for quad in (*draft.quads, *derived))
        return [
            *dict.fromkeys(draft.quads),
            *derived,
            *(ox.Quad(t.subject, t.predicate, t.object) for t in merge if t not in stated),
        ]

    def _dataset(self, name: str) -> Dataset:
        if name not in self._datasets:
            self._datasets[name] = self._parts[name].read()
        return self._datasets[name]

    def _index(self, name: str) -> DescriptionIndex:
        if name not in self._indexes:
            self._indexes[name] = DescriptionIndex(self._dataset(name).quads())
        return self._indexes[name]

    def _loaded_shapes(self) -> Shapes:
        if self._shapes is None:
            self._shapes = load_shapes(*self._paths)
        return self._shapes
