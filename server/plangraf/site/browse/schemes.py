"""Plans, other concept schemes and collections, whose concepts can be browsed."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from plangraf.engine.ask import Solution, load_query, select
from plangraf.engine.interface import Engine, Query
from plangraf.languages import N_
from plangraf.linkeddata.datasets import CatalogueDataset, Datasets
from plangraf.namespaces import compact, expand
from plangraf.site.browse.alphabet import collation_key
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference, best

PATH = "/browse"
ROWS = 50
"""The number of schemes or concepts on a page."""
SCHEMES = Query(load_query(__package__, "schemes"))
"""The query for all schemes and collections."""
FORMS = {"plan": N_("plan"), "scheme": N_("concept scheme"), "collection": N_("collection")}

_FORMS = {
    expand("plan:Plan"): "plan",
    expand("skos:ConceptScheme"): "scheme",
    expand("skos:Collection"): "collection",
}


@dataclass(frozen=True)
class Scheme:
    """A plan, another concept scheme, or a collection.

    Attributes:
        iri: its IRI.
        graph: the IRI of the graph that describes it.
        form: `plan`, `scheme` or `collection`.
        labels: its preferred labels.
        concepts: the number of its concepts.
    """

    iri: str
    graph: str
    form: str
    labels: tuple[ox.Literal, ...]
    concepts: int

    def reference(self, reader: Reader) -> Reference:
        """Return the link to its own page, with its label for a reader."""
        name = best(self.labels, reader) or Name(compact(self.iri).strip("<>"))
        return Reference(self.iri, reader.href(reader.addresses.described_path(self.iri)), name, None, local=True)


@dataclass(frozen=True)
class ListedScheme:
    """A scheme with its dataset and publisher.

    Attributes:
        dataset: the name of the dataset.
        scheme: the scheme.
        reference: the link to the scheme's page.
        publisher: the publisher, if the scheme is a plan.
        path: the path of the list of its concepts.
    """

    dataset: str
    scheme: Scheme
    reference: Reference
    publisher: Reference | None
    path: str


async def read_schemes(engine: Engine) -> tuple[Scheme, ...]:
    """Return all schemes and collections of the release: one call of the engine."""
    return gather(await select(engine, SCHEMES))


def gather(solutions: Iterable[Solution]) -> tuple[Scheme, ...]:
    """Return the schemes in the solutions of the query; a plan has only the form `plan`."""
    order = list(FORMS)
    found: dict[tuple[str, str], tuple[str, int, dict[ox.Literal, None]]] = {}
    for row in solutions:
        if not isinstance(row["scheme"], ox.NamedNode):
            continue
        key = (row["graph"].value, row["scheme"].value)
        form, count = _FORMS[row["class"].value], int(row["concepts"].value) if "concepts" in row else 0
        known = found.get(key)
        labels = known[2] if known else {}
        label = row.get("label")
        if isinstance(label, ox.Literal):
            labels[label] = None
        first = form if known is None else min(form, known[0], key=order.index)
        found[key] = (first, count, labels)
    return tuple(
        Scheme(iri, graph, form, tuple(labels), count)
        for (graph, iri), (form, count, labels) in sorted(found.items())
    )


def of_dataset(dataset: CatalogueDataset, schemes: Iterable[Scheme]) -> list[Scheme]:
    """Return the schemes that the main graph of a dataset describes: plans, then schemes, then collections."""
    order = list(FORMS)
    own = [scheme for scheme in schemes if scheme.graph == dataset.main]
    return sorted(own, key=lambda scheme: (order.index(scheme.form), scheme.iri))


def browse_path(name: str, ending: str = "", parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return the path of the concept list of a dataset."""
    query = urlencode(list(parameters))
    return f"{PATH}/{quote(name, safe='/%')}{ending}" + (f"?{query}" if query else "")


def list_schemes(datasets: Datasets, schemes: Iterable[Scheme], reader: Reader) -> list[ListedScheme]:
    """Return all schemes: plans by publisher and name, then other schemes, then collections."""
    every, reading, found = tuple(schemes), Reading(datasets.statements, reader), []
    for dataset in datasets.datasets:
        if not dataset.subjects:
            continue  # it has no scheme
        own = of_dataset(dataset, every)
        for scheme in own:
            publishers = reading.references(scheme.iri, "dct:publisher") if scheme.form == "plan" else []
            parameters = [("scheme", scheme.iri)] if scheme is not own[0] else []
            found.append(
                ListedScheme(
                    dataset.name,
                    scheme,
                    scheme.reference(reader),
                    publishers[0] if publishers else None,
                    browse_path(dataset.name, parameters=parameters),
                )
            )
    order = list(FORMS)

    def place(row: ListedScheme) -> tuple[object, ...]:
        publisher = row.publisher
        return (
            order.index(row.scheme.form),
            publisher is None,
            collation_key(publisher.name.text) if publisher else (),
            publisher.iri if publisher else "",
            collation_key(row.reference.name.text),
            row.scheme.iri,
        )

    return sorted(found, key=place)
