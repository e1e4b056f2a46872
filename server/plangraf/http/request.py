"""A request that records what is read of it.

Whatever a handler reads decides its answer, so the key of a cached answer and its `Vary` header are made from the
record, and neither can leave out what the handler used.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from starlette.datastructures import QueryParams
from starlette.types import Scope

from plangraf.formats import Format
from plangraf.languages import CONTENT_LANGUAGES, CONTENT_MACROS, INTERFACE_MACROS, ContentLanguage, InterfaceLanguage
from plangraf.negotiation import choose_language


class Source(StrEnum):
    """The part of a request that a value is read from."""

    HEADER = "header"
    PARAMETER = "parameter"
    BASE = "base"
    QUERY = "query"


class Read(NamedTuple):
    """The name of something that a handler reads."""

    source: Source
    name: str = ""


ReadValue = str | tuple[str, ...] | None
_BASE, _QUERY = Read(Source.BASE), Read(Source.QUERY)


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent: its percent-escapes are part of an IRI."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return bytes(raw).split(b"?")[0].decode("ascii", "replace")


class RecordingRequest:
    """A GET or HEAD request, as the handlers of resources see it.

    Args:
        scope: of the connection (ASGI).
        endings: the formats whose file extensions the path may end in.

    Attributes:
        reads: the names of all that has been read, in that order.
        path: the path as it was sent, with its escapes and its ending; it is part of every key.
        stem: the path without its ending.
        ending: the format that the ending names; None where the path has none, so that the form is negotiated.
    """

    def __init__(self, scope: Scope, endings: Iterable[Format] = ()) -> None:
        self._scope = scope
        self.reads: dict[Read, None] = {}
        self.path = raw_path(scope)
        self.ending = next((offer for offer in endings if self.path.endswith(f".{offer.extension}")), None)
        self.stem = self.path.removesuffix(f".{self.ending.extension}") if self.ending else self.path

    @property
    def decoded_path(self) -> str:
        """The path with its percent-escapes decoded, for people to read."""
        return str(self._scope["path"])

    def header(self, name: str) -> str | None:
        """Return a header field; several lines of it are joined with commas (RFC 9110, section 5.3)."""
        return self._header(self._read(Read(Source.HEADER, name)).name)

    def parameter(self, name: str) -> str | None:
        """Return the last value of a parameter of the query."""
        values = self.parameters(name)
        return values[-1] if values else None

    def parameters(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter of the query."""
        return tuple(self._parameters.getlist(self._read(Read(Source.PARAMETER, name)).name))

    @property
    def base(self) -> str:
        """The address of the server as the client wrote it: scheme and host; empty where neither tells it."""
        self._read(_BASE)
        return self._base

    @property
    def query(self) -> str:
        """The whole query as it was sent, without its question mark."""
        self._read(_QUERY)
        return self._query

    def value(self, read: Read) -> ReadValue:
        """Return what a handler would read under a name, without recording it."""
        if read.source == Source.HEADER:
            return self._header(read.name)
        if read.source == Source.PARAMETER:
            return tuple(self._parameters.getlist(read.name))
        return self._base if read.source == Source.BASE else self._query

    @property
    def varying(self) -> list[str]:
        """The header fields that have been read, for `Vary`."""
        return [read.name.title() for read in self.reads if read.source == Source.HEADER]

    def content_language(self) -> tuple[ContentLanguage, bool]:
        """Return the language that labels come in: by the parameter `lang`, else by Accept-Language.

        Returns:
            the language, and whether the parameter names it.
        """
        named = self.parameter("lang")
        for language in CONTENT_LANGUAGES:
            if named == language:
                return language, True
        return choose_language(self.header("accept-language"), CONTENT_LANGUAGES, CONTENT_MACROS), False

    def program_language(self) -> InterfaceLanguage:
        """Return the language of messages to programs: English, unless the request names another."""
        language, named = self.content_language()
        if named:
            return "nb" if language == "nn" else language
        return choose_language(self.header("accept-language"), ("en", "nb"), INTERFACE_MACROS)

    def _read(self, read: Read) -> Read:
        self.reads.setdefault(read)
        return read

    def _header(self, name: str) -> str | None:
        encoded = name.encode("latin-1")
        lines = [value.decode("latin-1") for key, value in self._scope["headers"] if key == encoded]
        return ", ".join(lines) if lines else None

    @cached_property
    def _parameters(self) -> QueryParams:
        return QueryParams(self._scope["query_string"])

    @property
    def _base(self) -> str:
        host, server = self._header("host"), self._scope.get("server")
        if host is None:
            if server is None:
                return ""
            name, port = server
            host = f"{name}:{port}" if port else name
        return f"{self._scope['scheme']}://{host}"

    @property
    def _query(self) -> str:
        return str(self._scope["query_string"].decode("latin-1"))
