"""`plangraf convert`: a plan from a workbook to Turtle, and from RDF to a workbook, and either to CSV files."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import pyoxigraph as ox
import typer

from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage, translations
from plangraf.namespaces import compact
from plangraf.workbook.limits import WorkbookError

if TYPE_CHECKING:
    from plangraf.workbook.findings import CellFinding

_LISTED = 20


def convert(
    source: Annotated[Path, typer.Argument(help="a workbook, a folder of CSV files, or RDF files", metavar="IN")],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="plan.xlsx, plan.ttl, plan.trig, or a folder; --csv makes it one of CSV files"
        ),
    ],
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of sheets, columns and messages")] = "nb",
    as_csv: Annotated[bool, typer.Option("--csv", help="write a folder of CSV files with metadata")] = False,
    semicolon: Annotated[bool, typer.Option("--semicolon", help="put semicolons between the cells of CSV")] = False,
    plan: Annotated[str | None, typer.Option("--plan", help="the IRI of the plan, if IN has several")] = None,
) -> None:
    """Convert a plan between a workbook, a folder of CSV files, and Turtle.

    Exit 0: done, with what the other form cannot hold listed; 1: cells of the workbook are wrong, and nothing is
    written; 2: a file cannot be read or written.
    """
    # They import openpyxl, which other commands do not need.
    from plangraf.formats import TRIG
    from plangraf.release.plan_source import read_plan
    from plangraf.workbook.csv_folder import csv_folder_files
    from plangraf.workbook.findings import Weight
    from plangraf.workbook.from_statements import from_statements
    from plangraf.workbook.turtle import turtle_files
    from plangraf.workbook.xlsx_writer import write_xlsx

    try:
        found = read_plan(source, plan)
    except WorkbookError as error:
        raise error.in_language(lang) from error
    _write_findings(source, found.findings, lang)
    if any(finding.fault.weight is Weight.VIOLATION for finding in found.findings):
        raise typer.Exit(1)
    name = out.name.lower()
    if as_csv or name.endswith(".xlsx"):
        rows = from_statements(found.quads, found.addresses, lang)
        _write_differences(rows.lost, rows.added, lang)
        if as_csv:
            delimiter = ";" if semicolon else ","
            _write(
                {out / name: data for name, data in csv_folder_files(rows.rows, lang, delimiter=delimiter).items()}
            )
        else:
            _write({out: write_xlsx(rows.rows, lang)})
    elif name.endswith(".trig"):
        written = ox.serialize(found.quads, format=ox.RdfFormat.from_media_type(TRIG.media_type))
        _write({out: written or b""})
    elif "." in out.suffix and not name.endswith(".ttl"):
        raise InputError(
            "is not a name that tells what to write; it ends in .xlsx, .ttl or .trig, or is a folder", out
        )
    else:
        files = turtle_files(found.quads, found.addresses)
        _write({_turtle_path(out, path, found.addresses.code): data for path, data in files.items()})


def _turtle_path(out: Path, path: PurePosixPath, code: str) -> Path:
    """Return where a file of a plan belongs: beside a named file, or in a folder of data, or in that of the plan."""
    if out.name.lower().endswith(".ttl"):
        return out if len(path.parts) == 1 else out.parent / path
    below = PurePosixPath(code)
    return (out if out.resolve().as_posix().endswith(f"/{code}") else out / below) / path


def _write(files: Mapping[Path, bytes]) -> None:
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", path) from error
        sys.stdout.write(f"{path}\n")


def _write_findings(source: Path, findings: Sequence["CellFinding"], lang: InterfaceLanguage) -> None:
    for finding in findings:
        sys.stderr.write(f"{source}: {finding.place}: {finding.message(lang)}\n")


def _write_differences(lost: Sequence[ox.Quad], added: Sequence[ox.Quad], lang: InterfaceLanguage) -> None:
    """Write what the workbook does not hold, and what it says beyond the data, by property."""
    gettext = translations(lang).gettext
    for quads, words in (
        (lost, gettext("The workbook has no room for statements with {property} ({count}), such as: {example}")),
        (added, gettext("The workbook adds statements with {property} ({count}), such as: {example}")),
    ):
        counts = Counter(quad.predicate.value for quad in quads)
        for prop, count in counts.most_common(_LISTED):
            example = next(quad for quad in quads if quad.predicate.value == prop)
            text = f"{example.subject} {compact(prop)} {example.object}"
            sys.stderr.write(words.format(count=count, property=compact(prop), example=text) + "\n")
