"""Faults of addresses: sources that the public cannot reach, and organisation numbers that are none."""

import ipaddress
import re
from urllib.parse import urlsplit

_PRIVATE_NAME = re.compile(r"(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)$")
_ORGANISATION = re.compile(
    r"https?://(organization-catalog\.fellesdatakatalog\.digdir\.no/organizations"
    r"|data\.brreg\.no/enhetsregisteret/(api/enheter|oppslag/enheter|api/underenheter))/([^/?#]*)"
)
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_not_public(iri: str) -> bool:
    """Return whether `iri` is no http or https address of a host that the public can reach."""
    try:
        parts = urlsplit(iri)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return True
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or "." not in host.replace(":", "."):
        return True
    if _PRIVATE_NAME.search(host):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return not re.search(r"\.[^\W\d]", host)


def is_organisation_number(number: str) -> bool:
    """Return whether `number` has nine digits, the last of which is the check digit of the others (modulus 11)."""
    if not re.fullmatch("[0-9]{9}", number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:8], strict=True))
    return (11 - total % 11) % 11 == int(number[8])


def has_wrong_organisation_number(iri: str) -> bool:
    """Return whether `iri` is of an organisation in a Norwegian register and has a number that is none."""
    match = _ORGANISATION.match(iri)
    return match is not None and not is_organisation_number(match[3])
