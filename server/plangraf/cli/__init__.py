"""The command `plangraf`, with one module for each subcommand, which is imported when it is asked for."""

import os
import sys
from collections.abc import Callable, Container, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Annotated

import typer

from plangraf.errors import PlangrafError

VERBS: Mapping[str, str] = MappingProxyType(
    {
        "serve": "Serve a release: pages, linked data and a SPARQL endpoint.",
        "build": "Build, check and write a release, and make it the current one of the state folder.",
        "new": (
            "Write the folder of a new publisher, with a plan to fill in; it conforms, and says what is missing."
        ),
        "preview": "Serve the release that publishing PATH would make, marked as a draft; nothing is published.",
        "publish": "Publish plans: what PATH describes is replaced, and everything else stays.",
        "harvest": "Harvest plans that others publish: what URL has is published, and everything else stays.",
        "withdraw": "Withdraw a plan: its addresses answer 410 from now on, with the reason and its replacement.",
        "rollback": "Go back to an earlier release, which is checked first.",
        "releases": "List what was current and when, oldest first, with who switched and why.",
        "info": "Tell what a release holds, and when it was current.",
        "diff": "Tell what the release B has that A has not, and the other way round.",
        "query": "Ask a release with SPARQL. Exit 2: the query cannot be answered.",
        "mcp": "Answer an assistant over standard input and output (Model Context Protocol), until it ends.",
        "prune": (
            "Remove the data of old releases; their manifests and the history stay, and their addresses answer 410."
        ),
        "token": "Make, list or withdraw the tokens with which publishers change their graphs over HTTP.",
        "template": "Write a workbook in which to fill in a plan. Exit 2: it cannot be written.",
        "draft": "Draft a workbook from a plan in a PDF, a Word document or a web page, to be read over.",
        "convert": "Convert a plan between a workbook, a folder of CSV files, and Turtle.",
        "link": "Suggest links of a plan to the SDGs or to others' goals, or accept judged ones from a file.",
        "validate": "Check files against the shapes. Exit 0: they conform; 1: they do not; 2: they cannot be read.",
        "quality": "Measure the quality of each plan: completeness, sources, links to the SDGs, languages, SKOS.",
        "migrate": (
            "Rewrite RDF files of the older model to the present one. "
            "Exit 0: done; 2: a file cannot be read or written."
        ),
    }
)
"""The subcommands with the first line of their help; each is the function of this name in the module of this name."""

_COMPLETED = ("_TYPER_COMPLETE_ARGS", "COMP_WORDS")
"""The variables in which shells give the line that they ask completions for."""
_HELP = {"help_option_names": ["-h", "--help"]}


def application(imported: Container[str]) -> typer.Typer:
    """Return the command.

    Args:
        imported: the names of the subcommands that can be run; the others have only the first line of their help.
    """
    app = typer.Typer(
        name="plangraf",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings=_HELP,
        callback=_options,
    )
    for name, summary in VERBS.items():
        if name in imported:
            app.command(name, context_settings=_HELP)(_function(name))
        else:
            app.command(name, help=summary)(_not_named)
    return app


def _asked(arguments: Sequence[str]) -> Container[str]:
    """Return the subcommand that arguments name, or the line that a shell completes."""
    completed = next((os.environ[name].split() for name in _COMPLETED if name in os.environ), [])
    return {next((argument for argument in (*arguments, *completed) if argument in VERBS), "")}


def _function(name: str) -> Callable[..., None]:
    found = getattr(import_module(f"{__name__}.{name}"), name)
    assert callable(found)  # noqa: S101  # the modules are those of this package
    return found  # type: ignore[no-any-return]  # the check cannot tell what it returns


def _not_named() -> None:
    """Stand in the list of subcommands for one that is not run."""


def _version(value: bool) -> None:
    if value:
        from plangraf import __version__

        sys.stdout.write(f"plangraf {__version__}\n")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Publish municipal plans as linked open data."""


def main() -> None:
    """Run the command; on a `PlangrafError`, print its message and exit with its exit code."""
    try:
        application(_asked(sys.argv[1:]))()
    except PlangrafError as error:
        sys.stderr.write(f"plangraf: {error}\n")
        sys.exit(error.exit_code)
