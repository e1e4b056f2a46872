"""Facts of the template that its writer and the reader of workbooks share."""

from plangraf.workbook.columns import Words

VERSION = "1"
"""The version of the template; it grows when a column is added or changed."""
LISTS_SHEET = "_lists"
"""The name of the hidden sheet with the lists of the drop-downs."""
GUIDE = Words("Veiledning", "Guide")
"""The name of the sheet that says how to fill in the others."""
_MARK = "plangraf template "


def version_mark() -> str:
    """Return the text that records the version in a workbook."""
    return _MARK + VERSION


def version_in(text: str) -> str | None:
    """Return the version that a text records, or None."""
    return text.removeprefix(_MARK) if text.startswith(_MARK) else None
