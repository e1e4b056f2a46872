"""Reading of one plan from any kind of file, to convert it to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, ID, expand
from plangraf.release.placement import place
from plangraf.sources.dataset import ListedFile, list_files
from plangraf.workbook.addresses import PlanAddresses, is_code, slug
from plangraf.workbook.findings import CellFinding

_TYPE = ox.NamedNode(expand("rdf:type"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_ROLE = ox.NamedNode(expand("plan:graphRole"))
_PUBLISHERS_TEXT = ox.NamedNode(expand("plan:PublishersText"))


@dataclass(frozen=True)
class PlanSource:
    """The statements of one plan.

    Attributes:
        addresses: the addresses of the plan.
        quads: the statements of its graphs.
        findings: the faults of cells, if it was read from a workbook.
    """

    addresses: PlanAddresses
    quads: tuple[ox.Quad, ...]
    findings: tuple[CellFinding, ...]


def read_plan(path: Path, plan: str | None = None) -> PlanSource:
    """Return the statements of the plan that a file or a folder has.

    Args:
        path: a workbook, a folder of CSV files, an RDF file, or a folder of these.
        plan: the IRI of the plan, if there are several.

    Raises:
        InputError: a file cannot be read, or there is no plan, or there are several and `plan` names none of them.
    """
    files = [file.read() for file in plan_files(path)]
    quads = [quad for file in files for quad in file.quads]
    findings = tuple(finding for file in files for finding in file.findings)
    plans = graphs_of_plans(quads)
    if plan is not None and plan not in plans:
        raise InputError(f"has no plan <{plan}>; it has {_listed(plans)}", path)
    if not plans and not findings:
        raise InputError("has no plan (a thing of the class plan:Plan)", path)
    if plan is None and len(plans) > 1:
        raise InputError(f"has {len(plans)} plans; name one of them with --plan: {_listed(plans)}", path)
    chosen = plan or next(iter(plans), f"{ID}publisher/plan")
    graph = plans.get(chosen, f"{GRAPH}publisher/plan")
    return plan_source(chosen, graph, quads, findings)


def graphs_of_plans(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the IRIs of the plans that statements describe, each with the IRI of its graph."""
    return {
        quad.subject.value: quad.graph_name.value
        for quad in quads
        if quad.predicate == _TYPE
        and quad.object == _PLAN
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.graph_name, ox.NamedNode)
    }


def plan_files(path: Path) -> tuple[ListedFile, ...]:
    """Return the files with the graphs in which they are published, or else by their paths.

    Raises:
        InputError: a path does not exist, or a folder holds no file with data.
    """
    try:
        return place([path]).files
    except InputError:
        return list_files([path])


def plan_source(
    plan: str, graph: str, quads: Iterable[ox.Quad], findings: tuple[CellFinding, ...] = ()
) -> PlanSource:
    """Return the statements of a plan, in the graphs in which it is published.

    Args:
        plan: the IRI of the plan.
        graph: the graph that describes it.
        quads: the statements of this graph and those below it, among others.
        findings: the faults of cells, if they were read from a workbook.
    """
    quads = tuple(quads)
    described = [
        quad.subject.value
        for quad in quads
        if quad.predicate == _ROLE
        and quad.object == _PUBLISHERS_TEXT
        and isinstance(quad.subject, ox.NamedNode)
        and quad.graph_name == ox.NamedNode(graph)
        and quad.subject.value.startswith(GRAPH)
    ]
    published = described[0] if len(described) == 1 else graph
    code = published.removeprefix(GRAPH)
    if not is_code(code):
        below = plan.removeprefix(ID) if plan.startswith(ID) else "/".join(plan.rstrip("/").split("/")[-2:])
        code = "/".join(slug(part) for part in below.split("/"))
    addresses = PlanAddresses.of(code, plan)
    own = []
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if name == graph or name.startswith(f"{graph}/"):
            moved = ox.NamedNode(addresses.graph() + name.removeprefix(graph))
            own.append(ox.Quad(quad.subject, quad.predicate, quad.object, moved))
    return PlanSource(addresses, tuple(own), findings)


def _listed(plans: dict[str, str]) -> str:
    return ", ".join(f"<{iri}>" for iri in sorted(plans)) or "none"
