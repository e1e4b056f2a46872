"""The command `plangraf`: one verb a module."""

import sys

import typer

from plangraf.cli import build, serve, validate
from plangraf.errors import PlangrafError

app = typer.Typer(
    name="plangraf",
    help="Publish municipal plans as linked open data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("build")(build.build)
app.command("validate")(validate.validate)


def main() -> None:
    """Run the command; an error of ours ends it with one message and the error's exit code."""
    try:
        app()
    except PlangrafError as error:
        sys.stderr.write(f"plangraf: {error}\n")
        sys.exit(error.exit_code)
