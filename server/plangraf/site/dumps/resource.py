"""The addresses of the dumps of the release, and of their checksums."""

from plangraf.errors import ResourceNotFound
from plangraf.formats import BINARY, TEXT
from plangraf.http.content import Content, FileContent
from plangraf.http.disposition import inline
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.catalogue import CATALOGUE_PATH
from plangraf.namespaces import DATA_LICENCE
from plangraf.release.dumps import GZIP, Dump, Dumps, file_name


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
            N_("There is no dump {name} in this release; /dumps/SHA256SUMS lists those that there are."), name=name
        )
    return dump


async def _file(dump: Dump, _: RecordingRequest, services: Services) -> FileContent:
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
            "Link": f'<{CATALOGUE_PATH}>; rel="collection"; type="text/html", <{DATA_LICENCE}>; rel="license"',
        },
    )


async def _made(services: Services) -> None:
    await services.facts.dumps()


RESOURCES = (
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
        forms=(Form(BINARY, _file),),
        ready=_made,
    ),
)
