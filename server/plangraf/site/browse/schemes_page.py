"""The list of all schemes, as a page and as tables."""

from itertools import groupby

from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Record, Table
from plangraf.site.browse.schemes import PATH, ROWS, SCHEMES, ListedScheme
from plangraf.view.page import Page
from plangraf.view.paging import count_pages
from plangraf.view.query_link import sparql_href
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reference

_COLUMNS = ("dataset", "iri", "form", "label", "language", "publisher", "publisher_name", "concepts", "page")


async def schemes_page(rows: list[ListedScheme], request: RecordingRequest, __: Services) -> Page:
    """Return one page of the list of schemes.

    Raises:
        ResourceNotFound: there is no such page.
    """
    number, reader = page_number(request), Reader.of(request)
    pages = count_pages(len(rows), ROWS, number)
    _ = reader.gettext
    groups: list[tuple[Reference, list[ListedScheme]]] = []
    shown = rows[(number - 1) * ROWS : number * ROWS]
    for (form, publisher), of_group in groupby(shown, key=lambda row: (row.scheme.form, row.publisher)):
        other = {
            "plan": _("Without a publisher"),
            "scheme": _("Vocabularies and code lists"),
            "collection": _("Collections"),
        }
        heading = publisher or Reference("", None, Name(other[form]), None, local=False)
        groups.append((heading, list(of_group)))
    context = {
        "groups": groups,
        "at": number,
        "pages": pages,
        "before": reader.href(f"{PATH}?page={number - 1}"),
        "after": reader.href(f"{PATH}?page={number + 1}"),
        "data": [
            ("CSV", "text/csv", reader.table_href(f"{PATH}.csv")),
            ("JSON", "application/json", reader.href(f"{PATH}.json")),
        ],
        "query_href": sparql_href(SCHEMES, reader),
    }
    return Page("browse/schemes.html", _("Browse"), context, query=f"page={number}" if number > 1 else "")


async def schemes_table(rows: list[ListedScheme], request: RecordingRequest, _: Services) -> Table:
    """Return the list of all schemes as a table."""
    reader = Reader.of(request)
    return Table(_COLUMNS, _records(rows, request, reader), reader.language)


def _records(rows: list[ListedScheme], request: RecordingRequest, reader: Reader) -> list[Record]:
    return [
        {
            "dataset": row.dataset,
            "iri": row.scheme.iri,
            "form": row.scheme.form,
            "label": row.reference.name.text,
            "language": (row.reference.name.language or reader.language) if row.scheme.labels else None,
            "publisher": row.publisher.iri if row.publisher else None,
            "publisher_name": row.publisher.name.text if row.publisher else None,
            "concepts": row.scheme.concepts,
            "page": request.base + row.path,
        }
        for row in rows
    ]
