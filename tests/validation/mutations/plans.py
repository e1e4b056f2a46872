"""The plans that are mutated, each with the rest of the shipped data to look things up in."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
from tests.validation.mutations.plan_data import TYPE, PlanData, name

from plangraf import shipped
from plangraf.formats import N_QUADS
from plangraf.sources.dataset import Dataset, SourceFile, read_dataset
from plangraf.validation.context import DescriptionIndex
from plangraf.validation.result import Result, Severity
from plangraf.validation.shapes import Shapes
from plangraf.validation.validate import validate_in_context


class ReferredPlan:
    """A plan, and what it may refer to; it knows what is reported about it before any change.

    Args:
        data: the plan.
        reference: the shipped data without the plan.
        ontology: the ontology.
    """

    def __init__(self, data: PlanData, reference: list[ox.Quad], ontology: list[ox.Quad]) -> None:
        self.data = data
        self._reference = DescriptionIndex(reference)
        self._ontology = ontology
        self._before: set[tuple[object, ...]] | None = None
        self._shapes_before: set[object] = set()

    def new_results(self, quads: tuple[ox.Quad, ...], shapes: Shapes) -> list[Result]:
        """Return the results about changed statements that are not about the plan as it was.

        Of the shapes that inform about the plan as it was, warnings and violations alone count: such a result under
        another name says nothing new.
        """
        if self._before is None:
            before = self.results(self.data.quads, shapes)
            self._before = {result.identity for result in before}
            self._shapes_before = {result.shape for result in before}
        return [
            result
            for result in self.results(quads, shapes)
            if result.identity not in self._before
            and not (result.severity == Severity.INFO and result.shape in self._shapes_before)
        ]

    def results(self, quads: tuple[ox.Quad, ...], shapes: Shapes) -> tuple[Result, ...]:
        """Return the results about statements in the context of the plan."""
        content = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        file = SourceFile(Path(f"plan.{N_QUADS.extension}"), quads, content, placed=True)
        return validate_in_context(Dataset((file,)), self._reference, self._ontology, shapes).results


@cache
def referred_plans() -> tuple[ReferredPlan, ...]:
    """Return the shipped plans and the example of the ontology, with the organisation of each that has one."""
    ontology = list(read_dataset([shipped.ONTOLOGY]).quads())
    files = read_dataset([shipped.DATA]).files
    everything = [quad for file in files for quad in file.quads]
    found = []
    for folder in sorted({file.path.parent for file in files if _has_plan(file.quads)}):
        own = [file for file in files if file.path.is_relative_to(folder)]
        about = [file for file in files if file.path == folder.parent / "organisation.ttl"]
        quads = tuple(dict.fromkeys(quad for file in (*own, *about) for quad in file.quads))
        mine = set(quads)
        found.append(
            ReferredPlan(
                PlanData(folder.relative_to(shipped.DATA).as_posix(), quads),
                [quad for quad in everything if quad not in mine],
                ontology,
            )
        )
    # As it would lie in a folder of its own: its statements are in the graph that it describes.
    example = tuple(quad for file in read_dataset([shipped.EXAMPLE]).files for quad in file.quads)
    [graph] = {quad.subject for quad in example if quad.predicate == name("plan:graphRole")}
    assert isinstance(graph, ox.NamedNode)
    placed = tuple(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in example)
    return (*found, ReferredPlan(PlanData("example", placed), everything, ontology))


def _has_plan(quads: tuple[ox.Quad, ...]) -> bool:
    return any(quad.predicate == TYPE and quad.object == name("plan:Plan") for quad in quads)
