"""`plangraf serve`: answer on an address."""

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from plangraf import settings, shipped
from plangraf.engine.embedded import EmbeddedEngine
from plangraf.errors import AddressInUseError, InputError, NonconformingError
from plangraf.release.release import Release
from plangraf.settings import Settings
from plangraf.sources.dataset import read_dataset
from plangraf.sparql.examples import load_examples
from plangraf.web.app import assemble_app
from plangraf.web.site import Site


def serve(
    host: Annotated[str | None, typer.Option(help="the address to serve on (127.0.0.1)")] = None,
    port: Annotated[int | None, typer.Option(help="the port to serve on (8000); 0 takes any free port")] = None,
    release: Annotated[Path | None, typer.Option(help="the release to serve, or a directory of releases")] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="a folder or file to build from, again for more; else the shipped data"),
    ] = None,
) -> None:
    """Serve a release: pages, linked data and a SPARQL endpoint."""
    chosen = settings.load(host=host, port=port, release=release, data=tuple(data) if data else None)
    with _bound(chosen) as listener, _release(chosen) as served:
        site = Site(
            engine=EmbeddedEngine(served),
            manifest=served.manifest,
            shapes=tuple(quad.triple for quad in read_dataset([shipped.SHAPES]).quads()),
            examples=load_examples(shipped.DATA / "queries"),
            settings=chosen,
        )
        address = f"http://{chosen.host}:{listener.getsockname()[1]}"
        sys.stderr.write(f"Plangraf serves release {served.manifest.release} on {address} (stop with Ctrl-C)\n")
        server = uvicorn.Server(
            uvicorn.Config(assemble_app(site), log_level="warning", server_header=False, access_log=False)
        )
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@contextlib.contextmanager
def _bound(chosen: Settings) -> Iterator[socket.socket]:
    """Take the address first, so that nothing is built for a port that is in use."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family) as listener:
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
    # Building takes SHACL along; a server that is given a release starts without it.
    from plangraf.release.build import build_release
    from plangraf.validation.shapes import load_shapes

    with tempfile.TemporaryDirectory(prefix="plangraf-") as out:
        dataset = read_dataset(chosen.data or (shipped.DATA,))
        try:
            yield build_release(dataset, shipped.ONTOLOGY, load_shapes(shipped.SHAPES), Path(out))
        except NonconformingError as error:
            sys.stderr.write(error.report_text)
            raise
