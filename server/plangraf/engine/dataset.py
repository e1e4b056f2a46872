"""The dataset of a query (SPARQL 1.1 Query, section 13.2): its default graph is the RDF merge of the selected graphs.

pyoxigraph reads several default graphs one after another, so a triple that two of them state has two solutions. Here,
one graph goes to it as it is, all graphs are the stored merge, and another selection is merged in a store of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.engine.interface import Query
from plangraf.engine.prologue import QUERY_FORMS
from plangraf.engine.tokens import TOKEN
from plangraf.namespaces import SPARQL


@dataclass(frozen=True)
class QueryDataset:
    """The dataset that a query is evaluated on.

    Attributes:
        store: the store with the data.
        default_graphs: the graphs whose triples are those of the default graph, in which each is only once; None for
            what the store and the query say.
        named_graphs: the named graphs, each once; None with `default_graphs`.
    """

    store: ox.Store
    default_graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None


@dataclass(frozen=True)
class _Selection:
    """The graphs that a request or a query selects, each once."""

    default: tuple[ox.NamedNode, ...]
    named: tuple[ox.NamedNode, ...]


def select_dataset(store: ox.Store, query: Query, text: str) -> QueryDataset:
    """Return the dataset of a query. The graphs of the request take precedence over those of FROM in the text.

    Args:
        store: the release: named graphs, and their merge as the default graph.
        query: the query.
        text: its text, with bindings and values substituted.

    Raises:
        ValueError: a graph of the request is not an absolute IRI.
    """
    selection: _Selection | None = None
    if query.default_graphs or query.named_graphs:
        selection = _Selection(_nodes(query.default_graphs), _nodes(query.named_graphs))
    elif "from" in text.lower():
        selection = _dataset_clauses(text)
    if selection is None:
        return QueryDataset(store)
    default, named = list(selection.default), list(selection.named)
    if len(default) > 1:
        default = [graph for graph in default if store.contains_named_graph(graph)] or default[:1]
    if len(default) == 1 or not default:
        return QueryDataset(store, [*default], [*named])
    if set(default) >= set(store.named_graphs()):
        return QueryDataset(store, [ox.DefaultGraph()], [*named])
    merged = ox.Store()
    merged.bulk_extend(_statements(store, default, named))
    return QueryDataset(merged, [ox.DefaultGraph()], [*named])


def _nodes(iris: tuple[str, ...]) -> tuple[ox.NamedNode, ...]:
    return tuple(map(ox.NamedNode, dict.fromkeys(iris)))


def _statements(store: ox.Store, default: list[ox.NamedNode], named: list[ox.NamedNode]) -> Iterator[ox.Quad]:
    """Yield the statements of a dataset, with the same blank nodes in the default graph and the named ones."""
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, graph)


def _dataset_clauses(text: str) -> _Selection | None:
    """Return the graphs of FROM and FROM NAMED; None if there are none, or if the engine cannot resolve them."""
    prologue: str | None = None
    clauses: list[tuple[bool, str]] = []
    before = ""
    for match in TOKEN.finditer(text):
        kind, lexeme = match.lastgroup, match[0]
        if kind == "comment":
            continue
        word = lexeme.lower() if kind == "word" else ""
        if prologue is None and word.startswith(QUERY_FORMS):
            prologue = text[: match.start()]
        if before in ("from", "named") and kind in ("iri", "name"):
            clauses.append((before == "named", lexeme))
        elif clauses and not word.endswith("from") and word != "named":
            break  # the clauses follow one another
        before = "from" if word.endswith("from") else word if before == "from" else ""
    if prologue is None or not clauses:
        return None
    graphs = _resolve(prologue, [graph for _, graph in clauses])
    if graphs is None:
        return None
    default, named = (
        dict.fromkeys(graph for graph, (is_named, _) in zip(graphs, clauses, strict=True) if is_named == wanted)
        for wanted in (False, True)
    )
    return _Selection(tuple(default), tuple(named))


def _resolve(prologue: str, names: list[str]) -> list[ox.NamedNode] | None:
    """Return the IRIs of references and prefixed names as the engine resolves them, or None if it cannot."""
    try:
        found = ox.Store().query(
            f"{prologue}SELECT ?graph {{ VALUES ?graph {{ {' '.join(names)} }} }}", base_iri=SPARQL
        )
    except SyntaxError:
        return None  # the whole query has the same error, which its evaluation reports
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # it is a SELECT
    return [graph for solution in found if isinstance(graph := solution["graph"], ox.NamedNode)]
