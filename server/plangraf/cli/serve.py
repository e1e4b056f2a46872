"""`plangraf serve`: answer requests on an address, or one request on standard output."""

import asyncio
import contextlib
import gc
import logging
import math
import re
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from plangraf import settings, shipped
from plangraf.app import assemble_app, make_services
from plangraf.engine.embedded import EmbeddedEngine, policy
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation
from plangraf.errors import AddressInUseError, InputError, NonconformingError
from plangraf.http import in_process
from plangraf.http.in_process import Head
from plangraf.http.services import Services
from plangraf.rdf.canonical import canonical_triples
from plangraf.release.disk import disk_store
from plangraf.release.release import Release
from plangraf.serving.connections import ConnectionLimits, Connections, reserve_descriptors
from plangraf.serving.protocol import limited_protocol
from plangraf.settings import Settings
from plangraf.site.sparql.endpoint import Broken
from plangraf.sources.dataset import list_files, read_dataset
from plangraf.sources.reference import list_reference
from plangraf.sparql.examples import load_examples
from plangraf.validation.files import shape_files
from plangraf.view.assets import vendored

_DELIVERY = 60
"""The time in seconds that a stopping server grants for the transfer of responses, in addition to the time limits."""


def serve(
    host: Annotated[str | None, typer.Option(help="the address to serve on (127.0.0.1)")] = None,
    port: Annotated[int | None, typer.Option(help="the port to serve on (8000); 0 takes any free port")] = None,
    release: Annotated[Path | None, typer.Option(help="the release to serve, or a directory of releases")] = None,
    store: Annotated[
        str | None, typer.Option(help="memory, or disk for releases that memory is too small for")
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="a folder or file to build from, again for more, beside the SDGs; else the shipped data"),
    ] = None,
    get: Annotated[
        str | None, typer.Option(metavar="PATH", help="answer one request on standard output, and serve no address")
    ] = None,
    header: Annotated[
        list[str] | None, typer.Option("--header", "-H", help="a header field for --get, again for more")
    ] = None,
    include: Annotated[
        bool, typer.Option("--include", "-i", help="write the status and the header fields of the answer too")
    ] = False,
) -> None:
    """Serve a release: pages, linked data and a SPARQL endpoint."""
    chosen = settings.load(host=host, port=port, release=release, store=store, data=tuple(data) if data else None)
    if get is None:
        if header or include:
            raise InputError("--header and --include belong to --get; name the path that it asks for")
        _serve(chosen)
    elif _get(chosen, _target(get), [_field(line) for line in header or ()], include) >= HTTPStatus.BAD_REQUEST:
        raise typer.Exit(1)


def _serve(chosen: Settings) -> None:
    reserve_descriptors(chosen.connections)
    with _bound(chosen) as listener, _release(chosen) as served:
        services = _services(chosen, served)
        address = f"http://{_authority(chosen.host, listener.getsockname()[1])}"
        plain = "" if vendored() else "; the pages are plain, since it was installed without npm"
        server = _Server(
            uvicorn.Config(
                assemble_app(services),
                http=limited_protocol(Connections(ConnectionLimits.of(chosen))),
                ws="none",
                proxy_headers=False,
                log_level="warning",
                server_header=False,
                access_log=False,
                # By then, every request within its limits has its response; the rest are stalled connections.
                timeout_graceful_shutdown=math.ceil(chosen.query_seconds + chosen.upload_seconds) + _DELIVERY,
            ),
            f"Plangraf serves release {served.manifest.release} on {address} (stop with Ctrl-C{plain})\n",
        )
        _prepare_log(chosen)
        # uvicorn drains and then raises the signal again, which would end the process before it deletes the temporary
        # release.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _get(chosen: Settings, target: str, fields: list[tuple[str, str]], include: bool) -> int:
    """Write the response to one request to standard output, and return its status."""
    if not any(name.lower() == "host" for name, _ in fields):
        fields = [("Host", _authority(chosen.host, chosen.port)), *fields]
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

    with _release(chosen) as served:
        _prepare_log(chosen)
        status = asyncio.run(answer(_services(chosen, served)))
    out.flush()
    return status


def _target(path: str) -> str:
    if not path.startswith("/"):
        raise InputError(f"--get takes a path of the site, such as /catalog; {path} does not start with a slash")
    return path.partition("#")[0]


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not (colon and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) and value.isprintable() and _latin(value)):
        raise InputError(
            f"--header takes a name, a colon and a value, such as 'Accept: text/turtle'; it cannot be {line!r}"
        )
    return name, value.strip()


def _latin(text: str) -> bool:
    return all(ord(character) < 0x100 for character in text)


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _services(chosen: Settings, served: Release) -> Services:
    return make_services(
        engine=EmbeddedEngine(
            _source(chosen, served), _limits(chosen), policy(chosen.workers, chosen.client_queries)
        ),
        manifest=served.manifest,
        quads=served.quads,
        shapes=canonical_triples(quad.triple for quad in read_dataset(list(shape_files(shipped.SHAPES))).quads()),
        examples=load_examples(shipped.DATA / "queries"),
        settings=chosen,
    )


def _source(chosen: Settings, release: Release) -> StoreLocation:
    if chosen.store == "disk":
        return StoreLocation(directory=str(disk_store(release)))
    return StoreLocation(quads=str(release.quads))


def _limits(chosen: Settings) -> Limits:
    return Limits(chosen.query_seconds, chosen.query_memory, chosen.answer_size)


def _prepare_log(chosen: Settings) -> None:
    """Configure logging to standard error, with one line for each record."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    handler.addFilter(_known)
    log = logging.getLogger("plangraf")
    log.addHandler(handler)
    log.propagate = False
    logging.getLogger("plangraf.query").setLevel(logging.INFO if chosen.log_queries else logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_known)


def _known(record: logging.LogRecord) -> bool:
    """Return whether to log a record; the log omits the tracebacks of expected ends of connections.

    Metrics count broken answers, and uvicorn itself logs how many requests it cancels at shutdown.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, Broken | asyncio.CancelledError)


class _Server(uvicorn.Server):
    """A server that prints a message when it is ready to accept requests."""

    def __init__(self, config: uvicorn.Config, greeting: str) -> None:
        super().__init__(config)
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the server, then print the message."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # exclude permanent objects from garbage collection, which would delay responses
        if self.started:
            sys.stderr.write(self._greeting)
            sys.stderr.flush()


@contextlib.contextmanager
def _bound(chosen: Settings) -> Iterator[socket.socket]:
    """Yield a socket bound to the address, before the build of a release, which a port in use would waste.

    Raises:
        AddressInUseError: another process listens on the address.
        InputError: the address is unknown, or the port is not permitted.
    """
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only for sockets with an explicit protocol.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((chosen.host, chosen.port))
        except PermissionError as error:
            raise InputError(f"port {chosen.port} may not be used by this user; choose one above 1023") from error
        except socket.gaierror as error:
            raise InputError(f"the address {chosen.host} is not known") from error
        except OSError as error:
            raise AddressInUseError(chosen.host, chosen.port) from error
        yield listener


@contextlib.contextmanager
def _release(chosen: Settings) -> Iterator[Release]:
    if chosen.release is not None:
        yield Release.open(chosen.release)
        return
    # The build imports pySHACL, which a server with a release does not need.
    from plangraf.release.build import build_release

    with tempfile.TemporaryDirectory(prefix="plangraf-") as out:
        try:
            yield build_release(
                [*list_files(chosen.data or (shipped.DATA,)), *(list_reference() if chosen.data else ())],
                Path(out),
            )
        except NonconformingError as error:
            sys.stderr.write(error.report_text)
            raise
