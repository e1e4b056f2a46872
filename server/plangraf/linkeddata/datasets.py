"""The datasets of a release: each has one main graph and the graphs that translate it or link from it.

A main graph describes a plan or another concept scheme. The dataset about a plan is not the plan itself, and has an
IRI of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from urllib.parse import quote, unquote

from plangraf.engine.ask import construct
from plangraf.engine.interface import Engine, Query
from plangraf.linkeddata.sources import DERIVED, Sources, find_sources
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import DERIVED_GRAPH, GRAPH, ONTOLOGY, expand
from plangraf.release.dumps import DumpSelection, graph_dump
from plangraf.release.release import Manifest

_QUERY = (files(__package__) / "queries" / "catalogue.rq").read_text(encoding="utf-8")
REST = "other"
"""The name of the dataset of the graphs that no plan or scheme has."""
_DESCRIBED = expand("foaf:primaryTopic")
_PLAN = expand("plan:Plan")
_BESIDE = frozenset(expand(f"plan:{role}") for role in ("Translation", "EditorialLinking"))
_NOT_MAIN = _BESIDE | {DERIVED}


@dataclass(frozen=True)
class CatalogueDataset:
    """A dataset of the catalogue (`dcat:Dataset`): the graphs of one plan or scheme.

    Attributes:
        name: its unique name, which is the path of its main graph.
        graphs: the IRIs of its graphs; the main graph first, then the others, sorted.
        subjects: the IRIs of the plans and schemes that the main graph describes, sorted; the dataset of the rest has
            none.
    """

    name: str
    graphs: tuple[str, ...]
    subjects: tuple[str, ...]

    @property
    def main(self) -> str:
        """The IRI of the graph that describes the plan or scheme."""
        return self.graphs[0]


@dataclass(frozen=True)
class Datasets:
    """All datasets of a release.

    Attributes:
        statements: the statements about graphs, plans, schemes and agents.
        graphs: the IRIs of all named graphs, sorted.
        datasets: sorted by their names, the dataset of the rest at the end; each graph is in one of them.
    """

    statements: Statements
    graphs: tuple[str, ...]
    datasets: tuple[CatalogueDataset, ...]

    def about(self, subject: str) -> CatalogueDataset | None:
        """Return the dataset whose main graph describes `subject`, or None."""
        return next((dataset for dataset in self.datasets if subject in dataset.subjects), None)

    @cached_property
    def all_sources(self) -> Sources:
        """All graphs, as the sources of what is about the whole release."""
        return self.sources(self.graphs)

    def sources(self, describing: Iterable[str], referring: Iterable[str] = ()) -> Sources:
        """Return the sources of a document, with the licences and creators that the graphs state.

        Args:
            describing: the graphs with statements about the subject of the document.
            referring: the graphs whose other statements are in the document.
        """
        return find_sources(self.statements, describing, referring)

    def sources_about(self, subjects: Iterable[str]) -> Sources:
        """Return the sources of a document about several plans or schemes."""
        found = map(self.about, subjects)
        return self.sources(graph for dataset in found if dataset is not None for graph in dataset.graphs)

    def licence(self, graphs: Iterable[str]) -> str | None:
        """Return the one licence that all of `graphs` state, or None."""
        return self.sources(graphs).licence

    @property
    def dump_selection(self) -> DumpSelection:
        """The graphs and datasets of which dumps are written."""
        return DumpSelection(graphs=self.graphs, datasets={dataset.name: dataset.graphs for dataset in self.datasets})


async def read_datasets(engine: Engine, manifest: Manifest) -> Datasets:
    """Return the datasets of a release: one call of the engine."""
    statements = Statements(await construct(engine, Query(_QUERY)))
    return find_datasets(statements, manifest.counts.graphs)


def find_datasets(statements: Statements, graphs: Iterable[str]) -> Datasets:
    """Return the datasets among `graphs`.

    A graph that describes a plan or a scheme is a main graph, unless it is derived, a translation or editorial. Its
    dataset includes the graphs with IRIs below its own, and the translations and editorial links that declare it as
    their source. All other graphs, such as those of organisations and of the vocabulary, are the dataset `REST`.
    """
    known = sorted(graphs)
    mains = [graph for graph in known if _is_main(statements, graph)]
    parts: dict[str, list[str]] = {main: [] for main in mains}
    for graph in known:
        owner = _owner(statements, graph, parts)
        if owner is not None:
            parts[owner].append(graph)
    found = (
        CatalogueDataset(main.removeprefix(GRAPH), (main, *below), tuple(statements.iris(main, _DESCRIBED)))
        for main, below in parts.items()
    )
    within = {graph for main, below in parts.items() for graph in (main, *below)}
    rest = tuple(graph for graph in known if graph not in within)
    datasets = sorted(found, key=lambda dataset: dataset.name)
    return Datasets(statements, tuple(known), (*datasets, *([CatalogueDataset(REST, rest, ())] if rest else [])))


def possible_graphs(name: str, graphs: Collection[str]) -> Collection[str]:
    """Return the graphs of which a dataset of this name has one in whatever release.

    Args:
        name: the name of the dataset, as in paths.
        graphs: all graphs of a release.
    """
    return graphs if name == REST else (GRAPH + unquote(name),)


def graphs_of_dump(name: str, datasets: Datasets) -> tuple[str, ...]:
    """Return the graphs of which the dump `name` has statements: one, those of a dataset, or all."""
    for graph in datasets.graphs:
        if name == graph_dump(graph):
            return (graph,)
    fitting = [d for d in datasets.datasets if name.startswith(f"dataset/{quote(d.name)}.")]
    return max(fitting, key=lambda dataset: len(dataset.name)).graphs if fitting else datasets.graphs


def _is_main(statements: Statements, graph: str) -> bool:
    beside = _NOT_MAIN.intersection(statements.iris(graph, expand("plan:graphRole")))
    return graph not in (DERIVED_GRAPH, ONTOLOGY) and not beside and bool(statements.iris(graph, _DESCRIBED))


def _owner(statements: Statements, graph: str, mains: dict[str, list[str]]) -> str | None:
    """Return the main graph to which `graph` belongs, or None."""
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
    # Editorial links have both the plan and the linked scheme as sources; they belong to the plan.
    sources.sort(
        key=lambda source: not any(_PLAN in statements.types(s) for s in statements.iris(source, _DESCRIBED))
    )
    return next(iter(sources), None)
