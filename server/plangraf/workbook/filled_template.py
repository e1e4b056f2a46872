"""The template, filled in with the rows of a file of another program, in which notes find the same cells."""

from collections.abc import Mapping, Sequence

from plangraf.languages import InterfaceLanguage
from plangraf.workbook.annotation import CellNote, annotate
from plangraf.workbook.columns import Sheet
from plangraf.workbook.rows import CellPlace, Row, WorkbookRows
from plangraf.workbook.sheets import SHEETS
from plangraf.workbook.xlsx_writer import place_of, write_xlsx


class FilledTemplate:
    """The template with the rows of a file.

    Args:
        rows: the rows, with their places in the file.
    """

    def __init__(self, rows: WorkbookRows) -> None:
        self._rows = rows
        self._language: InterfaceLanguage = "en" if _is_english(rows) else "nb"
        self._places: dict[CellPlace, CellPlace] = {}
        self._sheets: dict[str, CellPlace] = {}
        for sheet in SHEETS:
            for number, row in enumerate(rows.of(sheet.key)):
                self._add(sheet, number, row)

    def annotated(self, notes: Mapping[CellPlace, Sequence[CellNote]]) -> bytes:
        """Return the workbook with notes, given by the cells of the file.

        A note on a cell that the template lacks is on the first cell of its sheet, or of the sheet of the plan, and
        names the cell.
        """
        moved: dict[CellPlace, list[CellNote]] = {}
        for place, found in notes.items():
            cell = self._places.get(place)
            if cell is None:
                cell = self._sheets.get(place.sheet, CellPlace(SHEETS[0].title.in_language(self._language), 1, "A"))
                found = [CellNote(note.weight, f"{place}: {note.text}") for note in found]
            moved.setdefault(cell, []).extend(found)
        return annotate(write_xlsx(self._rows, self._language), moved)

    def _add(self, sheet: Sheet, number: int, row: Row) -> None:
        self._sheets.setdefault(row.place.sheet, CellPlace(sheet.title.in_language(self._language), 1, "A"))
        for key, place in row.places.items():
            self._places[place] = place_of(sheet, number, key, self._language)
        first = place_of(sheet, number, sheet.columns[0].key, self._language)
        self._places.setdefault(row.place, first)


def _is_english(rows: WorkbookRows) -> bool:
    """Return whether most sheets of a file have their English names."""
    titles = {row.place.sheet.casefold(): row.sheet.title for row in rows}
    english = sum(name == title.en.casefold() != title.nb.casefold() for name, title in titles.items())
    return english > len(titles) / 2
