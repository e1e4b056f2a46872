"""The values of cells as RDF terms, and back: one value at a time."""

import re
from datetime import date
from functools import cache

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import PREFIXES, expand
from plangraf.workbook.cleaning import is_clean
from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import Column, ValueKind
from plangraf.workbook.findings import CellFault

SEPARATOR = "|"
MOST_CHARACTERS = 32_000
"""The length of the longest text that is written to a cell; a spreadsheet program cuts off what is longer."""

_ADDRESS = re.compile(r"(?:https?://[^\s<>\"{}|\\^`/?#]+|urn:[A-Za-z0-9-]+:)[^\s<>\"{}|\\^`]*")
_ORGANISATION_NUMBER = re.compile(r"\d{3}\s?\d{3}\s?\d{3}")
_ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
_INTEGER = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")
_DOUBLE = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})")
_WRITTEN_DAY = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-zæøå]+)\s+(\d{4})", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}

Term = ox.NamedNode | ox.Literal


class ValueFault(ValueError):  # noqa: N818  # it is named for what happened
    """A text is not a value of its column.

    Attributes:
        fault: the kind of fault.
    """

    def __init__(self, fault: CellFault) -> None:
        self.fault = fault
        super().__init__(fault.name)


def parse_value(text: str, column: Column, language: str) -> Term:
    """Return the term for a text, for all kinds but references.

    Args:
        text: the text, which is clean.
        column: its column.
        language: the language of the row.

    Raises:
        ValueFault: the text is not a value of the kind of the column.
    """
    if column.kind is ValueKind.TEXT:
        return ox.Literal(text, language=language)
    if column.kind is ValueKind.PLAIN:
        return ox.Literal(text)
    if column.kind is ValueKind.CODE:
        return ox.NamedNode(parse_code(text, column))
    if column.kind in (ValueKind.ADDRESS, ValueKind.REFERENCE):
        iri = as_address(text)
        if iri is None:
            raise ValueFault(CellFault.NOT_AN_ADDRESS)
        return ox.NamedNode(iri)
    return _PARSERS[column.kind](text)


def parse_code(text: str, column: Column) -> str:
    """Return the value of the code list of a column that a text names.

    Raises:
        ValueFault: there is none.
    """
    codes = code_lists()[column.codes or ""]
    entry = codes.find(text)
    if entry is not None:
        return entry.value
    address = as_address(text) if codes.is_open else None
    if address is None:
        raise ValueFault(CellFault.UNKNOWN_CODE)
    return address


def as_address(text: str) -> str | None:
    """Return the IRI that a text is or stands for, such as an organisation number, or None."""
    if _ORGANISATION_NUMBER.fullmatch(text):
        return _ORGANISATIONS + text.replace(" ", "")
    if _ADDRESS.fullmatch(text):
        return text
    return None


def show_value(term: Term, column: Column, language: InterfaceLanguage) -> str | None:
    """Return the text of a cell that `parse_value` reads as the term, or None if no text is."""
    if isinstance(term, ox.NamedNode):
        text = term.value
        if column.kind is ValueKind.CODE:
            entry = code_lists()[column.codes or ""].by_value.get(term.value)
            text = entry.shown(language) if entry is not None else text
    else:
        text = term.value
    tag = (term.language or "") if isinstance(term, ox.Literal) else ""
    if not is_clean(text) or len(text) > MOST_CHARACTERS or (column.multiple and SEPARATOR in text):
        return None
    try:
        return text if parse_value(text, column, tag) == term else None
    except ValueError:
        return None


@cache
def datatype(name: str) -> ox.NamedNode:
    """Return the datatype with a name of XML Schema."""
    return ox.NamedNode(expand(f"xsd:{name}"))


def expand_name(text: str) -> str | None:
    """Return the IRI of a prefixed name, whose prefix is one of ours, or of an address; else None."""
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and re.fullmatch(r"[\w.-]+", local):
        return PREFIXES[prefix] + local
    return as_address(text)


def _integer(text: str) -> Term:
    plain = text.replace(" ", "") if _GROUPED.fullmatch(text) else text
    if not _INTEGER.fullmatch(plain):
        raise ValueFault(CellFault.NOT_AN_INTEGER)
    return ox.Literal(plain, datatype=datatype("integer"))


def _number(text: str) -> Term:
    plain = (text.replace(" ", "") if _GROUPED.fullmatch(text) else text).replace("\u2212", "-")
    if _INTEGER.fullmatch(plain):
        return ox.Literal(plain, datatype=datatype("integer"))
    if _DECIMAL.fullmatch(plain):
        return ox.Literal(plain.replace(",", "."), datatype=datatype("decimal"))
    if _DOUBLE.fullmatch(plain):
        return ox.Literal(plain.replace(",", "."), datatype=datatype("double"))
    raise ValueFault(CellFault.NOT_A_NUMBER)


def _year(text: str) -> Term:
    if not _YEAR.fullmatch(text):
        raise ValueFault(CellFault.NOT_A_YEAR)
    return ox.Literal(text, datatype=datatype("gYear"))


def _date(text: str) -> Term:
    if _YEAR.fullmatch(text):
        return ox.Literal(text, datatype=datatype("gYear"))
    year, month, day = _date_parts(text)
    if day is None:
        if not 1 <= month <= 12:
            raise ValueFault(CellFault.NOT_A_DATE)
        return ox.Literal(f"{year}-{month:02}", datatype=datatype("gYearMonth"))
    try:
        return ox.Literal(date(int(year), month, day).isoformat(), datatype=datatype("date"))
    except ValueError as error:
        raise ValueFault(CellFault.NOT_A_DATE) from error


def _date_parts(text: str) -> tuple[str, int, int | None]:
    """Return year, month and day of a text; the day is None for a month."""
    if found := _MONTH.fullmatch(text):
        return found[1], int(found[2]), None
    if found := _DAY.fullmatch(text):
        return found[1], int(found[2]), int(found[3])
    if found := _NORWEGIAN_DAY.fullmatch(text):
        return found[3], int(found[2]), int(found[1])
    found = _WRITTEN_DAY.fullmatch(text)
    month = _MONTHS.get(found[2].lower()) if found else None
    if found is None or month is None:
        raise ValueFault(CellFault.NOT_A_DATE)
    return found[3], month, int(found[1]) if found[1] else None


_PARSERS = {ValueKind.INTEGER: _integer, ValueKind.NUMBER: _number, ValueKind.DATE: _date, ValueKind.YEAR: _year}
