"""The parts of a request's header that decide whether it is valid HTTP at all."""

from collections.abc import Iterable

from plangraf.errors import RequestMalformed
from plangraf.languages import N_


def invalid() -> RequestMalformed:
    """Return the error for bytes that are no request, such as those of TLS or HTTP/2."""
    return RequestMalformed(N_("The request is not valid HTTP/1.1."))


def header_error(version: str, fields: Iterable[tuple[bytes, bytes]]) -> RequestMalformed | None:
    """Return the error of a header that a parser has read, or None.

    Args:
        version: the version of HTTP.
        fields: the header fields, with names in lower case.
    """
    if version not in ("1.0", "1.1"):
        return RequestMalformed(N_("This server speaks HTTP/1.1 and HTTP/1.0."))
    hosts = [name for name, _ in fields].count(b"host")
    if hosts > 1 or (version == "1.1" and not hosts):
        return RequestMalformed(N_("A request has one Host field (RFC 9112, section 3.2)."))
    return None
