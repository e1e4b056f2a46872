"""Catalogues in DCAT: their documents, and their further pages."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from plangraf.formats import (
    CSV_FOLDER,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    ODS,
    RDF_XML,
    TRIG,
    TURTLE,
    XLS,
    XLSX,
    Format,
    by_extension,
)
from plangraf.harvesting.address import SourceAddress
from plangraf.harvesting.faults import HarvestError
from plangraf.harvesting.harvested_file import publisher_of
from plangraf.linkeddata.catalogue import CATALOGUE, CATALOGUE_PATH, WHOLE_DATASET
from plangraf.namespaces import GRAPH, expand, is_derived_graph
from plangraf.rdf.well_formed import is_web_address
from plangraf.reserved_segments import reserved_segment_of

_GRAPHS = "/graph/"
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_NEXT = tuple(ox.NamedNode(f"{_HYDRA}{name}") for name in ("next", "nextPage"))
_TYPE, _DATASET, _DISTRIBUTION, _SUBSET, _LICENCE = (
    ox.NamedNode(expand(name))
    for name in ("rdf:type", "dcat:Dataset", "dcat:distribution", "void:subset", "dct:license")
)
_CATALOGUE = ox.NamedNode(expand("dcat:Catalog"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_TARGETS = tuple(ox.NamedNode(expand(name)) for name in ("dcat:downloadURL", "dcat:accessURL"))
_KINDS = tuple(ox.NamedNode(expand(name)) for name in ("dcat:mediaType", "dct:format"))

_PREFERRED = (TRIG, N_QUADS, TURTLE, N_TRIPLES, JSON_LD, RDF_XML, XLSX, ODS, XLS, CSV_FOLDER)
_FILE_TYPES = {
    "RDF_TRIG": TRIG,
    "RDF_N_QUADS": N_QUADS,
    "RDF_TURTLE": TURTLE,
    "RDF_N_TRIPLES": N_TRIPLES,
    "RDF": RDF_XML,
    "JSON_LD": JSON_LD,
    "RDF_XML": RDF_XML,
    "XLSX": XLSX,
    "ODS": ODS,
    "XLS": XLS,
    "ZIP": CSV_FOLDER,
}
"""The codes of the EU's table of file types (http://publications.europa.eu/resource/authority/file-type)."""


@dataclass(frozen=True)
class ListedDocument:
    """A document that a catalogue lists.

    Attributes:
        address: its address.
        licence: the licence that the catalogue states for it; empty if it states none.
        graph: the graph of its statements that are in none; empty if the document tells it.
        count: the number of its statements, if that is known; otherwise 0.
    """

    address: SourceAddress
    licence: str = ""
    graph: str = ""
    count: int = 0


@dataclass(frozen=True)
class CataloguePage:
    """A page of a catalogue.

    Attributes:
        entries: the documents that it lists, in the order of their addresses.
        following: the address of the next page, or None.
        unusable: the number of datasets that have no document in a format that is harvested.
        passed: the publishers of graphs that were passed over, because they are not harvested.
    """

    entries: tuple[ListedDocument, ...]
    following: SourceAddress | None
    unusable: int = 0
    passed: frozenset[str] = frozenset()


def is_catalogue(quads: Iterable[ox.Quad]) -> bool:
    """Return whether a document is a catalogue, and not the data of a plan with a description of these."""
    kinds = {quad.object for quad in quads if quad.predicate == _TYPE}
    return _CATALOGUE in kinds or (_DATASET in kinds and _PLAN not in kinds)


def read_page(
    quads: Iterable[ox.Quad], address: SourceAddress, harvests: Callable[[str], bool] = lambda _: True
) -> CataloguePage:
    """Return what a page of a catalogue lists.

    Args:
        quads: the statements of the page.
        address: its address.
        harvests: returns whether the graphs of a publisher are harvested, if the catalogue is one of Plangraf.
    """
    statements = _Statements(quads)
    if statements.is_plangraf:
        return _page_of_plangraf(statements, address, harvests)
    entries: dict[str, ListedDocument] = {}
    unusable = 0
    for dataset in statements.datasets():
        entry = statements.entry(dataset, address)
        if entry is None:
            unusable += 1
        else:
            entries[str(entry.address)] = entry
    return CataloguePage(tuple(entries[key] for key in sorted(entries)), statements.following(address), unusable)


def _page_of_plangraf(
    statements: "_Statements", address: SourceAddress, harvests: Callable[[str], bool]
) -> CataloguePage:
    """Return the graphs of publishers that another Plangraf has.

    Its catalogue has the canonical addresses, at which another server answers; those of its own graphs have the same
    paths below the address where it runs.
    """
    root = re.sub(rf"{CATALOGUE_PATH}(?:\.\w+)?/?$", "", address.path)
    entries, passed = [], set[str]()
    for dataset, graphs in statements.subsets():
        if dataset == WHOLE_DATASET:
            continue
        for graph in graphs:
            if not graph.startswith(GRAPH) or is_derived_graph(graph) or reserved_segment_of(graph) is not None:
                continue
            if harvests(publisher_of(graph)):
                path = f"{root}{_GRAPHS}{graph.removeprefix(GRAPH)}"
                entries.append(ListedDocument(address.joined(path), graph=graph))
            else:
                passed.add(publisher_of(graph))
    found = {str(entry.address): entry for entry in entries}
    return CataloguePage(tuple(found[key] for key in sorted(found)), None, passed=frozenset(passed))


class _Statements:
    """The statements of a catalogue, by subject and property."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[tuple[object, object], list[object]] = {}
        self._subjects: dict[object, None] = {}
        for quad in quads:
            self._objects.setdefault((quad.subject, quad.predicate), []).append(quad.object)
            if quad.predicate == _TYPE and quad.object == _DATASET:
                self._subjects[quad.subject] = None
        self._nexts = [
            value for (_, relation), values in self._objects.items() if relation in _NEXT for value in values
        ]

    @property
    def is_plangraf(self) -> bool:
        """Whether the catalogue is one of Plangraf."""
        return _CATALOGUE in self._of(ox.NamedNode(CATALOGUE), _TYPE)

    def datasets(self) -> Iterable[object]:
        """Return the nodes of the datasets."""
        return self._subjects

    def subsets(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each dataset with the IRIs of its graphs."""
        for dataset in self._subjects:
            if isinstance(dataset, ox.NamedNode):
                yield (
                    dataset.value,
                    [node.value for node in self._of(dataset, _SUBSET) if isinstance(node, ox.NamedNode)],
                )

    def entry(self, dataset: object, page: SourceAddress) -> ListedDocument | None:
        """Return the document of a dataset in the format that is preferred, or None if there is none."""
        found: list[tuple[int, str, ListedDocument]] = []
        for distribution in self._of(dataset, _DISTRIBUTION):
            targets = [each for name in _TARGETS for each in self._of(distribution, name)]
            target = next((text for each in targets if (text := _text(each))), "")
            rdf_format = self._format(distribution, target)
            if not target or rdf_format is None:
                continue
            licences = [*self._of(distribution, _LICENCE), *self._of(dataset, _LICENCE)]
            licence = next((iri for each in licences if is_web_address(iri := _text(each))), "")
            try:
                found.append((_PREFERRED.index(rdf_format), target, ListedDocument(page.joined(target), licence)))
            except HarvestError:
                continue  # an address that is none is as good as no address
        return min(found, key=lambda each: each[:2])[2] if found else None

    def following(self, page: SourceAddress) -> SourceAddress | None:
        """Return the address of the next page, or None.

        Raises:
            HarvestError: it cannot be asked for.
        """
        text = next((text for each in self._nexts if (text := _text(each))), "")
        return page.joined(text) if text else None

    def _format(self, distribution: object, target: str) -> Format | None:
        """Return the format of a distribution that is harvested, or None."""
        for value in (each for name in _KINDS for each in self._of(distribution, name)):
            text = _text(value).rstrip("/")
            code = _FILE_TYPES.get(text.rpartition("/")[2].upper())
            media_type = "/".join(text.lower().split("/")[-2:])
            found = code or next(
                (each for each in _PREFERRED if media_type in (each.media_type, *each.obsolete)), None
            )
            if found is not None:
                return found
        return by_extension(urlsplit(target).path.removesuffix(".gz"), _PREFERRED) if target else None

    def _of(self, subject: object, relation: object) -> list[object]:
        return self._objects.get((subject, relation), [])


def _text(node: object) -> str:
    """Return an IRI, or a literal in its place, as catalogues have both."""
    return node.value.strip() if isinstance(node, ox.NamedNode | ox.Literal) else ""
