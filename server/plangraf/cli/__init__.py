"""The command `plangraf`, with one module for each subcommand."""

import sys
from typing import Annotated

import typer

from plangraf import __version__
from plangraf.cli import build, migrate, quality, serve, validate
from plangraf.errors import PlangrafError

app = typer.Typer(
    name="plangraf",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"plangraf {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Publish municipal plans as linked open data."""


app.command("serve")(serve.serve)
app.command("build")(build.build)
app.command("validate")(validate.validate)
app.command("quality")(quality.quality)
app.command("migrate")(migrate.migrate_files)


def main() -> None:
    """Run the command; on a `PlangrafError`, print its message and exit with its exit code."""
    try:
        app()
    except PlangrafError as error:
        sys.stderr.write(f"plangraf: {error}\n")
        sys.exit(error.exit_code)
