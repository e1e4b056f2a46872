"""The rows of a workbook, as they are read from a file or made from statements, and the places of their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plangraf.workbook.columns import Sheet


@dataclass(frozen=True, order=True)
class CellPlace:
    """The place of a cell.

    Attributes:
        sheet: the name of the sheet, as the file has it.
        row: the number of the row, counted from 1.
        column: the letters of the column; empty for the row as a whole.
    """

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column or 'A'}{self.row}"


NOWHERE = CellPlace("", 0)
"""The place of cells that are in no file."""


@dataclass(frozen=True)
class RowCell:
    """A cell with a text that is not empty.

    Attributes:
        text: the text, without what the cleaning removes.
        place: its place.
    """

    text: str
    place: CellPlace = NOWHERE


@dataclass(frozen=True)
class Row:
    """A row, or a form, with its cells by the keys of the columns.

    Attributes:
        sheet: the declaration of its sheet.
        cells: the cells that are not empty.
        place: the place of the row.
        places: the places of all its cells, also of those that are empty.
    """

    sheet: Sheet
    cells: Mapping[str, RowCell]
    place: CellPlace = NOWHERE
    places: Mapping[str, CellPlace] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return the text of a cell, which is empty if there is none."""
        cell = self.cells.get(key)
        return cell.text if cell is not None else ""

    def place_of(self, key: str) -> CellPlace:
        """Return the place of a cell, or of the row if the sheet has no such column."""
        cell = self.cells.get(key)
        return cell.place if cell is not None else self.places.get(key, self.place)

    def lacks_column(self, key: str) -> bool:
        """Return whether the sheet of the file has no such column."""
        return bool(self.places) and key not in self.places and key not in self.cells


@dataclass(frozen=True)
class WorkbookRows:
    """The rows of a workbook, by the keys of their sheets."""

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def of(self, key: str) -> Sequence[Row]:
        """Return the rows of a sheet."""
        return self.rows.get(key, ())

    def __iter__(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows


def made_row(sheet: Sheet, texts: Mapping[str, str]) -> Row:
    """Return a row that is in no file, with the texts that are not empty by the keys of their columns."""
    return Row(sheet, {key: RowCell(text) for key, text in texts.items() if text})
