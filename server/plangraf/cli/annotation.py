"""The copy of a workbook with notes on its cells, for `plangraf validate --annotate`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage
from plangraf.sources.dataset import ListedFile
from plangraf.validation.report import Report
from plangraf.workbook.file_names import XLSX
from plangraf.workbook.findings import Weight
from plangraf.workbook.rows import CellPlace


def write_annotated(files: Sequence[ListedFile], report: Report, out: Path, language: InterfaceLanguage) -> None:
    """Write a copy of the workbook that was validated, and say which of its parts the copy does not have.

    Raises:
        InputError: not one xlsx workbook was validated, or the copy cannot be written.
    """
    from plangraf.workbook.annotation import CellNote, annotate, not_kept

    if len(files) != 1 or not files[0].path.name.lower().endswith(XLSX) or not files[0].path.is_file():
        raise InputError("--annotate copies one .xlsx workbook")
    if not out.name.lower().endswith(".xlsx"):
        raise InputError("is not the name of a workbook; it ends in .xlsx", out)
    notes: dict[CellPlace, list[CellNote]] = {}
    other: InterfaceLanguage = "en" if language == "nb" else "nb"
    for result in report.results:
        cell = result.location.cell if result.location is not None else None
        text = result.messages.get(language) or result.messages.get(other)
        if cell is not None and text:
            notes.setdefault(cell, []).append(CellNote(Weight(result.severity.value), text))
    data = files[0].content()
    try:
        out.write_bytes(annotate(data, notes))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    lost = not_kept(data)
    if lost:
        sys.stderr.write(f"{out}: the copy has no {', '.join(lost)}\n")
