"""The cells of a file as it has them, before anything is known about its sheets and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Flag, auto

from plangraf.workbook.findings import CellFinding


class CellTrait(Flag):
    """The traits of a cell that matter for its text."""

    NONE = 0
    NUMBER = auto()
    DATE = auto()
    FORMULA = auto()
    NO_VALUE = auto()
    ERROR = auto()


@dataclass(frozen=True)
class RawCell:
    """A cell.

    Attributes:
        text: its value as text; a date as in ISO 8601, a number without a fraction as digits.
        traits: what else is known of it.
    """

    text: str
    traits: CellTrait = CellTrait.NONE


@dataclass(frozen=True)
class MergedRange:
    """A range of merged cells, with the numbers of its rows and columns, both inclusive."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    name: str


@dataclass(frozen=True)
class RawSheet:
    """A sheet.

    Attributes:
        title: its name.
        cells: the cells that are not empty, by the numbers of row and column, counted from 1.
        merged: the merged ranges.
        hidden_rows: the numbers of hidden rows.
        findings: what was found while reading it.
    """

    title: str
    cells: Mapping[tuple[int, int], RawCell]
    merged: tuple[MergedRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    findings: tuple[CellFinding, ...] = ()


@dataclass(frozen=True)
class RawWorkbook:
    """The sheets of a file.

    Attributes:
        sheets: the sheets, in their order.
        version: the version of the template, if the file has one.
        findings: what was found about the file as a whole.
    """

    sheets: tuple[RawSheet, ...]
    version: str | None = None
    findings: tuple[CellFinding, ...] = field(default=())


def number_text(value: float) -> str:
    """Return a number as a spreadsheet program shows it: without a fraction that is zero, with at most 15 digits."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.15g}"
