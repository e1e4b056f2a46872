"""The addresses of the shapes and of their versions."""

from pathlib import Path

import pyoxigraph as ox
from anyio import to_thread

from plangraf import shipped
from plangraf.errors import ResourceNotFound
from plangraf.http.declaration import Example, Listed
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import SHAPES, expand
from plangraf.site.shapes.page import shapes_page
from plangraf.view.page_form import page_form

_PATH = "/shapes"


async def _read(_: RecordingRequest, services: Services) -> tuple[ox.Triple, ...]:
    return services.shapes


async def _triples(triples: tuple[ox.Triple, ...], _: RecordingRequest, __: Services) -> tuple[ox.Triple, ...]:
    return triples


async def _read_version(request: RecordingRequest, services: Services) -> tuple[ox.Triple, ...]:
    """Return the shapes at the address of a version.

    Raises:
        ResourceNotFound: there has been no such version.
    """
    version = request.stem.removeprefix(f"{_PATH}/")
    current = (Statements(services.shapes).iri(SHAPES, expand("owl:versionIRI")) or "").removeprefix(f"{SHAPES}/")
    if version == current:
        return services.shapes
    # What a client asks for is looked up among the files, and is never a path.
    earlier = {file.stem: file for file in shipped.EARLIER_SHAPES.iterdir()}
    if version not in earlier:
        raise ResourceNotFound(
            N_("There is no version {version} of the shapes; the current one is {current}."),
            version=version,
            current=f"{SHAPES}/{current}",
        )
    return await to_thread.run_sync(_parsed, earlier[version])


def _parsed(file: Path) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


async def _version_paths(_: Services) -> list[str]:
    return [f"{_PATH}/{file.stem}" for file in sorted(shipped.EARLIER_SHAPES.iterdir())]


_FORMS: tuple[Form[tuple[ox.Triple, ...]], ...] = (page_form(shapes_page), *graph_forms(_triples))

RESOURCES = (
    Resource(
        path=_PATH,
        summary="the shapes",
        model=_read,
        forms=_FORMS,
        of_release=False,  # they are those of the server
        examples=(Example("shapes", _PATH, engine_calls=0),),
    ),
    Resource(
        path=f"{_PATH}/{{version}}",
        summary="a version of the shapes, which stays at this address",
        model=_read_version,
        forms=_FORMS,
        sitemap=Listed(_version_paths),
        examples=(Example("shapes of an earlier version", f"{_PATH}/0.1.0", engine_calls=0),),
        of_release=False,
    ),
)
