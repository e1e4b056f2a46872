"""The recording request: a request that records which of its values a handler reads.

The cache key and the `Vary` header are derived from the record, so they cannot omit a value that the answer depends
on.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple, cast
from urllib.parse import unquote

from starlette.datastructures import QueryParams
from starlette.types import Scope

from plangraf.errors import RequestMalformed
from plangraf.formats import Format
from plangraf.languages import (
    INTERFACE_LANGUAGES,
    INTERFACE_MACROS,
    N_,
    InterfaceLanguage,
)
from plangraf.linkeddata.addresses import Addresses
from plangraf.negotiation import choose_language, find_language


class Source(StrEnum):
    """The part of a request that a value comes from, such as a header field or a parameter."""

    HEADER = "header"
    PARAMETER = "parameter"
    BASE = "base"
    QUERY = "query"
    PREFIX = "prefix"
    RELEASE = "release"


ReadValue = str | tuple[str, ...] | None
Rule = Callable[[str | None], ReadValue]
"""A pure function of the value of a header field, such as content negotiation; it must be hashable."""


class Read(NamedTuple):
    """The identification of a value that a handler reads.

    Attributes:
        source: the part of the request.
        name: the name of the header field or the parameter; empty for other sources.
        rule: a function of the value; the handler reads only its result.
    """

    source: Source
    name: str = ""
    rule: Rule | None = None


_LONG = 256
"""The length up to which the results of rules are cached; the headers of all browsers are shorter."""
_NO_PARAMETERS = QueryParams()
_NO_SPACES = Addresses()
_BASE, _QUERY, _PREFIX = Read(Source.BASE), Read(Source.QUERY), Read(Source.PREFIX)
_RELEASE = Read(Source.RELEASE)

PREFIX = "plangraf.prefix"
"""The key of the ASGI scope for the path below which a reverse proxy publishes the server."""

ADDRESSES = "plangraf.addresses"
"""The key of the ASGI scope for the addresses of the release, which `OwnHosts` sets."""

NAMED_RELEASE = "plangraf.release"
"""The key of the ASGI scope for the release that the address named before the parameter was taken from it."""

SINCE = "plangraf.since"
"""The key of the ASGI scope for the time at which the server switched to the release, in seconds since 1970.

It is the Last-Modified of what the release determines. The time of its build would not do, since going back to an
older release is a change, too.
"""


def raw_path(scope: Scope) -> str:
    """Return the path of a request with its percent-escapes, which are part of an IRI."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return bytes(raw).split(b"?")[0].decode("ascii", "replace")


class RecordingRequest:
    """A GET or HEAD request, as the handlers of resources receive it.

    Args:
        scope: the ASGI scope of the request.
        endings: the formats whose extensions select a form.
        lenient: whether an unknown language is ignored, as it must be where the error about it is answered.

    Attributes:
        reads: the values that have been read, in the order of the first read.
        path: the raw path, with percent-escapes and extension; it is part of every cache key.
        stem: the raw path without the extension.
        ending: the format that the extension selects, or None if the path has no extension of `endings`.
    """

    def __init__(self, scope: Scope, endings: Iterable[Format] = (), *, lenient: bool = False) -> None:
        self._scope = scope
        self._lenient = lenient
        self.reads: dict[Read, None] = {}
        self.path = raw_path(scope)
        self.ending = next((offer for offer in endings if self.path.endswith(f".{offer.extension}")), None)
        self.stem = self.path.removesuffix(f".{self.ending.extension}") if self.ending else self.path

    def at(self, path: str, endings: Iterable[Format] = ()) -> "RecordingRequest":
        """Return the same request for another path, without a query and with a record of its own.

        Args:
            path: the raw path.
            endings: the formats whose extensions select a form.
        """
        scope = {**self._scope, "path": unquote(path), "raw_path": path.encode(), "query_string": b""}
        return RecordingRequest(scope, endings)

    @property
    def decoded_path(self) -> str:
        """The path with its percent-escapes decoded, for messages."""
        return str(self._scope["path"])

    def header(self, name: str) -> str | None:
        """Return the value of a header field, with several lines joined by commas (RFC 9110, section 5.3), or None.

        Args:
            name: the name in lower case.
        """
        return self._header(self._read(Read(Source.HEADER, name)).name)

    def derive(self, name: str, rule: Rule) -> ReadValue:
        """Return the result of `rule` for the value of a header field, or for None if there is no such field.

        The record has the result instead of the value: requests with values of the same result share an answer, so
        that visitors with their own ways to ask for a page do not crowd others out of the cache.

        Args:
            name: the name in lower case.
            rule: the function.
        """
        return self.value(self._read(Read(Source.HEADER, name, rule)))

    def parameter(self, name: str) -> str | None:
        """Return the last value of a query parameter, or None."""
        values = self.parameters(name)
        return values[-1] if values else None

    def parameters(self, name: str) -> tuple[str, ...]:
        """Return all values of a query parameter, in the order of the query."""
        return tuple(self._parameters.getlist(self._read(Read(Source.PARAMETER, name)).name))

    @property
    def base(self) -> str:
        """The base address of the server as the client sees it: scheme and host, or empty if the host is unknown."""
        self._read(_BASE)
        return self._base

    @property
    def prefix(self) -> str:
        """The path below which a reverse proxy publishes the server, without a slash at its end; usually empty."""
        self._read(_PREFIX)
        return self._prefix

    @property
    def addresses(self) -> Addresses:
        """The addresses of the release, which are the same in all requests."""
        return cast("Addresses", self._scope.get(ADDRESSES, _NO_SPACES))

    @property
    def query(self) -> str:
        """The raw query string, without the question mark."""
        self._read(_QUERY)
        return self._query

    @property
    def named_release(self) -> str | None:
        """The release that the address names, if that is the current one; addresses of the same release name it."""
        self._read(_RELEASE)
        return self._named_release

    def value(self, read: Read) -> ReadValue:
        """Return the value that a handler would read, without recording the read."""
        if read.source == Source.HEADER:
            header = self._header(read.name)
            return header if read.rule is None else _result(read.rule, header)
        if read.source == Source.PARAMETER:
            return tuple(self._parameters.getlist(read.name))
        if read.source == Source.PREFIX:
            return self._prefix
        if read.source == Source.RELEASE:
            return self._named_release
        return self._base if read.source == Source.BASE else self._query

    @property
    def varying(self) -> list[str]:
        """The names of the header fields that have been read, for `Vary`."""
        return list(dict.fromkeys(read.name.title() for read in self.reads if read.source == Source.HEADER))

    def content_language(self) -> tuple[InterfaceLanguage, bool]:
        """Return the language of labels: by the parameter `lang`, else by Accept-Language.

        Returns:
            the language, and whether the parameter has set it.

        Raises:
            RequestMalformed: the parameter names a language in which there are no labels.
        """
        named = self.parameter("lang")
        chosen = find_language(named.lower(), INTERFACE_LANGUAGES, INTERFACE_MACROS) if named else None
        if chosen is not None:
            return chosen, True
        if named and not self._lenient:
            raise RequestMalformed(
                N_("The parameter lang is one of {languages}."), languages=", ".join(INTERFACE_LANGUAGES)
            )
        return cast("InterfaceLanguage", self.derive("accept-language", _content_language)), False

    def program_language(self) -> InterfaceLanguage:
        """Return the language of problem documents: by `lang`, else by Accept-Language, by default English."""
        language, named = self.content_language()
        if named:
            return language
        return cast("InterfaceLanguage", self.derive("accept-language", _program_language))

    def _read(self, read: Read) -> Read:
        self.reads.setdefault(read)
        return read

    def _header(self, name: str) -> str | None:
        encoded = name.encode("latin-1")
        lines = [value.decode("latin-1") for key, value in self._scope["headers"] if key == encoded]
        return ", ".join(lines) if lines else None

    @cached_property
    def _parameters(self) -> QueryParams:
        return QueryParams(self._scope["query_string"]) if self._scope["query_string"] else _NO_PARAMETERS

    @property
    def _base(self) -> str:
        host, server = self._header("host"), self._scope.get("server")
        if host is None:
            if server is None:
                return ""
            name, port = server
            host = f"{name}:{port}" if port else name
        return f"{self._scope['scheme']}://{host}{self._prefix}"

    @property
    def _prefix(self) -> str:
        return str(self._scope.get(PREFIX, ""))

    @property
    def _named_release(self) -> str | None:
        return cast("str | None", self._scope.get(NAMED_RELEASE))

    @property
    def _query(self) -> str:
        return str(self._scope["query_string"].decode("latin-1"))


def _content_language(header: str | None) -> InterfaceLanguage:
    return choose_language(header, INTERFACE_LANGUAGES, INTERFACE_MACROS)


def _program_language(header: str | None) -> InterfaceLanguage:
    return choose_language(header, ("en", "nb", "nn"), INTERFACE_MACROS)


def _result(rule: Rule, header: str | None) -> ReadValue:
    if header is not None and len(header) > _LONG:
        return rule(header)
    return _known_result(rule, header)


@lru_cache(1024)
def _known_result(rule: Rule, header: str | None) -> ReadValue:
    return rule(header)
