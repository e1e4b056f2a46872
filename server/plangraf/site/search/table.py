"""Search results as CSV and JSON."""

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.table import Record, Table
from plangraf.search.criteria import PAGE
from plangraf.site.search.results import Results
from plangraf.view.reader import Reader
from plangraf.view.reading import Reference

_COLUMNS = ("iri", "kind", "notation", "name", "language", "plan", "plan_name", "text", "text_language", "sdgs")


async def search_table(shown: Results, request: RecordingRequest, _: Services) -> Table:
    """Return one page of results as a table; its JSON form has the facets too."""
    rows = _rows(shown)
    return Table(
        _COLUMNS, [_cells(row) for row in rows], Reader.of(request).languages, _document(shown, rows, request.prefix)
    )


def _rows(shown: Results) -> list[Record]:
    return [
        {
            "iri": row.reference.iri,
            "kind": row.hit.thing.profile.kind,
            "notation": row.reference.notation,
            "name": row.reference.name.text,
            "language": row.reference.name.language or shown.language,
            "plan": row.hit.thing.plan,
            "plan_name": _text(row.plan),
            "text": "".join(piece.text for piece in row.text.pieces) if row.text else None,
            "text_language": (row.language or shown.language) if row.text else None,
            "sdgs": [{"sdg": number, "basis": basis or None} for number, basis in row.hit.thing.profile.sdg_links],
        }
        for row in shown.rows
    ]


def _text(reference: Reference | None) -> str | None:
    return reference.name.text if reference else None


def _cells(row: Record) -> Record:
    """Return a row for CSV, with each SDG and its basis in one string such as `13:stated`."""
    sdg_links = row["sdgs"]
    assert isinstance(sdg_links, list)  # noqa: S101  # of _rows
    return {**row, "sdgs": [f"{link['sdg']}:{link['basis']}" if link["basis"] else link["sdg"] for link in sdg_links]}


def _document(shown: Results, rows: list[Record], prefix: str) -> Record:
    criteria, found = shown.criteria, shown.found
    return {
        "query": criteria.text,
        "chosen": criteria.chosen,
        "total": found.total,
        "page": criteria.number,
        "pages": found.pages,
        "page_size": PAGE,
        "next": prefix + criteria.at(criteria.number + 1).path(".json") if criteria.number < found.pages else None,
        "facets": {
            facet.key: [
                {"value": c.value, "name": c.name, "count": c.count, "chosen": c.chosen} for c in facet.values
            ]
            for facet in shown.facets
        },
        "results": rows,
    }
