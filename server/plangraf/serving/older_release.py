"""A program that answers requests from an older release on a Unix socket, with one worker on a store on disk.

It reads its job from standard input, says on standard output when it answers, and ends with its standard input.
"""

import asyncio
import os
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from pydantic import AwareDatetime, BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.app import assemble_app, make_services
from plangraf.confinement import name_process
from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.schedule import Policy
from plangraf.engine.store_location import StoreLocation
from plangraf.errors import PlangrafError
from plangraf.http.request import PREFIX
from plangraf.http.services import OlderRelease, Services
from plangraf.release.release import Release
from plangraf.release.store_cache import cached_store
from plangraf.serving.configuration import query_limits, read_examples, read_shapes
from plangraf.serving.log import prepare_log
from plangraf.settings import Settings, load

READY = b"ready\n"
REQUEST = b"plangraf-request"
"""The header field in which a front passes on what the server knows of a request besides its header."""
_CACHE = 8 * 1024 * 1024


class OlderReleaseJob(BaseModel):
    """The release that the program serves.

    Attributes:
        folder: the folder of the release.
        socket: the path of the socket on which it answers.
        cache: the folder of the stores of older releases.
        settings: the settings of the server.
        switched: when the release first became the current one, if that is known.
    """

    folder: Path
    socket: Path
    cache: Path
    settings: dict[str, Any]
    switched: AwareDatetime | None


def forwarded(scope: Scope) -> bytes:
    """Return the value of the header field `REQUEST` for a request."""
    client = scope.get("client")
    fields = {
        "scheme": scope["scheme"],
        "client": list(client) if client else None,
        "server": list(scope["server"]) if scope.get("server") else None,
        "prefix": scope.get(PREFIX, ""),
    }
    return orjson.dumps(fields)


class ForwardedRequests:
    """ASGI middleware that puts what a front says of a request in the place of what the socket tells."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request as the front has received it."""
        fields = orjson.loads(next(value for name, value in scope["headers"] if name == REQUEST))
        restored = {
            "scheme": fields["scheme"],
            "client": tuple(fields["client"]) if fields["client"] else None,
            "server": tuple(fields["server"]) if fields["server"] else None,
            PREFIX: fields["prefix"],
            "headers": [field for field in scope["headers"] if field[0] != REQUEST],
        }
        await self._app({**scope, **restored}, receive, send)


def _settings(given: dict[str, Any]) -> Settings:
    """Return the settings for an older release: small caches, and no state folder, which has newer releases."""
    changed = {
        "state": None,
        "release": None,
        "publishing": False,
        "trusted_proxies": (),
        "cache_size": _CACHE,
        "page_cache_size": _CACHE,
    }
    return load(**given).model_copy(update=changed)


async def _serve(job: OlderReleaseJob, store: Path, release: Release) -> None:
    settings = _settings(job.settings)
    engine = EmbeddedEngine(StoreLocation(directory=str(store)), query_limits(settings), Policy(workers=1, reserve=0))
    services = make_services(
        engine,
        release.manifest,
        release.quads,
        read_shapes(),
        read_examples(),
        settings,
        older=OlderRelease(release.manifest.release, job.switched),
    )
    try:
        await services.start()
        await _answer(job.socket, services)
    finally:
        await services.close()


async def _answer(path: Path, services: Services) -> None:
    config = uvicorn.Config(
        ForwardedRequests(assemble_app(services)),
        uds=str(path),
        log_config=None,
        server_header=False,
        date_header=False,  # the front has one
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    await _Server(config).serve()


class _Server(uvicorn.Server):
    """Says when it accepts connections."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections."""
        await super().startup(sockets)
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()


def _end_with_input() -> None:
    """End this process, and its keeper with it, when the process that started it has ended or wants it to end."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


def main() -> int:
    """Serve the release that the job names, and return the exit code."""
    job = OlderReleaseJob.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    with suppress(OSError):
        name_process("plangraf-older")
    prepare_log(_settings(job.settings))
    try:
        made = (job.cache / job.folder.name).is_dir()
        release = Release(*Release.locate(job.folder)) if made else Release.open(job.folder)
        with cached_store(release, job.cache, _settings(job.settings).older_store_size) as store:
            asyncio.run(_serve(job, store, release))
    except PlangrafError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
