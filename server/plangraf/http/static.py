"""The files of the pages: style sheets, icons, and what others have made, each read once and kept in memory."""

import asyncio
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from fastapi import Request
from starlette.types import Receive, Scope, Send

from plangraf.engine.cache import CODERS, CODINGS, WORTH_COMPRESSING
from plangraf.errors import MethodRefused, ResourceNotFound
from plangraf.formats import content_type
from plangraf.http.cache import Kept, keep, respond
from plangraf.languages import N_
from plangraf.negotiation import choose_coding
from plangraf.view.assets import STATIC, own_version

# Systems disagree on what they know of these, so it is said here.
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
_OTHER = "application/octet-stream"
# An address with the hash of the file in it always means the same bytes (RFC 8246).
_FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")
_FOR_NOW = (b"cache-control", b"public, max-age=300")


class Static:
    """An ASGI application that answers GET and HEAD with the files below a folder that are there at the start."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
        self._kept: dict[str, Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            MethodRefused: it is neither GET nor HEAD.
            ResourceNotFound: there is no such file.
        """
        begun = perf_counter()
        request = Request(scope)
        if request.method not in ("GET", "HEAD"):
            raise MethodRefused(
                N_("{method} is not a method of {path}."),
                method=scope["method"],
                path=scope["path"],
                allowed=("GET", "HEAD"),
            )
        name = scope["path"].removeprefix(scope["root_path"]).lstrip("/")
        if name not in self._files:
            raise ResourceNotFound(N_("There is nothing at {path}."), path=scope["path"])
        kept = await self._file(name, request.headers.get("accept-encoding"))
        lasting = request.query_params.get("v") == own_version(name)
        headers = [*kept.headers, _FOR_EVER if lasting else _FOR_NOW]
        await respond(replace(kept, headers=headers), scope, send, begun)

    async def _file(self, name: str, codings: str | None) -> Kept:
        """Return a file, compressed already as the client takes it: half a megabyte takes too long to wait for."""
        if name not in self._kept:
            file = self._files[name]
            body = await asyncio.to_thread(file.read_bytes)
            media_type = content_type(_TYPES.get(file.suffix, _OTHER))
            self._kept[name] = keep([(b"content-type", media_type.encode())], body)
        kept = self._kept[name]
        coding = choose_coding(codings, CODINGS) if len(kept.body) >= WORTH_COMPRESSING else None
        if coding and coding not in kept.encoded:
            kept.encoded[coding] = await asyncio.to_thread(CODERS[coding], kept.body)
        return kept
