"""The forms of a table: records as JSON and as CSV."""

import csv
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import orjson

from plangraf.errors import RequestMalformed
from plangraf.formats import CSV, JSON_REPORT, SPREADSHEET, by_key
from plangraf.http.content import Content
from plangraf.http.disposition import file_name, inline
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.spreadsheet import to_spreadsheet

M = TypeVar("M")
Record = Mapping[str, object]


@dataclass(frozen=True)
class Table:
    """Records with the same fields, as JSON and CSV.

    Attributes:
        columns: the names of the fields, in the order of the CSV columns.
        records: the records; in CSV, the items of a list are separated by spaces.
        language: the language of the names in the records, for Content-Language.
        document: overrides the default JSON document, which has the release and the records.
    """

    columns: Sequence[str]
    records: Sequence[Record]
    language: str
    document: Record | None = None


def table_forms(make: Callable[[M, RecordingRequest, Services], Awaitable[Table]]) -> tuple[Form[M], Form[M]]:
    """Return the JSON form and the CSV form of a table.

    Args:
        make: returns the table of a model.
    """

    async def json(model: M, request: RecordingRequest, services: Services) -> Content:
        table = await make(model, request, services)
        document = table.document or {"release": services.manifest.release, "records": list(table.records)}
        return Content(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE), language=table.language)

    async def text(model: M, request: RecordingRequest, services: Services) -> Content:
        table = await make(model, request, services)
        name = file_name(services.manifest.release, request.stem, CSV.extension)
        headers = {"Content-Disposition": inline(name)}
        body = to_csv(table.columns, table.records)
        return Content(
            to_spreadsheet(body) if _for_spreadsheets(request) else body, language=table.language, headers=headers
        )

    return Form(JSON_REPORT, json), Form(CSV, text)


def _for_spreadsheets(request: RecordingRequest) -> bool:
    """Return whether the parameter `format` selects CSV for spreadsheets.

    Raises:
        RequestMalformed: it names another format.
    """
    key = request.parameter("format")
    named = by_key(key, (CSV, SPREADSHEET)) if key else CSV
    if named is None:
        raise RequestMalformed(
            N_(
                "The parameter format of a CSV file is {plain}, or {spreadsheet} for programs that expect semicolons."
            ),
            plain=CSV.key,
            spreadsheet=SPREADSHEET.key,
        )
    return named == SPREADSHEET


def to_csv(columns: Sequence[str], records: Sequence[Record]) -> bytes:
    """Return records as CSV in UTF-8 (RFC 4180); the first line is the header, also without records.

    Args:
        columns: the names of the fields, in the order of the columns.
        records: the records, which have all fields.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for record in records:
        cells = (record[name] for name in columns)
        writer.writerow([" ".join(cell) if isinstance(cell, list) else cell for cell in cells])
    return out.getvalue().encode()
