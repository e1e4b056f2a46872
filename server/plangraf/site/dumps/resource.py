"""The addresses of the dumps of the release, and of their checksums."""

from collections.abc import Collection
from urllib.parse import unquote

from plangraf.errors import ResourceNotFound
from plangraf.formats import BINARY, HTML, TEXT, TURTLE
from plangraf.http.content import Content, FileContent
from plangraf.http.declaration import Example
from plangraf.http.disposition import inline
from plangraf.http.link import Link, link_header
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.http.signposting import source_links
from plangraf.http.table import Table, table_forms
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.linkeddata.datasets import graphs_of_dump, possible_graphs
from plangraf.namespaces import BASE
from plangraf.release.dumps import GZIP, Dump, Dumps, dataset_dumps, dataset_of_dump, file_name
from plangraf.site.dumps.page import DUMPS_PATH, dumps_page
from plangraf.view.page_form import page_form
from plangraf.view.reader import Reader

_COLUMNS = ("name", "href", "media_type", "bytes", "sha256", "license")


async def _read(_: RecordingRequest, services: Services) -> Dumps:
    return await services.facts.dumps()


async def _checksums(dumps: Dumps, _: RecordingRequest, __: Services) -> Content:
    """Return the checksums of all dumps in the format of `sha256sum --check`."""
    return Content("".join(f"{dump.sha256}  {dump.name}\n" for dump in dumps.files).encode())


async def _download(request: RecordingRequest, services: Services) -> Dump:
    name = request.path.removeprefix("/dumps/")
    dump = (await services.facts.dumps()).by_name.get(name)
    if dump is None:
        raise ResourceNotFound(
            N_("There is no download {name} in this release; /dumps/SHA256SUMS lists those that there are."),
            name=name,
        )
    return dump


def _about(path: str, services: Services) -> Collection[str]:
    name = path.removeprefix(f"{DUMPS_PATH}/")
    if name in {dump.name for dump in dataset_dumps(None)}:
        return services.manifest.counts.graphs
    dataset, stem = dataset_of_dump(name), name.removesuffix(f".{TURTLE.extension}")
    if dataset is not None:
        return possible_graphs(dataset, services.manifest.counts.graphs)
    return () if stem == name else (f"{BASE}/{unquote(stem)}",)


async def _file(dump: Dump, _: RecordingRequest, services: Services) -> FileContent:
    datasets = await services.facts.datasets()
    sources = datasets.sources(graphs_of_dump(dump.name, datasets))
    links = [Link(CATALOGUE_PATH, "collection", {"type": HTML.media_type}), *source_links(sources)]
    path = services.facts.dump_service.path(file_name(dump.name))
    compressed = path.with_name(path.name + GZIP)
    return FileContent(
        path,
        dump.media_type,
        dump.sha256,
        compressed if compressed.is_file() else None,
        bytes.fromhex(dump.sha256),
        {
            "Content-Disposition": inline(f"plangraf-{services.manifest.release}-{dump.name.replace('/', '-')}"),
            "Link": link_header(links),
        },
    )


async def _table(dumps: Dumps, request: RecordingRequest, services: Services) -> Table:
    datasets = await services.facts.datasets()
    records = [
        {
            "name": dump.name,
            "href": f"{request.base}/dumps/{dump.name}",
            "media_type": dump.media_type,
            "bytes": dump.size,
            "sha256": dump.sha256,
            "license": list(datasets.sources(graphs_of_dump(dump.name, datasets)).licences),
        }
        for dump in dumps.files
    ]
    return Table(_COLUMNS, records, Reader.of(request).language)


async def _made(services: Services) -> None:
    await services.facts.dumps()


RESOURCES = (
    Resource(
        path=DUMPS_PATH,
        summary="the list of all downloads, with sizes, checksums and licences",
        model=_read,
        forms=(page_form(dumps_page), *table_forms(_table)),
        ready=_made,
        examples=(Example("downloads", DUMPS_PATH, engine_calls=0),),
    ),
    Resource(
        path="/dumps/SHA256SUMS",
        summary="the checksums of all downloads",
        model=_read,
        forms=(Form(TEXT, _checksums),),
        ready=_made,
    ),
    Resource(
        path="/dumps/{name:path}",
        summary="a download; supports `Range`",
        model=_download,
        about=_about,
        forms=(Form(BINARY, _file),),
        ready=_made,
    ),
)
