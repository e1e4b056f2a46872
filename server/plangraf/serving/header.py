"""The parts of a request's header that decide whether it is valid HTTP at all."""

from collections.abc import Sequence

from plangraf.errors import HeaderFieldsTooLarge, RequestError, RequestMalformed
from plangraf.languages import N_

LONGEST_PREFERENCES = 4 * 1024
"""The maximum length of all Accept fields of a request, in bytes; each preference in them is parsed."""


def invalid() -> RequestMalformed:
    """Return the error for bytes that are no request, such as those of TLS or HTTP/2."""
    return RequestMalformed(N_("The request is not valid HTTP/1.1."))


def header_error(version: str, fields: Sequence[tuple[bytes, bytes]]) -> RequestError | None:
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
    if sum(len(value) for name, value in fields if name.startswith(b"accept")) > LONGEST_PREFERENCES:
        return HeaderFieldsTooLarge(
            N_("The Accept fields of a request may have {limit} bytes together."),
            limit=LONGEST_PREFERENCES,
            members={"limit": LONGEST_PREFERENCES},
        )
    return None
