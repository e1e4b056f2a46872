"""Numbers with their units, as cells of tables have them."""

import re
from dataclasses import dataclass

_NUMBER = r"[+-]?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|[+-]?\d+(?:[.,]\d+)?"
_VALUE = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>[^\d]{{0,40}})")
_GROUPS = re.compile(r"[ \u00a0\u202f]|\.(?=\d{3}(?:\D|$))")


@dataclass(frozen=True)
class WrittenValue:
    """A number and its unit.

    Attributes:
        number: the number, with a comma or a point and without separators of thousands.
        unit: the unit; empty if there is none.
    """

    number: str
    unit: str


def written_value(text: str) -> WrittenValue | None:
    """Return the number and the unit in a cell, or None for a text that is not just that, such as “ca. 5”."""
    found = _VALUE.fullmatch(text.strip())
    if found is None:
        return None
    number = found["number"]
    if re.search(r"[ \u00a0\u202f.]\d{3}(?:\D|$)", number):
        number = _GROUPS.sub("", number)
    return WrittenValue(number, found["unit"].strip())
