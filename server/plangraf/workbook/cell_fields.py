"""What the cells of a workbook are for, and the statements that they do not make because they are faulty."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import expand
from plangraf.workbook.columns import Words
from plangraf.workbook.findings import CellFinding, Weight
from plangraf.workbook.rows import CellPlace, WorkbookRows
from plangraf.workbook.sheets import BY_KEY


@dataclass(frozen=True)
class CellField:
    """The field that a cell is for.

    Attributes:
        column: the heading of its column, or the name of the field of a form.
        filled: whether it has a text.
        properties: the IRIs of the properties of the statements that it makes.
    """

    column: Words
    filled: bool
    properties: frozenset[str] = frozenset()


def cell_fields(rows: WorkbookRows, language: InterfaceLanguage | None) -> Mapping[CellPlace, CellField]:
    """Return the fields of all cells, also of those that are empty, by their places.

    Args:
        rows: the rows.
        language: the language in which the file names its columns, or None if that is not known.
    """
    return {
        place: CellField(
            _as_written(row.sheet.by_key[key].title, language),
            key in row.cells,
            frozenset(map(expand, row.sheet.by_key[key].properties)),
        )
        for row in rows
        for key, place in row.places.items()
        if place.column and key in row.sheet.by_key
    }


def _as_written(title: Words, language: InterfaceLanguage | None) -> Words:
    return Words(*[title.in_language(language)] * 2) if language is not None else title


def unmade_statements(
    rows: WorkbookRows,
    plan: str,
    findings: Iterable[CellFinding],
    blanks: Mapping[tuple[str, str], CellPlace],
) -> frozenset[tuple[str, str]]:
    """Return subject and property of the statements that are missing because a cell is faulty.

    All rows belong to the plan, so what they do not say is missing from the plan as well, unless the plan has a field
    of its own for it.

    Args:
        rows: the rows.
        plan: the IRI of the plan.
        findings: the faults of cells.
        blanks: the cells without a value, by the subject and the property of the statements that they could make.
    """
    faulty = {finding.place for finding in findings if finding.fault.weight is Weight.VIOLATION}
    lost = {
        (row.place, expand(prop))
        for row in rows
        for column in row.sheet.columns
        if column.required and row.lacks_column(column.key)
        for prop in column.properties
    }
    if not faulty and not lost:
        return frozenset()
    own = {prop for column in BY_KEY["plan"].columns for prop in column.properties}
    lacking = {(plan, expand(prop)) for prop in _properties(rows, faulty) if prop not in own}
    return frozenset(lacking | {key for key, place in blanks.items() if place in faulty or (place, key[1]) in lost})


def _properties(rows: WorkbookRows, faulty: set[CellPlace]) -> Iterator[str]:
    for row in rows:
        for column in row.sheet.columns:
            if row.place_of(column.key) in faulty:
                yield from column.properties
