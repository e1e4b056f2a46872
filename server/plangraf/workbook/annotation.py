"""Copies of workbooks in which faulty cells are coloured and have notes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from plangraf.languages import N_, Msgid
from plangraf.workbook.findings import Weight
from plangraf.workbook.rows import CellPlace
from plangraf.workbook.times import EARLIEST, with_times
from plangraf.workbook.xlsx_reader import load

_AUTHOR = "plangraf validate"
_BEFORE = "\n\n———\n"
_COLOURS = {Weight.VIOLATION: "FFF4B6B6", Weight.WARNING: "FFFBE0B0", Weight.INFO: "FFD6E4F5"}
_NO_FILL = PatternFill(fill_type=None)
_NOT_KEPT = {
    "charts/": N_("charts"),
    "media/": N_("pictures"),
    "vbaProject": N_("macros"),
    "externalLinks/": N_("links to other files"),
    "pivotTables/": N_("pivot tables"),
    "slicers/": N_("slicers"),
    "threadedComments/": N_("threaded comments"),
}
_NOT_KEPT_WITHIN = {
    b"Anchor": N_("drawings"),  # Google Sheets adds an empty drawing to each sheet
    b"x14:dataValidation": N_("drop-downs that refer to other sheets"),
    b"x14:conditionalFormatting": N_("conditional formats that refer to other sheets"),
}


@dataclass(frozen=True)
class CellNote:
    """A note for a cell.

    Attributes:
        weight: how much it weighs.
        text: what is wrong.
    """

    weight: Weight
    text: str


def annotate(
    data: bytes,
    notes: Mapping[CellPlace, Sequence[CellNote]],
    time: datetime = EARLIEST,
    about: CellNote | None = None,
) -> bytes:
    """Return a copy of an xlsx workbook with notes on cells; the notes of a former copy are removed.

    Args:
        data: the workbook, which has been read before, so that its sizes are known to be harmless.
        notes: the notes, by cell.
        time: the time of the files in the copy.
        about: a note about the copy as a whole, for its first cell.

    Raises:
        WorkbookError: openpyxl cannot read the workbook, although others can.
    """
    workbook = load(data, Path("plan.xlsx"))
    if about is not None and workbook.worksheets:
        first = CellPlace(workbook.worksheets[0].title, 1, "A")
        notes = {**notes, first: [about, *notes.get(first, ())]}
    for worksheet in workbook.worksheets:
        _remove_notes(worksheet)
    for place, found in sorted(notes.items()):
        sheet = workbook[place.sheet] if place.sheet in workbook.sheetnames else None
        if not isinstance(sheet, Worksheet):
            continue
        cell = sheet[f"{place.column or 'A'}{max(place.row, 1)}"]
        before = f"{_BEFORE}{cell.comment.text}" if cell.comment is not None else ""
        text = "\n".join(dict.fromkeys(each.text for each in found))
        cell.comment = Comment(text + before, _AUTHOR, height=160, width=360)
        weight = min((each.weight for each in found), key=list(Weight).index)
        cell.fill = PatternFill("solid", fgColor=_COLOURS[weight])
    return with_times(workbook, time)


def not_kept(data: bytes) -> tuple[Msgid, ...]:
    """Return the kinds of parts of a workbook that a copy does not have."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = [archive.read(name) for name in names if "worksheets/sheet" in name or "drawings/drawing" in name]
    return (
        *(words for part, words in _NOT_KEPT.items() if any(part in name for name in names)),
        *(words for mark, words in _NOT_KEPT_WITHIN.items() if any(mark in part for part in parts)),
    )


def _remove_notes(worksheet: Worksheet) -> None:
    """Remove the notes and colours of a former copy; a note that was there before it comes back."""
    for cell in tuple(worksheet._cells.values()):
        if cell.comment is None or cell.comment.author != _AUTHOR:
            continue
        _, mark, before = cell.comment.text.partition(_BEFORE)
        cell.comment = Comment(before, "Plangraf", height=120, width=320) if mark else None
        if cell.fill.fgColor.rgb in _COLOURS.values():
            cell.fill = _NO_FILL
