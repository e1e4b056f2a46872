"""The IRIs of the rows of a workbook: kept by an ID, or minted from the number or the name."""

from plangraf.workbook.addresses import PlanAddresses, free, slug
from plangraf.workbook.cleaning import clean
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import ID_COLUMN
from plangraf.workbook.findings import CellFault, Findings
from plangraf.workbook.rows import Row, WorkbookRows
from plangraf.workbook.values import as_address

_ABOVE = {"goals": "parent", "strategies": "supports", "measures": "implements", "contributions": "supports"}
"""The columns that name the thing above, by the sheets whose numbers may restart below it."""


class Identities:
    """The IRIs of rows.

    Args:
        rows: all rows; their IDs are reserved before an IRI is minted.
        addresses: the addresses of the plan.
        findings: takes the faults.
    """

    def __init__(self, rows: WorkbookRows, addresses: PlanAddresses, findings: Findings) -> None:
        self._addresses = addresses
        self._findings = findings
        self._owners: dict[str, Row] = {}
        self._iris: dict[int, str] = {}
        self._restarting = _restarting_numbers(rows)
        for row in rows:
            name = row.text(ID_COLUMN)
            if not name:
                continue
            iri = addresses.thing(name)
            owner = self._owners.setdefault(iri, row)
            if owner is not row:
                findings.add(
                    CellFault.ID_TWICE, row.place_of(ID_COLUMN), text=name, places=str(owner.place_of(ID_COLUMN))
                )
            self._iris[id(row)] = iri

    def of(self, row: Row, wish: str) -> str:
        """Return the IRI of a row, which is minted from `wish` if the row has no ID."""
        known = self._iris.get(id(row))
        if known is None:
            known = self._iris[id(row)] = free(self._addresses.thing(wish), self._owners)
            self._owners[known] = row
        return known

    def of_concept(self, row: Row) -> str:
        """Return the IRI of a concept, with the faults of its number."""
        if id(row) in self._iris:
            return self._iris[id(row)]
        number = row.text("number")
        path = path_of(row)
        wish = f"{path}/{slug(number or row.text('name'))}"
        above = _above(row)
        if (path, number) in self._restarting and above:
            wish = f"{path}/{slug(above)}-{slug(number)}"
        owner = self._owners.get(self._addresses.thing(wish))
        iri = self.of(row, wish)
        if owner is not None and number:
            fault = CellFault.NUMBER_TWICE if owner.text("number") == number else CellFault.NUMBER_TAKEN
            place = row.place_of("number")
            values = {"text": number, "places": str(owner.place_of("number"))}
            if fault is CellFault.NUMBER_TAKEN:
                values["id"] = self._addresses.name(iri)
            self._findings.add(fault, place, **values)
        return iri

    def of_organisation(self, row: Row) -> str:
        """Return the IRI of an organisation: of the register, or below the publisher."""
        if id(row) in self._iris:
            return self._iris[id(row)]
        registered = as_address(clean(row.text("identifier")))
        above = self._addresses.plan.rsplit("/", 1)[0]
        return self.of(row, registered or f"{above}/{slug(row.text('name'))}")


def _restarting_numbers(rows: WorkbookRows) -> frozenset[tuple[str, str]]:
    """Return the numbers that rows below different things share, with the parts of IRIs before them.

    A plan may count its goals from 1 below each of its focus areas, and its strategies from 1 below each goal.
    """
    above: dict[tuple[str, str], set[str]] = {}
    for sheet in _ABOVE:
        for row in rows.of(sheet):
            if row.text("number"):
                above.setdefault((path_of(row), row.text("number")), set()).add(_above(row))
    return frozenset(number for number, things in above.items() if len(things) > 1)


def _above(row: Row) -> str:
    """Return the text of the cell that names the thing above."""
    return row.text(_ABOVE.get(row.sheet.key, ""))


def path_of(row: Row) -> str:
    """Return the part of the IRI before the number, which depends on the kind of thing for some sheets."""
    codes = row.sheet.by_key["kind"].codes if "kind" in row.sheet.by_key else None
    entry = code_lists()[codes].find(row.text("kind")) if codes else None
    return entry.code if entry is not None else row.sheet.path
