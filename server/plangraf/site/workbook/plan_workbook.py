"""A plan of the release as a workbook, in which what is missing is marked."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock

import pyoxigraph as ox
from anyio import to_thread

from plangraf.engine.ask import Term, select
from plangraf.engine.interface import Query
from plangraf.errors import ResourceNotFound
from plangraf.http.services import Services
from plangraf.languages import N_, InterfaceLanguage
from plangraf.linkeddata.addresses import Addresses
from plangraf.namespaces import is_derived_graph
from plangraf.release.plan_source import plan_source

WORKBOOK_PATH = "/workbook"

_STATEMENTS = "SELECT ?graph ?s ?p ?o { GRAPH ?graph { ?s ?p ?o } }"
_WRITING = Lock()  # one at a time, because each takes the processor from other answers, some for 0.1 s
_NUMBERS = re.compile(r"(\d+)")
_LANGUAGES = {"nb": 0, "nn": 1}


def workbook_path(plan: str, addresses: Addresses) -> str:
    """Return the path of the workbook of a plan."""
    return f"{WORKBOOK_PATH}/{addresses.name(plan)}.xlsx"


async def plan_workbook(plan: str, language: InterfaceLanguage, services: Services) -> bytes:
    """Return a plan as a workbook, whose times are those of the release: one call of the engine.

    Args:
        plan: the IRI of the plan.
        language: the language of the names of sheets and columns.
        services: the services of the release.

    Raises:
        ResourceNotFound: the release has no such plan.
    """
    dataset = (await services.facts.datasets()).about(plan) if plan in services.manifest.plans else None
    if dataset is None:
        raise ResourceNotFound(N_("There is no plan {iri}."), iri=plan, members={"iri": plan})
    graphs = tuple(graph for graph in dataset.graphs if not is_derived_graph(graph))
    found = await select(services.engine, Query(_STATEMENTS, values={"graph": graphs}))
    quads = [_quad(each) for each in found]
    return await to_thread.run_sync(_write, plan, dataset.main, quads, language, services.manifest.built)


def _quad(solution: Mapping[str, Term]) -> ox.Quad:
    subject, predicate, graph = (solution[name] for name in ("s", "p", "graph"))
    assert isinstance(subject, (ox.NamedNode, ox.BlankNode))  # noqa: S101  # RDF 1.1 has no other subjects
    assert isinstance(predicate, ox.NamedNode)  # noqa: S101  # nor other predicates
    assert isinstance(graph, ox.NamedNode)  # noqa: S101  # the query names the graphs
    return ox.Quad(subject, predicate, solution["o"], graph)


def _write(
    plan: str, graph: str, quads: Iterable[ox.Quad], language: InterfaceLanguage, built: datetime | None
) -> bytes:
    # They import openpyxl, which servers need for nothing else.
    from plangraf.workbook.from_statements import from_statements
    from plangraf.workbook.times import EARLIEST
    from plangraf.workbook.xlsx_writer import write_xlsx

    source = plan_source(plan, graph, sorted(quads, key=_order))
    with _WRITING:
        rows = from_statements(source.quads, source.addresses, language).rows
        return write_xlsx(rows, language, time=built or EARLIEST)


def _order(quad: ox.Quad) -> tuple[object, ...]:
    """Return the sort key of a statement: rows by the numbers in their IRIs, and texts in Norwegian first."""
    subject, value, graph = quad.subject, quad.object, quad.graph_name
    language = value.language or "" if isinstance(value, ox.Literal) else ""
    return (
        graph.value if isinstance(graph, ox.NamedNode) else "",
        _natural("" if isinstance(subject, ox.Triple) else subject.value),
        quad.predicate.value,
        _LANGUAGES.get(language, len(_LANGUAGES)),
        _natural("" if isinstance(value, ox.Triple) else value.value),
        str(value),
    )


def _natural(text: str) -> list[tuple[int, str]]:
    """Return a sort key by which 1.10 comes after 1.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(text)]
