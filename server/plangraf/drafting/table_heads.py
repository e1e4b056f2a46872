"""The heads of the columns of tables."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from plangraf.drafting.words import SectionKind, plain_words, section_kind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BASELINE = re.compile(
    r"(?:utgangs(?:verdi|punkt)|nullpunkt|status|nå(?:verdi|situasjon|tilstand)?|no|basis(?:år)?|resultat|verdi)?"
    r"\s*(?:i\s+)?\(?(?:(?:19|20)\d\d)?\)?"
)
_TARGET = re.compile(
    r"(?:mål(?:verdi|tall)|målsett nivå|øns(?:ket|ka) (?:verdi|nivå)|ambisjon)"
    r"(?:\s+(?:i\s+|for\s+|innen\s+)?(?:19|20)\d\d)?"
    r"|mål(?:et)?\s+(?:i\s+|for\s+|innen\s+)?(?:19|20)\d\d"
)
_UNIT = re.compile(r"enhet|eining|måleenhet|måleining|benevning")


class ValueColumn(StrEnum):
    """The kinds of columns that tell about the indicator of their row."""

    BASELINE = auto()
    TARGET = auto()
    UNIT = auto()


@dataclass(frozen=True)
class ColumnHead:
    """The meaning of the head of a column.

    Attributes:
        kind: what its cells hold.
        year: the year that the head names, or an empty text.
    """

    kind: SectionKind | ValueColumn
    year: str = ""


def column_kind(text: str) -> ColumnHead | None:
    """Return what the head of a column says, or None if it is none of the words that plans use."""
    plain = plain_words(" ".join(text.split()))
    if not plain:
        return None
    year = _YEAR.search(plain)
    for value, pattern in ((ValueColumn.TARGET, _TARGET), (ValueColumn.BASELINE, _BASELINE)):
        if pattern.fullmatch(plain):
            return ColumnHead(value, year[0] if year is not None else "")
    if _UNIT.fullmatch(plain):
        return ColumnHead(ValueColumn.UNIT)
    kind = section_kind(plain)
    return ColumnHead(kind) if kind is not None else None
