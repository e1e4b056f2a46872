"""Limits of workbooks, which are checked before anything parses them, and the errors about them."""

from pathlib import Path

from plangraf.errors import InputError

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
    """A workbook cannot be read at all; the message says why, and what to do."""


def too_large(path: Path, found: str, most: str) -> WorkbookError:
    """Return the error about a workbook that exceeds a limit."""
    return WorkbookError(f"has {found}, and a workbook has at most {most}; remove what is not part of the plan", path)


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
        raise too_large(path, f"a value in row {row:,}", f"{MOST_ROWS:,} rows a sheet")
    if column > MOST_COLUMNS:
        raise too_large(path, f"a value in column {column:,}", f"{MOST_COLUMNS} columns a sheet")
    if count > MOST_CELLS:
        raise too_large(path, f"more than {MOST_CELLS:,} cells", f"{MOST_CELLS:,}")
