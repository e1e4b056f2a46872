"""Number formatting of amounts in the data."""

import re
from decimal import Decimal

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, number
from plangraf.namespaces import expand

_NUMBERS = (expand("xsd:decimal"), expand("xsd:integer"))
_AMOUNT = re.compile(r"[+-]?([0-9]{1,60}(\.[0-9]{0,60})?|\.[0-9]{1,60})")


def format_amount(literal: ox.Literal, language: InterfaceLanguage) -> str:
    """Return a literal in the number format of `language`.

    An xsd:decimal or xsd:integer keeps all its digits. Literals of other datatypes, such as years, and numbers that
    are too long or invalid are returned unchanged.
    """
    if literal.datatype.value in _NUMBERS and _AMOUNT.fullmatch(literal.value):
        return number(Decimal(literal.value), language)
    return literal.value
