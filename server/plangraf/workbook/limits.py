"""Limits of workbooks, which are checked before anything parses them, and the errors about them."""

from functools import partial
from pathlib import Path

from plangraf.errors import InputError
from plangraf.languages import N_, InterfaceLanguage, Msgid, filled

MOST_BYTES = 16 * 1024 * 1024
"""The size of the largest file that is read."""
MOST_INFLATED = 128 * 1024 * 1024
"""The size of the largest file once it is decompressed."""
MOST_MEMBERS = 1000
"""The number of files that a workbook may consist of."""
MOST_ROWS = 20_000
"""The number of rows that a sheet may have."""
MOST_COLUMNS = 500
"""The number of columns that a sheet may have."""
MOST_CELLS = 500_000
"""The number of cells that a workbook may have."""


class WorkbookError(InputError):
    """A workbook cannot be read at all; the message says why, and what to do.

    Attributes:
        template: the error and its correction, with the names of `values` in braces.
        values: the values of the placeholders.
    """

    def __init__(self, template: Msgid, path: Path | None, **values: str | int) -> None:
        self.template = template
        self.values = values
        super().__init__(filled(template, values, "en"), path)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error."""
        return partial(type(self), self.template, self.path, **self.values), ()

    def in_language(self, language: InterfaceLanguage) -> InputError:
        """Return the error with its message in one of the languages."""
        return InputError(filled(self.template, self.values, language), self.path)


_ROW = N_(
    "The file has a value in row {row}, and a sheet has at most {most} rows. Remove what is not part of the plan."
)
_COLUMN = N_(
    "The file has a value in column {column}, and a sheet has at most {most} columns. Remove what is not part of "
    "the plan."
)
_CELLS = N_("The file has more than {most} cells. Remove what is not part of the plan.")


def too_many_cells(path: Path) -> WorkbookError:
    """Return the error about a workbook with too many cells."""
    return WorkbookError(_CELLS, path, most=MOST_CELLS)


def check_cell(path: Path, row: int, column: int, count: int) -> None:
    """Check that a cell is within the limits.

    Args:
        path: the name for messages.
        row: the number of its row.
        column: the number of its column.
        count: how many cells there are up to it.

    Raises:
        WorkbookError: it is not.
    """
    if row > MOST_ROWS:
        raise WorkbookError(_ROW, path, row=row, most=MOST_ROWS)
    if column > MOST_COLUMNS:
        raise WorkbookError(_COLUMN, path, column=column, most=MOST_COLUMNS)
    if count > MOST_CELLS:
        raise too_many_cells(path)


def unreadable(path: Path, cause: object) -> WorkbookError:
    """Return the error about a workbook that its parser cannot read.

    Args:
        path: the name for messages.
        cause: what the parser says, in English.
    """
    return WorkbookError(
        N_("The file cannot be read as a workbook ({cause}). Open it in a spreadsheet program and save it again."),
        path,
        cause=str(cause),
    )
