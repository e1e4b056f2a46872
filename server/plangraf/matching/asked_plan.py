"""The plan whose links are asked about, and all that it can be linked to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.matching.linkables import Linkable, LinkableKind, Linkables, read_linkables
from plangraf.namespaces import ID, is_derived_graph
from plangraf.release.plan_source import PlanSource, graphs_of_plans, plan_source, read_plan
from plangraf.release.release import Release
from plangraf.settings import Settings
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference


@dataclass(frozen=True)
class AskedPlan:
    """A plan, with what is known around it.

    Attributes:
        source: its statements.
        linkables: all linkable things: those of the release, with this plan as it is in `source`.
        release: the identifier of the release, or None if the data were read without one.
    """

    source: PlanSource
    linkables: Linkables
    release: str | None

    @property
    def goals(self) -> tuple[Linkable, ...]:
        """The goals and focus areas of the plan, in the order of their IRIs."""
        found = self.linkables.of_plan(self.source.addresses.plan)
        return tuple(thing for thing in found if thing.kind is LinkableKind.GOAL)


@dataclass(frozen=True)
class KnownQuads:
    """The statements that a plan is matched against, and the identifier of their release if they have one."""

    quads: tuple[ox.Quad, ...]
    release: str | None


def known_quads(settings: Settings) -> KnownQuads:
    """Return the statements of the release that the settings name, or else of their data, or of the shipped ones.

    Raises:
        InputError: the release or the data cannot be read.
    """
    if settings.served is None:
        files = [*list_files(settings.data or (shipped.DATA,)), *(list_reference() if settings.data else ())]
        return KnownQuads(tuple(quad for file in files for quad in file.read().quads), None)
    release = Release.open(settings.served)
    with release.quads.open("rb") as file:
        return KnownQuads(tuple(ox.parse(file, format=ox.RdfFormat.N_QUADS)), release.manifest.release)


def read_asked_plan(given: str, plan: str | None, settings: Settings) -> AskedPlan:
    """Return the plan that somebody names.

    Args:
        given: a path with a plan, or the IRI of a published plan, or the end of that IRI.
        plan: the IRI of the plan, if the path has several.
        settings: the settings, which name the release that the plan is matched against.

    Raises:
        InputError: there is no such plan, there are several, or a file cannot be read.
    """
    path = Path(given)
    if path.exists():
        source, known = read_plan(path, plan), known_quads(settings)
    else:
        known = known_quads(settings)
        iri = given if "://" in given else f"{ID}{given.strip('/')}"
        source = _published(iri, known.quads, path)
    others = outside(known.quads, [source.addresses.graph()])
    return AskedPlan(source, read_linkables((*others, *source.quads)), known.release)


def _published(iri: str, quads: Iterable[ox.Quad], given: Path) -> PlanSource:
    """Return the statements of a published plan."""
    quads = tuple(quads)
    graphs = graphs_of_plans(quads)
    if iri not in graphs:
        near = get_close_matches(iri, graphs, 1, 0.6)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(f"is neither a file or folder with a plan nor the IRI of a published plan{hint}", given)
    return plan_source(iri, graphs[iri], (quad for quad in quads if not _is_derived(quad)))


def outside(quads: Iterable[ox.Quad], graphs: Collection[str]) -> Iterator[ox.Quad]:
    """Yield the statements that are neither in one of these graphs of plans nor in a graph below one."""
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not any(name == graph or name.startswith(f"{graph}/") for graph in graphs):
            yield quad


def _is_derived(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and is_derived_graph(quad.graph_name.value)
