"""`plangraf serve`: answer requests on an address, or one request on standard output."""

import re
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import typer

from plangraf import settings
from plangraf.cli.state_option import StateOption
from plangraf.errors import InputError


def serve(
    host: Annotated[str | None, typer.Option(help="the address to serve on (127.0.0.1)")] = None,
    port: Annotated[int | None, typer.Option(help="the port to serve on (8000); 0 takes any free port")] = None,
    state: StateOption = None,
    release: Annotated[Path | None, typer.Option(help="a release to serve, instead of the current one")] = None,
    fronts: Annotated[
        int | None, typer.Option(help="the number of processes that answer requests (one for each core)")
    ] = None,
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
    chosen = settings.load(
        host=host,
        port=port,
        state=state,
        release=release,
        fronts=fronts,
        store=store,
        data=tuple(data) if data else None,
    )
    # The modules are imported only now, because the metrics of the server depend on the environment at their import,
    # and the other commands do not need them.
    if get is None:
        if header or include:
            raise InputError("--header and --include belong to --get; name the path that it asks for")
        from plangraf.serving.server import run_server

        raise typer.Exit(run_server(chosen))
    from plangraf.serving.single_request import answer_request

    status = answer_request(chosen, _target(get), [_field(line) for line in header or ()], include=include)
    raise typer.Exit(1 if status >= HTTPStatus.BAD_REQUEST else 0)


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
