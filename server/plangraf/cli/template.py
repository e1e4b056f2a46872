"""`plangraf template`: write the plan workbook, empty or with an example."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage


def template(
    out: Annotated[Path, typer.Option("--out", "-o", help="the workbook to write, such as plan.xlsx")],
    lang: Annotated[InterfaceLanguage, typer.Option(help="the language of sheets and columns")] = "nb",
    example: Annotated[bool, typer.Option("--example", help="fill it with an example, in grey")] = False,
) -> None:
    """Write a workbook in which to fill in a plan. Exit 2: it cannot be written."""
    # openpyxl takes its time, and other commands do not need it.
    from plangraf.workbook.example import example_rows
    from plangraf.workbook.rows import WorkbookRows
    from plangraf.workbook.xlsx_writer import write_xlsx

    if not out.name.lower().endswith(".xlsx"):
        raise InputError("is not the name of a workbook; it ends in .xlsx", out)
    rows = example_rows(lang) if example else WorkbookRows()
    try:
        out.write_bytes(write_xlsx(rows, lang, example=example))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    sys.stdout.write(f"{out}\n")
