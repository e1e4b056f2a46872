"""The metadata of a folder of CSV files (CSV on the Web, Metadata Vocabulary for Tabular Data)."""

from collections.abc import Iterable

import orjson

from plangraf.namespaces import expand
from plangraf.workbook.columns import Column, Sheet, ValueKind

METADATA = "csv-metadata.json"
"""The name of the file, which CSV on the Web looks for beside a table."""
_DATATYPES = {ValueKind.INTEGER: "integer", ValueKind.YEAR: "gYear", ValueKind.ADDRESS: "anyURI"}


def metadata(sheets: Iterable[Sheet], delimiter: str = ",") -> bytes:
    """Return the metadata for the files of sheets.

    Args:
        sheets: the sheets.
        delimiter: the sign between cells.
    """
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nb"}],
        "dialect": {"delimiter": delimiter, "encoding": "utf-8", "header": True},
        "tables": [
            {
                "url": f"{sheet.key}.csv",
                "dc:title": [
                    {"@value": sheet.title.nb, "@language": "nb"},
                    {"@value": sheet.title.en, "@language": "en"},
                ],
                "tableSchema": {"columns": [_column(column) for column in sheet.columns]},
            }
            for sheet in sheets
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _column(column: Column) -> dict[str, object]:
    found: dict[str, object] = {
        "name": column.key,
        "titles": {"nb": column.title.nb, "en": column.title.en},
        "dc:description": column.help.en,
        "required": column.required,
        "datatype": "string" if column.multiple else _DATATYPES.get(column.kind, "string"),
    }
    if column.multiple:
        found["separator"] = "|"
    if column.prop is not None:
        found["propertyUrl"] = expand(column.prop)
    return found
