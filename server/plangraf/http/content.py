"""The results of a form, from which the response is made: content, a file or a redirect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plangraf.http.link import Link

REVALIDATED = "public, max-age=60, stale-while-revalidate=600"
"""Cache-Control of responses that change with the release: fresh for a minute, then stale during revalidation."""


@dataclass(frozen=True)
class Content:
    """The bytes of one form of a resource, with the metadata for its response headers.

    Attributes:
        body: the bytes, without a content coding.
        media_type: overrides the media type of the form's format.
        language: the value of Content-Language; None if the content has no language.
        links: the links of the Link header.
        headers: further response headers.
        status: the HTTP status; only content with status 200 is cached.
        cache_control: the value of Cache-Control.
        lasting: whether the content stays the same for the release; otherwise it is not cached.
        version: the state of the data in all forms, with which the entity tag begins; empty if it does not matter.
    """

    body: bytes
    media_type: str | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    cache_control: str = REVALIDATED
    lasting: bool = True
    version: str = ""


@dataclass(frozen=True)
class FileContent:
    """A file on disk, which is streamed and supports range requests (RFC 9110, section 14).

    Attributes:
        path: the path of the file.
        media_type: the media type of the file.
        tag: the entity tag, without quotes.
        compressed: the same file, compressed with gzip, for clients that accept this coding; or None.
        digest: the SHA-256 hash of the file, for Repr-Digest (RFC 9530), or None.
        headers: further response headers.
    """

    path: Path
    media_type: str
    tag: str
    compressed: Path | None = None
    digest: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Redirect:
    """A redirect to another resource.

    Attributes:
        location: the target, a path of this server or an IRI.
        status: the HTTP status.
        links: the links of the Link header.
    """

    location: str
    status: int = 303
    links: tuple[Link, ...] = ()
