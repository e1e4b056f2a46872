"""`plangraf validate`: validate files against the shapes."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plangraf import shipped
from plangraf.cli.progress import bar
from plangraf.languages import InterfaceLanguage
from plangraf.sources.dataset import list_files


class ReportFormat(StrEnum):
    """The format of the validation report."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"
    CSV = "csv"


def validate(
    files: Annotated[list[Path], typer.Argument(help="RDF files, or folders of them", metavar="FILE…")],
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of the messages")] = "en",
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="how the report is written")
    ] = ReportFormat.TEXT,
    every: Annotated[
        bool, typer.Option("--all", help="list all results; else the first of each shape, or 2,000 for programs")
    ] = False,
) -> None:
    """Check files against the shapes. Exit 0: they conform; 1: they do not; 2: they cannot be read.

    The files may refer to the SDGs, the vocabulary and the organisations that are shipped with Plangraf.
    """
    # These import pySHACL, which other commands do not need.
    from plangraf.release.check import check_files
    from plangraf.validation.render import to_csv, to_json, to_text, to_turtle
    from plangraf.validation.report import MOST_RESULTS

    with bar("validating") as progress:
        report = check_files(list_files(files), list_files([shipped.DATA]), progress)
    if report_format == ReportFormat.TEXT:
        sys.stdout.write(to_text(report, lang, every=every))
        raise typer.Exit(0 if report.conforms else 1)
    report = report if every else report.first(MOST_RESULTS)
    if report_format == ReportFormat.CSV:
        sys.stdout.write(to_csv(report, lang))
    elif report_format == ReportFormat.JSON:
        sys.stdout.buffer.write(to_json(report))
    else:
        sys.stdout.write(to_turtle(report))
    raise typer.Exit(0 if report.conforms else 1)
