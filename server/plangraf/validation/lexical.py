"""The lexical spaces of the datatypes of XML Schema (XSD 1.1, part 2, sections 3.3 and 3.4).

rdflib reads values that XSD does not have, such as `1_000` as an integer and `2025-01-01T00:00:00Z` as a date, and
does not look at years at all. A store keeps all of them.
"""

import re

_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(0[1-9]|1[0-2])"
_LEAP_YEAR = r"-?([1-9][0-9]*)?(([0-9][0-9])(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_MONTH_DAY = (
    r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
_DATE = rf"({_YEAR}-{_MONTH_DAY}|{_LEAP_YEAR}-02-29)"
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_DAYS = r"[0-9]+D"
_CLOCK = r"T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?"
_MONTHS = r"([0-9]+Y([0-9]+M)?|[0-9]+M)"
_INTEGER = r"[+-]?[0-9]+"
_NATURAL = r"\+?[0-9]+|-0+"
_FLOAT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"

_PATTERNS = {
    "integer": _INTEGER,
    "long": _INTEGER,
    "int": _INTEGER,
    "short": _INTEGER,
    "byte": _INTEGER,
    "nonNegativeInteger": _NATURAL,
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "unsignedLong": _NATURAL,
    "unsignedInt": _NATURAL,
    "unsignedShort": _NATURAL,
    "unsignedByte": _NATURAL,
    "nonPositiveInteger": r"-[0-9]+|\+?0+",
    "negativeInteger": r"-0*[1-9][0-9]*",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "float": _FLOAT,
    "double": _FLOAT,
    "boolean": "true|false|1|0",
    "date": _DATE + _ZONE,
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_DATE}T{_TIME}{_ZONE.removesuffix('?')}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--({_MONTH_DAY}|02-29){_ZONE}",
    "gDay": rf"---(0[1-9]|[12][0-9]|3[01]){_ZONE}",
    "duration": rf"-?P({_MONTHS}({_DAYS})?({_CLOCK})?|{_DAYS}({_CLOCK})?|{_CLOCK})",
    "dayTimeDuration": rf"-?P({_DAYS}({_CLOCK})?|{_CLOCK})",
    "yearMonthDuration": f"-?P{_MONTHS}",
    "hexBinary": "([0-9a-fA-F]{2})*",
    "base64Binary": r"([A-Za-z0-9+/] ?)*(= ?){0,2}",
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
}
# Of the datatypes that are derived from integers by a length in bits (XSD 1.1, part 2, section 3.4).
_BOUNDS = {
    name: range(-(2 ** (bits - 1)), 2 ** (bits - 1))
    for name, bits in {"long": 64, "int": 32, "short": 16, "byte": 8}.items()
} | {
    name: range(2**bits)
    for name, bits in {"unsignedLong": 64, "unsignedInt": 32, "unsignedShort": 16, "unsignedByte": 8}.items()
}
_LONGEST = len(str(2**64))
_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}


def is_ill_typed(value: str, datatype: str) -> bool:
    """Return whether `value` is outside the lexical space of the XSD datatype with the local name `datatype`.

    RDF knows no white space around a value (RDF 1.1 Concepts, section 5.1). Every value is in the lexical space of a
    datatype that is not known here.
    """
    pattern = _COMPILED.get(datatype)
    if pattern is None:
        return False
    return not pattern.fullmatch(value) or _is_out_of_range(value, datatype)


def _is_out_of_range(value: str, datatype: str) -> bool:
    bounds = _BOUNDS.get(datatype)
    if bounds is None:
        return False
    digits = value.lstrip("+-").lstrip("0") or "0"
    # Python refuses to read thousands of digits.
    if len(digits) > _LONGEST:
        return True
    return (-int(digits) if value.startswith("-") else int(digits)) not in bounds
