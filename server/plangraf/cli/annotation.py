"""The copy of a workbook with notes on its cells, for `plangraf validate --annotate`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage
from plangraf.sources.dataset import ListedFile
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.report import Report


def write_annotated(files: Sequence[ListedFile], report: Report, out: Path, language: InterfaceLanguage) -> None:
    """Write a copy of the workbook that was validated, and say which of its parts the copy does not have.

    Raises:
        InputError: not one workbook was validated, or the copy cannot be written.
    """
    from plangraf.validation.annotated import annotated_copy

    file = files[0] if len(files) == 1 else None
    if not isinstance(file, WorkbookFile):
        raise InputError("--annotate copies one workbook, or one folder of CSV files")
    if not out.name.lower().endswith(".xlsx"):
        raise InputError("is not the name of a workbook; it ends in .xlsx", out)
    copy = annotated_copy(file, report, language)
    try:
        out.write_bytes(copy.data)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    if copy.lacks:
        sys.stderr.write(f"{out}: {copy.lacks}\n")
