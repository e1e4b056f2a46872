"""The page of the catalogue: each dataset, and everything that can be downloaded of it."""

from dataclasses import dataclass

from plangraf.citing.citation import CITE_PATH
from plangraf.linkeddata.catalogue import CATALOGUE, WHOLE_DATASET, dataset_iri
from plangraf.linkeddata.datasets import Datasets
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import expand
from plangraf.release.dumps import Dump, Dumps, dataset_dumps, graph_dump
from plangraf.view.page import Page
from plangraf.view.reading import Name, Reader, Reading, Reference


@dataclass(frozen=True)
class Download:
    """A file to download: its name, where it is, what it is called, and how to check it."""

    href: str
    label: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """What the page shows of a dataset."""

    anchor: str
    cite: str
    title: Name
    description: Name | None
    subjects: list[Reference]
    publishers: list[Reference]
    licences: list[Reference]
    downloads: tuple[Download, ...]


def catalogue_page(statements: Statements, dumps: Dumps, datasets: Datasets, reader: Reader) -> Page:
    """Return the page of the catalogue.

    Args:
        statements: the catalogue.
        dumps: what can be downloaded.
        datasets: what the release holds.
        reader: who reads.
    """
    reading = Reading((), reader)
    reading.statements = statements
    names: list[tuple[str, str | None, tuple[str, ...]]] = [(WHOLE_DATASET, None, ())]
    names += [(dataset_iri(dataset.name), dataset.name, dataset.graphs) for dataset in datasets.datasets]
    entries = [
        Entry(
            anchor=iri.partition("#")[2],
            cite=reader.href(CITE_PATH if name is None else f"{CITE_PATH}/dataset/{name}"),
            title=reading.name(iri),
            description=reading.text(iri, "dct:description"),
            subjects=reading.references(iri, "dct:subject"),
            publishers=[_agent(reading, agent) for agent in statements.iris(iri, expand("dct:publisher"))],
            licences=reading.references(iri, "dct:license"),
            downloads=tuple(
                _download(dumps.by_name[dump])
                for dump in (*(dump for dump, _, _ in dataset_dumps(name)), *map(graph_dump, graphs))
            ),
        )
        for iri, name, graphs in names
    ]
    whole = [dumps.by_name[dump] for dump, _, _ in dataset_dumps(None)]
    return Page(
        "catalogue/catalogue.html",
        reading.name(CATALOGUE).text,
        {"description": reading.text(CATALOGUE, "dct:description"), "entries": entries},
        CATALOGUE,
        types=("DataCatalog",),
        items=tuple((_path(dump), dump.media_type) for dump in whole),
    )


def _agent(reading: Reading, iri: str) -> Reference:
    reference = reading.reference(iri)
    name = reading.text(iri, "foaf:name")
    return Reference(iri, reference.href, name or reference.name, None, reference.local)


def _path(dump: Dump) -> str:
    return f"/dumps/{dump.name}"


def _download(dump: Dump) -> Download:
    return Download(_path(dump), dump.name.rpartition("/")[2], dump.media_type, dump.size, dump.sha256)
