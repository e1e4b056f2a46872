"""Amounts in the data, as a reader writes numbers."""

import re
from decimal import Decimal

import pyoxigraph as ox

from plangraf.languages import InterfaceLanguage, number
from plangraf.namespaces import expand

_NUMBERS = (expand("xsd:decimal"), expand("xsd:integer"))
_AMOUNT = re.compile(r"[+-]?([0-9]{1,60}(\.[0-9]{0,60})?|\.[0-9]{1,60})")


def format_amount(literal: ox.Literal, language: InterfaceLanguage) -> str:
    """Return a literal as a reader of `language` writes it.

    A decimal or whole number keeps every digit that the data have; all else, such as a year, stays as it is, and so
    does what is too long to be an amount or no number at all.
    """
    if literal.datatype.value in _NUMBERS and _AMOUNT.fullmatch(literal.value):
        return number(Decimal(literal.value), language)
    return literal.value
