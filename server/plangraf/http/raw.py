"""The path of a request as it was sent."""

from fastapi import Request


def raw_path(request: Request) -> str:
    """Return the path with its escapes, which are part of an IRI."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return bytes(raw).split(b"?")[0].decode("ascii", "replace")
