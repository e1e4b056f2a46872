"""The addresses of static files: our own, and third-party files that `vendor` copied at installation."""

import asyncio
from functools import cache
from pathlib import Path

from plangraf.errors import ResourceNotFound
from plangraf.formats import BINARY
from plangraf.http.content import Content
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, no_model
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.view.assets import STATIC, own_version

# Explicit media types, because the tables of operating systems differ.
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
# The content at an address with the hash of the file never changes (RFC 8246).
_IMMUTABLE = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"


@cache
def _files() -> dict[str, Path]:
    """Return the static files by path relative to the folder, listed once at the first request."""
    return {file.relative_to(STATIC).as_posix(): file for file in STATIC.rglob("*") if file.is_file()}


async def _write(_: None, request: RecordingRequest, __: Services) -> Content:
    name = request.path.removeprefix("/static/")
    file = _files().get(name)
    if file is None:
        raise ResourceNotFound(N_("There is nothing at {path}."), path=request.path)
    return Content(
        await asyncio.to_thread(file.read_bytes),
        media_type=_TYPES.get(file.suffix, BINARY.media_type),
        cache_control=_IMMUTABLE if request.parameter("v") == own_version(name) else _SHORT,
    )


RESOURCES = (
    Resource(
        path="/static/{name:path}",
        summary="static files; with the hash that the pages add to the address, they are cacheable for a year",
        model=no_model,
        forms=(Form(BINARY, _write),),
        of_release=False,
    ),
)
