"""The properties that rows about single statements name by the titles of fields."""

from dataclasses import replace

from plangraf.namespaces import compact, expand
from plangraf.workbook.columns import Column, Words
from plangraf.workbook.common_columns import PERIOD
from plangraf.workbook.conversion import Conversion
from plangraf.workbook.findings import CellFault
from plangraf.workbook.rows import Row
from plangraf.workbook.sheets import BY_KEY, SHEETS
from plangraf.workbook.values import expand_name

_NAME = "skos:prefLabel"
_NAMING = ("name", "title", "period_label")
_PERIOD = tuple(
    replace(column, prop=prop)
    for column in PERIOD
    for key, prop in (("period_label", "rdfs:label"), ("start", "dcat:startDate"), ("end", "dcat:endDate"))
    if column.key == key
)
"""The fields of a period, which has no sheet of its own."""


def property_of(conversion: Conversion, row: Row, thing: str | None) -> str | None:
    """Return the IRI of the property that a row is about, by the title of its field; empty is the name."""
    cell = row.cells.get("property")
    found = find_property(conversion, thing, cell.text if cell is not None else "")
    if found is None and cell is not None:
        column = row.sheet.by_key["property"]
        conversion.findings.add(CellFault.UNKNOWN_FIELD, cell.place, text=cell.text, column=column.title)
    return found


def find_property(conversion: Conversion, thing: str | None, text: str) -> str | None:
    """Return the IRI of a property by the title of a field of the thing's sheet, or of another, or its own name."""
    columns = _columns_of(conversion, thing)
    if not text:
        name = next((column for column in columns if column.key in _NAMING), None)
        return expand(name.prop if name is not None and name.prop else _NAME)
    for column in (*columns, *(column for sheet in SHEETS for column in sheet.columns)):
        if column.prop is not None and text.casefold() in (title.casefold() for title in column.title.both):
            return expand(column.prop)
    return expand_name(text)


def field_title(conversion: Conversion, thing: str, prop: str) -> Words:
    """Return the title of the field of a property on the sheet of a thing, or the name of the property."""
    for column in _columns_of(conversion, thing):
        if column.prop is not None and expand(column.prop) == prop:
            return column.title
    name = compact(prop).strip("<>")
    return Words(name, name)


def _columns_of(conversion: Conversion, thing: str | None) -> tuple[Column, ...]:
    if thing is None:
        return ()
    known = conversion.references.thing(thing)
    if known is not None and known.sheet == "periods":
        return _PERIOD
    if known is not None:
        return BY_KEY[known.sheet].columns if known.sheet in BY_KEY else ()
    graph = conversion.addresses.graph()
    return BY_KEY["graphs"].columns if thing == graph or thing.startswith(f"{graph}/") else ()
