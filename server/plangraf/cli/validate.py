"""`plangraf validate`: validate files, or standard input, against the shapes."""

import gc
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plangraf import shipped
from plangraf.cli.progress import bar
from plangraf.cli.watch import changes, clear_terminal
from plangraf.errors import InputError
from plangraf.formats import SOURCE_FORMATS, by_key
from plangraf.languages import InterfaceLanguage
from plangraf.release.placement import place
from plangraf.sources.dataset import ListedFile, list_files
from plangraf.sources.standard_input import standard_input
from plangraf.workbook.limits import WorkbookError

_STANDARD_INPUT = Path("-")
_COLLECT_AFTER = 500_000
"""The number of new objects after which the garbage collector looks for cycles."""


class ReportFormat(StrEnum):
    """The format of the validation report."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"
    CSV = "csv"


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(help="RDF files, workbooks, or folders of them; - is standard input", metavar="FILE…"),
    ],
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of the messages")] = "en",
    report_format: Annotated[
        ReportFormat, typer.Option("--format", help="how the report is written")
    ] = ReportFormat.TEXT,
    every: Annotated[
        bool, typer.Option("--all", help="list all results; else the first of each shape, or 2,000 for programs")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="the format of standard input: turtle, ntriples, jsonld, rdfxml, trig or nquads; else it is guessed",
        ),
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="OUT.xlsx", help="write a copy of the workbook with notes on its cells"),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="check again whenever a file changes, until Ctrl-C")] = False,
) -> None:
    """Check files against the shapes. Exit 0: they conform; 1: they do not; 2: they cannot be read.

    The files may refer to the SDGs, the vocabulary and the organisations that are shipped with Plangraf.
    """
    gc.set_threshold(_COLLECT_AFTER)  # nearly all objects live to the end of the command, which is soon
    if watch:
        _watch(files, lang, report_format, every=every)
        return
    given = _given(files, source)
    raise typer.Exit(0 if _report(given, lang, report_format, every=every, annotated=annotated) else 1)


def _given(files: Sequence[Path], source: str | None) -> Sequence[ListedFile]:
    """Return the files to check, or standard input.

    Raises:
        InputError: there are other files beside standard input, or a format for what is none, or of an unknown name.
    """
    if _STANDARD_INPUT not in files:
        if source is not None:
            raise InputError("--type belongs to standard input (-); the name of a file tells its format")
        return _listed(files)
    if len(files) > 1:
        raise InputError("- stands for standard input, and cannot be combined with other files")
    rdf_format = by_key(source, SOURCE_FORMATS) if source is not None else None
    if source is not None and rdf_format is None:
        raise InputError(f"--type is one of {', '.join(f.key for f in SOURCE_FORMATS)}, not {source!r}")
    return [standard_input(sys.stdin.buffer.read(), rdf_format)]


def _listed(paths: Sequence[Path]) -> Sequence[ListedFile]:
    """Return files, those in a folder with the graphs in which it would be published.

    Raises:
        InputError: a path does not exist, or a folder holds no RDF file.
    """
    found: list[ListedFile] = []
    for path in paths:
        try:
            found += place([path]).files if path.is_dir() else list_files([path])
        except InputError:  # the report says what is wrong
            found += list_files([path])
    return found


def _watch(files: Sequence[Path], lang: InterfaceLanguage, report_format: ReportFormat, *, every: bool) -> None:
    """Report on files now and whenever one of them changes, until an interrupt.

    Raises:
        InputError: standard input was named, which cannot be read again.
    """
    if _STANDARD_INPUT in files:
        raise InputError("--watch needs files; standard input is read once")
    try:
        for _ in changes(files):
            clear_terminal()
            try:
                _report(_listed(files), lang, report_format, every=every)
            except InputError as error:
                sys.stderr.write(f"plangraf: {error}\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stdout.write("\n")


def _report(
    files: Sequence[ListedFile],
    lang: InterfaceLanguage,
    report_format: ReportFormat,
    *,
    every: bool,
    annotated: Path | None = None,
) -> bool:
    """Write the report on files, and return whether they conform."""
    # These import pySHACL, which other commands do not need.
    from plangraf.release.check import check_files
    from plangraf.validation.render import to_csv, to_json, to_text, to_turtle
    from plangraf.validation.report import MOST_RESULTS

    try:
        with bar("validating") as progress:
            report = check_files(files, list_files([shipped.DATA]), progress)
    except WorkbookError as error:
        raise error.in_language(lang) from error
    if annotated is not None:
        from plangraf.cli.annotation import write_annotated

        write_annotated(files, report, annotated, lang)
    if report_format == ReportFormat.TEXT:
        sys.stdout.write(to_text(report, lang, every=every))
        return report.conforms
    report = report if every else report.first(MOST_RESULTS)
    if report_format == ReportFormat.CSV:
        sys.stdout.write(to_csv(report, lang))
    elif report_format == ReportFormat.JSON:
        sys.stdout.buffer.write(to_json(report))
    else:
        sys.stdout.write(to_turtle(report))
    return report.conforms
