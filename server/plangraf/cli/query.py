"""`plangraf query`: ask a release with SPARQL."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from plangraf import settings
from plangraf.cli.completion import release_names
from plangraf.cli.query_format import QueryFormat
from plangraf.cli.state_option import StateOption
from plangraf.engine.embedded import EmbeddedEngine, policy
from plangraf.engine.errors import EngineError, FormNotAcceptable, QuerySyntax, ServiceRefused
from plangraf.engine.interface import Answer, AnswerBroken, AnswerForm, Query
from plangraf.errors import InputError
from plangraf.http.problems import problem_of
from plangraf.release.release import CURRENT, Release
from plangraf.release.state import StateFolder
from plangraf.release.use import in_use
from plangraf.serving.candidate import open_release, store_location
from plangraf.serving.configuration import query_limits
from plangraf.settings import Settings

_STANDARD_INPUT = "-"
_AFTER_PLACE = ": "
_PLACE = f"Line {{line}}, column {{column}}{_AFTER_PLACE}"
"""The beginning of messages that the command writes as those of compilers, with the file before the line."""


def query(
    file: Annotated[str, typer.Argument(help="a file with the query; - is standard input", metavar="FILE")],
    release: Annotated[
        str | None,
        typer.Option(help="a release of the state folder, instead of the current one", autocompletion=release_names),
    ] = None,
    state: StateOption = None,
    output: Annotated[
        QueryFormat,
        typer.Option(
            "--format",
            help="table, csv, tsv, json or xml for SELECT and ASK; turtle, ntriples, jsonld or rdfxml for graphs",
        ),
    ] = QueryFormat.TABLE,
) -> None:
    """Ask a release with SPARQL. Exit 2: the query cannot be answered.

    Without a state folder, the command asks the shipped data. The limits are those of the server, and SERVICE is
    refused. A graph is written as Turtle unless --format says otherwise.
    """
    chosen = settings.load(state=state)
    text = _read(file)
    with _opened(chosen, release) as opened:
        try:
            asyncio.run(_ask(chosen, opened, Query(text, results=output.results, graphs=output.graphs), output))
        except EngineError as error:
            raise _refused(error, file, output) from error
        except AnswerBroken as broken:
            raise InputError(f"the answer is incomplete: {problem_of(broken.error).detail}") from broken


def _read(file: str) -> str:
    """Return the text of the query.

    Raises:
        InputError: the file cannot be read, or is not UTF-8.
    """
    path = Path(file)
    try:
        data = sys.stdin.buffer.read() if file == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start + 1})", _name(file)) from error


def _name(file: str) -> Path:
    return Path("<stdin>" if file == _STANDARD_INPUT else file)


@contextmanager
def _opened(chosen: Settings, name: str | None) -> Iterator[Release]:
    """Yield the release to ask: that of the state folder, or a temporary one of the shipped data.

    Raises:
        InputError: there is no such release, or it is damaged or pruned.
    """
    if chosen.state is not None:
        path = StateFolder(chosen.state).find(name or CURRENT)
        with in_use(path):
            yield Release.open(path)
        return
    if name is not None:
        raise InputError(
            "--release names a release of the state folder: name that with --state DIR or PLANGRAF_STATE"
        )
    with tempfile.TemporaryDirectory(prefix="plangraf-") as scratch:
        yield open_release(chosen, Path(scratch))


async def _ask(chosen: Settings, release: Release, asked: Query, output: QueryFormat) -> None:
    """Write the answer to a query.

    Raises:
        EngineError: the query cannot be answered; nothing has been written.
        AnswerBroken: a part of the answer has been written, and the rest cannot be.
    """
    engine = EmbeddedEngine(store_location(chosen, release), query_limits(chosen), policy(workers=3))
    await engine.start()
    try:
        answer = await engine.evaluate(asked)
        if output == QueryFormat.TABLE and answer.form != AnswerForm.GRAPH:
            await _write_table(answer)
        else:
            await _write(answer)
    finally:
        await engine.close()


async def _write(answer: Answer) -> None:
    out = sys.stdout.buffer
    if answer.data is not None:
        out.write(answer.data)
    else:
        try:
            async for piece in answer.body:
                out.write(piece)
        finally:
            await answer.body.close()
    out.flush()


async def _write_table(answer: Answer) -> None:
    # A local import, because the other formats do not need the library.
    from plangraf.cli.query_table import write_table
    from plangraf.engine.interface import read

    write_table(await read(answer))
    sys.stdout.flush()


def _refused(error: EngineError, file: str, output: QueryFormat) -> InputError:
    """Return the error of a query that cannot be answered, with its place in the file if it has one."""
    if isinstance(error, FormNotAcceptable):
        form = "a graph, which is written as" if error.graph else "a table or a boolean, which is written as"
        formats = ", ".join(each for each in QueryFormat if (each.graphs if error.graph else each.results))
        return InputError(f"the answer is {form} {formats}, not as {output}", _name(file))
    problem = problem_of(error)
    if isinstance(error, QuerySyntax | ServiceRefused) and problem.template.startswith(_PLACE):
        message = problem.detail.partition(_AFTER_PLACE)[2]  # the place comes before the message
        return InputError(message, _name(file), error.line, error.column)
    return InputError(problem.detail, _name(file))
