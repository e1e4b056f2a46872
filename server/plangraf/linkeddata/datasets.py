"""Which datasets a release holds: one for each graph with a plan or another concept scheme, and what belongs to it.

The RDF about a plan is not the plan: a dataset is a main graph, in which a plan or a scheme is described, together
with the graphs that translate it or link from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ONTOLOGY, expand
from plangraf.release.dumps import DumpSelection
from plangraf.release.release import Manifest

_QUERY = (files(__package__) / "queries" / "catalogue.rq").read_text(encoding="utf-8")
_DESCRIBED = expand("foaf:primaryTopic")
_PLAN = expand("plan:Plan")
_BESIDE = frozenset(expand(f"plan:{role}") for role in ("Translation", "EditorialLinking"))


@dataclass(frozen=True)
class Dataset:
    """A dataset of the release.

    Attributes:
        name: what tells it from the others; the path of its main graph.
        graphs: the IRIs of its graphs; the main graph first, then the others, sorted.
        subjects: the IRIs of the plans and schemes that the main graph describes, sorted.
    """

    name: str
    graphs: tuple[str, ...]
    subjects: tuple[str, ...]

    @property
    def main(self) -> str:
        """The IRI of the graph in which the plan or scheme is described."""
        return self.graphs[0]


@dataclass(frozen=True)
class Datasets:
    """All datasets of a release.

    Attributes:
        statements: what the release says of its graphs, plans, schemes and agents.
        graphs: the IRIs of all named graphs, sorted.
        datasets: sorted by their names.
    """

    statements: Statements
    graphs: tuple[str, ...]
    datasets: tuple[Dataset, ...]

    def about(self, subject: str) -> Dataset | None:
        """Return the dataset whose main graph describes `subject`, if there is one."""
        return next((dataset for dataset in self.datasets if subject in dataset.subjects), None)

    def licence(self, graphs: Iterable[str]) -> str | None:
        """Return the licence that all of `graphs` have, or None when they differ; each graph then says its own."""
        found = {licence for graph in graphs for licence in self.statements.iris(graph, expand("dct:license"))}
        return found.pop() if len(found) == 1 else None

    @property
    def dump_selection(self) -> DumpSelection:
        """The dumps that these datasets come as."""
        return DumpSelection(graphs=self.graphs, datasets={dataset.name: dataset.graphs for dataset in self.datasets})


async def read_datasets(engine: Engine, manifest: Manifest) -> Datasets:
    """Return the datasets of a release: one call of the engine."""
    statements = Statements(await construct(engine, Query(_QUERY)))
    return find_datasets(statements, manifest.counts.graphs)


def find_datasets(statements: Statements, graphs: Iterable[str]) -> Datasets:
    """Return the datasets among `graphs`.

    A graph that describes a plan or a scheme begins a dataset, unless it is derived, a translation or editorial. A
    graph below it (in the path of the IRI) belongs to it, and so does a translation or a set of editorial links that
    says that it is derived from it. What belongs to none is in the release's own dataset alone.
    """
    known = sorted(graphs)
    mains = [graph for graph in known if _is_main(statements, graph)]
    parts: dict[str, list[str]] = {main: [] for main in mains}
    for graph in known:
        owner = _owner(statements, graph, parts)
        if owner is not None:
            parts[owner].append(graph)
    found = (
        Dataset(main.removeprefix(GRAPH), (main, *below), tuple(statements.iris(main, _DESCRIBED)))
        for main, below in parts.items()
    )
    return Datasets(statements, tuple(known), tuple(sorted(found, key=lambda dataset: dataset.name)))


def _is_main(statements: Statements, graph: str) -> bool:
    beside = _BESIDE.intersection(statements.iris(graph, expand("plan:graphRole")))
    return graph not in (DERIVED_GRAPH, ONTOLOGY) and not beside and bool(statements.iris(graph, _DESCRIBED))


def _owner(statements: Statements, graph: str, mains: dict[str, list[str]]) -> str | None:
    """Return the main graph that `graph` belongs to, when it is none itself."""
    if graph in mains:
        return None
    above = graph
    while "/" in above.removeprefix(GRAPH):
        above = above.rpartition("/")[0]
        if above in mains:
            return above
    if not _BESIDE.intersection(statements.iris(graph, expand("plan:graphRole"))):
        return None
    sources = [source for source in statements.iris(graph, expand("prov:wasDerivedFrom")) if source in mains]
    # Editorial links are derived from a plan and from the scheme that they lead to; they are the plan's.
    sources.sort(
        key=lambda source: not any(_PLAN in statements.types(s) for s in statements.iris(source, _DESCRIBED))
    )
    return next(iter(sources), None)
