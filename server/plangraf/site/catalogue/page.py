"""The page of the catalogue, with the downloads of each dataset."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.citing.citation import CITE_PATH
from plangraf.formats import TURTLE
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.catalogue import CATALOGUE, CATALOGUE_PATH, WHOLE_DATASET, dataset_iri
from plangraf.linkeddata.schema_org import catalogue_for_page
from plangraf.namespaces import expand
from plangraf.release.dumps import Dump, DumpFile, Dumps, dataset_dumps, graph_dump
from plangraf.view.page import Metadata, Page
from plangraf.view.paging import count_pages
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.term_names import term_names

_ON_PAGE = 15
"""The maximum number of datasets on a page, so that its HTML is below 100 kB."""


@dataclass(frozen=True)
class Catalogue:
    """The catalogue of a release.

    Attributes:
        triples: its triples.
        dumps: the dumps; None if they have not been written yet.
    """

    triples: list[ox.Triple]
    dumps: Dumps | None


@dataclass(frozen=True)
class Download:
    """A download.

    Attributes:
        href: its URL.
        label: its name.
        format: the name of its format.
        size: its size in bytes; None if it has not been written yet.
        sha256: its checksum; None if it has not been written yet.
    """

    href: str
    label: str
    format: str
    size: int | None
    sha256: str | None


@dataclass(frozen=True)
class CatalogueEntry:
    """A dataset on the page of the catalogue.

    Attributes:
        anchor: the fragment identifier of the dataset on the page.
        cite: the URL of the page of its citation.
        title: the title.
        description: the description, if there is one.
        subjects: the plans and schemes that it describes.
        publishers: the publishers of the data.
        licences: the licences of its graphs.
        downloads: the dumps.
    """

    anchor: str
    cite: str
    title: Name
    description: Name | None
    subjects: list[Reference]
    publishers: list[Reference]
    licences: list[Reference]
    downloads: tuple[Download, ...]


async def catalogue_page(catalogue: Catalogue, request: RecordingRequest, services: Services) -> Page:
    """Return the page of the catalogue: no call of the engine once the facts of the release are read.

    Raises:
        RequestMalformed: the number of the page is none.
        ResourceNotFound: there is no such page.
    """
    facts, reader, number = services.facts, Reader.of(request), page_number(request)
    datasets, dumps = await facts.datasets(), catalogue.dumps
    written = {} if dumps is None else dumps.by_name
    reading = Reading(catalogue.triples, reader, term_names(reader.language))
    statements = reading.statements
    names: list[tuple[str, str | None, tuple[str, ...]]] = [(WHOLE_DATASET, None, ())]
    names += [(dataset_iri(dataset.name), dataset.name, dataset.graphs) for dataset in datasets.datasets]
    pages = count_pages(len(names), _ON_PAGE, number)
    names = names[(number - 1) * _ON_PAGE : number * _ON_PAGE]
    entries = [
        CatalogueEntry(
            anchor=iri.partition("#")[2],
            cite=reader.href(CITE_PATH if name is None else f"{CITE_PATH}/dataset/{name}"),
            title=reading.name(iri),
            description=reading.text(iri, "dct:description"),
            subjects=reading.references(iri, "dct:subject"),
            publishers=[_agent(reading, agent) for agent in statements.iris(iri, expand("dct:publisher"))],
            licences=reading.references(iri, "dct:license"),
            downloads=tuple(
                _download(dump, form, written.get(dump))
                for dump, form in (
                    *((dump.name, _form(dump)) for dump in dataset_dumps(name)),
                    *((graph_dump(graph), TURTLE.label) for graph in graphs),
                )
            ),
        )
        for iri, name, graphs in names
    ]
    description = reading.text(CATALOGUE, "dct:description")
    return Page(
        "catalogue/catalogue.html",
        reading.name(CATALOGUE).text,
        {
            "description": description,
            "entries": entries,
            "written": dumps is not None,
            "at": number,
            "pages": pages,
            "before": reader.href(f"{CATALOGUE_PATH}?page={number - 1}"),
            "after": reader.href(f"{CATALOGUE_PATH}?page={number + 1}"),
        },
        Metadata(
            request.stem,
            (await facts.citations()).of_release(reader.language),
            structured=catalogue_for_page(statements, [iri for iri, *_ in names], reader.language),
            sources=await facts.catalogue_sources(),
        ),
        catalogue_landing(),
        query=f"page={number}" if number > 1 else "",
        name=f"{reader.gettext('Catalogue and downloads')}: {reading.name(CATALOGUE).text}",
        description=description.text if description else "",
    )


def catalogue_landing() -> Landing:
    """Return the facts about the catalogue for the Link header: the downloads of all graphs."""
    items = tuple((f"/dumps/{dump.name}", dump.media_type) for dump in dataset_dumps(None))
    return Landing(CATALOGUE, types=("DataCatalog",), items=items)


def _agent(reading: Reading, iri: str) -> Reference:
    reference = reading.reference(iri)
    name = reading.text(iri, "foaf:name")
    return Reference(iri, reference.href, name or reference.name, None, reference.local)


def _form(dump: DumpFile) -> str:
    return f"{dump.format.label} (gzip)" if dump.compressed else dump.format.label


def _download(name: str, form: str, written: Dump | None) -> Download:
    size, sha256 = (None, None) if written is None else (written.size, written.sha256)
    return Download(f"/dumps/{name}", name.rpartition("/")[2], form, size, sha256)
