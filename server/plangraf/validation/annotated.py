"""Copies of workbooks with the results of their validation as notes on cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plangraf.languages import N_, InterfaceLanguage, preferred_text, translations
from plangraf.sources.workbook_file import WorkbookFile
from plangraf.validation.report import Report
from plangraf.workbook.annotation import CellNote, annotate, not_kept
from plangraf.workbook.archive import ZIP, ArchiveKind, kind_of
from plangraf.workbook.filled_template import FilledTemplate
from plangraf.workbook.findings import Weight
from plangraf.workbook.limits import WorkbookError
from plangraf.workbook.rows import CellPlace

_LACKS = N_("This copy lacks parts of your workbook: {parts}.")


@dataclass(frozen=True)
class AnnotatedCopy:
    """A copy of a workbook with notes.

    Attributes:
        data: the copy, an xlsx workbook.
        lacks: a sentence on the parts of the workbook that the copy does not have; empty if it has all.
    """

    data: bytes
    lacks: str = ""


def annotated_copy(file: WorkbookFile, report: Report, language: InterfaceLanguage) -> AnnotatedCopy:
    """Return a copy of a workbook with notes on the cells that a report is about.

    What is no xlsx workbook, or one that openpyxl cannot read, is copied into our own template.

    Args:
        file: the workbook, which has been read before, so that its sizes are known to be harmless.
        report: the report on it.
        language: the language of the notes.

    Raises:
        InputError: the workbook cannot be read.
    """
    gettext = translations(language).gettext
    notes = _notes(report, language)
    data = None if file.data is None and file.path.is_dir() else file.content()
    if data is None or not data.startswith(ZIP) or kind_of(data, file.path) is not ArchiveKind.XLSX:
        return AnnotatedCopy(FilledTemplate(file.rows().rows).annotated(notes))
    lost = not_kept(data)
    lacks = gettext(_LACKS).format(parts=", ".join(map(gettext, lost))) if lost else ""
    try:
        return AnnotatedCopy(annotate(data, notes, about=CellNote(Weight.INFO, lacks) if lacks else None), lacks)
    except WorkbookError:
        return AnnotatedCopy(FilledTemplate(file.rows().rows).annotated(notes))


def _notes(report: Report, language: InterfaceLanguage) -> Mapping[CellPlace, Sequence[CellNote]]:
    notes: dict[CellPlace, list[CellNote]] = {}
    for result in report.results:
        cell = result.location.cell if result.location is not None else None
        text = preferred_text(result.messages, language)
        if cell is not None and text:
            notes.setdefault(cell, []).append(CellNote(Weight(result.severity.value), text))
    return notes
