"""Requests of tests that need no server."""

from starlette.types import Scope


def scope_of(path: str = "/", *headers: tuple[str, str], scheme: str = "http", method: str = "GET") -> Scope:
    """Return the ASGI scope of a request; `path` is as it is sent, with escapes and query."""
    raw, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "scheme": scheme,
        "path": raw,
        "raw_path": raw.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "server": ("server.example", 8000),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
