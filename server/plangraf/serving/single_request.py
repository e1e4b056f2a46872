"""`plangraf serve --get`: one request, answered in this process without a socket."""

import asyncio
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from plangraf.app import assemble_app, make_services
from plangraf.engine.embedded import EmbeddedEngine, policy
from plangraf.http import in_process
from plangraf.http.in_process import Head
from plangraf.http.query_responder import Broken
from plangraf.http.services import OlderRelease, Services
from plangraf.linkeddata.addresses import RELEASE
from plangraf.release.release import Release
from plangraf.release.state import StateFolder
from plangraf.serving.candidate import open_release, store_location
from plangraf.serving.configuration import query_limits, read_examples, read_shapes
from plangraf.serving.log import prepare_log
from plangraf.serving.server import authority
from plangraf.settings import Settings


def answer_request(settings: Settings, target: str, fields: list[tuple[str, str]], *, include: bool) -> int:
    """Write the response to one request to standard output, and return its status.

    Args:
        settings: the settings, which name the release.
        target: the path, with an optional query.
        fields: the header fields of the request.
        include: whether to write the status and the header fields of the response too.

    Raises:
        InputError: the release cannot be opened, or the data cannot be read.
        NonconformingError: the data violate the shapes.
        EngineUnavailable: the release cannot be loaded.
    """
    if not any(name.lower() == "host" for name, _ in fields):
        fields = [("Host", authority(settings.host, settings.port)), *fields]
    out = sys.stdout.buffer

    def write_head(head: Head) -> None:
        if include:
            out.write(str(head).encode("latin-1"))

    async def answer(services: Services) -> int:
        try:
            await services.start()
            return await in_process.get(assemble_app(services), target, fields, write_head, out.write)
        except Broken as error:
            sys.stderr.write(f"plangraf: the answer is incomplete: {error}\n")
            return HTTPStatus.INTERNAL_SERVER_ERROR
        finally:
            await services.close()

    prepare_log(settings)
    with tempfile.TemporaryDirectory(prefix="plangraf-") as scratch:
        status = asyncio.run(answer(_services(settings, target, Path(scratch))))
    out.flush()
    return status


def _services(settings: Settings, target: str, scratch: Path) -> Services:
    """Return the services of the release that a request names, else of that of the settings."""
    older, named = None, parse_qs(target.partition("?")[2]).get(RELEASE, [""])[-1]
    state = None if settings.served is None else StateFolder.around(settings.served)
    if state is not None and state.holds(named) and named != state.current:
        release = Release.open(state.find(named))
        older = OlderRelease(named, state.switched(named))
    else:
        release = open_release(settings, scratch)
    location = store_location(settings, release)
    sharing = policy(settings.workers, settings.client_queries)
    return make_services(
        engine=EmbeddedEngine(location, query_limits(settings), sharing),
        manifest=release.manifest,
        quads=release.quads,
        shapes=read_shapes(),
        examples=read_examples(),
        settings=settings,
        older=older,
    )
