"""What a handler returns, before it becomes bytes on the wire: content, a file, or a redirect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plangraf.http.link import Link

REVALIDATED = "public, max-age=60, stale-while-revalidate=600"
"""Cache-Control of answers that change with the release: caches may serve them for a minute, and later once more."""


@dataclass(frozen=True)
class Content:
    """One form of a resource.

    Attributes:
        body: all its bytes.
        media_type: its type, where the form's format does not say it.
        language: the value of Content-Language, where the content has one.
        links: the links of its Link header.
        headers: further headers.
        status: the HTTP status; only 200 is kept by caches.
        cache_control: the value of Cache-Control.
    """

    body: bytes
    media_type: str | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    cache_control: str = REVALIDATED


@dataclass(frozen=True)
class FileContent:
    """A file, which is sent in pieces and of which a client may ask for ranges (RFC 9110, section 14).

    Attributes:
        path: of the file.
        media_type: its type.
        tag: its entity tag, without quotes.
        headers: further headers.
    """

    path: Path
    media_type: str
    tag: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Redirect:
    """The address of another resource.

    Attributes:
        location: a path of this server, or an IRI.
        status: the HTTP status.
    """

    location: str
    status: int = 303
