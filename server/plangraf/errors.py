"""The exceptions of Plangraf, in one tree.

    PlangrafError
    ├── InputError               a file, folder or option cannot be used             exit 2
    │   ├── UnusableSourceError  a file parses, or could, and still cannot be used: see `plangraf.sources.faults`
    │   ├── HistoryError         the history of a state folder cannot be read: see `plangraf.release.history`
    │   ├── ReplacementError     what should replace something is not published: see `plangraf.release.withdraw`
    │   ├── WorkbookError        a workbook cannot be read: see `plangraf.workbook.limits`
    │   ├── DocumentError        a document cannot be read: see `plangraf.drafting.limits`
    │   └── LibraryMissingError  an optional library is not installed: see `plangraf.drafting.limits`
    ├── NonconformingError       the data violate the shapes                         exit 1
    │   ├── ViolatedError        the error of a build: see `plangraf.release.violated`
    │   └── VanishedError        published IRIs would vanish: see `plangraf.release.vanished`
    ├── StateLockedError         another process changes the state folder            exit 75
    ├── AddressInUseError        another program uses the port                       exit 2
    ├── HarvestError             a source cannot be harvested: see `plangraf.harvesting.faults`
    │   ├── NothingToHarvestError  a document has no plan
    │   └── StatusError          a site answers without a document: see `plangraf.harvesting.client`
    ├── EngineError              a query cannot be answered: see `plangraf.engine.errors`
    └── RequestError             a request cannot be answered
        ├── QueryMissing         the request has no query
        ├── RequestMalformed     parameters or body cannot be read
        ├── UploadMalformed      data to validate cannot be read
        ├── UpdateRefused        the data are read-only
        ├── ResourceNotFound     nothing is published at this address
        ├── ResourceGone         what was published at this address has been withdrawn
        ├── ReleasePruned        the data of an older release are no longer here
        ├── TokenMissing         a change of a graph needs a token
        ├── TokenInvalid         the token is not known, or was withdrawn
        ├── GraphForbidden       the graph, or what it describes, is not the publisher's
        ├── PreconditionFailed   the graph is not as the client knows it
        ├── DataRefused          the data of a graph cannot be published
        ├── MethodRefused        the resource does not support the method
        ├── NotAcceptable        none of the forms is acceptable
        ├── RequestTimeout       the request does not arrive in time
        ├── BodyTooLarge         the request body is over the limit
        ├── UriTooLong           the request line is over the limit
        ├── HeaderFieldsTooLarge the header fields are over the limit
        ├── MediaTypeUnsupported the body is of an unknown type
        ├── CodingUnsupported    the body has a content coding
        ├── RangeNotSatisfiable  the range lies outside the document
        ├── ServerFault          an error in the server
        ├── ValidationMemory     the validation needs too much memory
        ├── ValidationCrashed    the validation process crashed
        ├── ValidationTimeout    the validation takes too long
        └── RefusedForNow        the request may succeed later
            ├── PublishingBusy   another change of the release is under way
            ├── TooManyUploads   too many uploads wait to be validated
            ├── TooManyRequests  the client has too many requests at once
            ├── TooManyConnections  the server or the client has too many connections
            ├── DumpsUnavailable the dumps have not been written yet
            ├── IndexUnavailable the search index has not been made yet
            └── ReleaseUnavailable  an older release is being made ready

None of them knows HTTP: `plangraf.http.problems` maps each to a status. Code that calls a library translates the
library's exceptions, once, at the call.
"""
# ruff: noqa: N818  # they are named for what happened, and their base class says that they are errors

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypedDict

from plangraf.languages import Msgid, filled

Value = str | int | float
"""A value for a placeholder of a message template."""


class PlangrafError(Exception):
    """The base class of all exceptions that Plangraf raises deliberately.

    Attributes:
        exit_code: the exit code of a command that ends with the error.
    """

    exit_code: ClassVar[int] = 2


class InputError(PlangrafError):
    """A file, a folder or an option cannot be used; the message says which, where, and how to correct it.

    Attributes:
        message: the error.
        path: the file or folder.
        line: the line in the file, counted from 1.
        column: the column in the line, counted from 1.
        reason: the message of a parser, if there is one; `message` ends in it.
    """

    def __init__(
        self,
        message: str,
        path: Path | None = None,
        line: int | None = None,
        column: int | None = None,
        reason: str | None = None,
    ) -> None:
        self.message = message if reason is None else f"{message}: {reason}"
        self.path = path
        self.line = line
        self.column = column
        self.reason = reason
        place = [str(part) for part in (path, line, column) if part is not None]
        super().__init__(": ".join([":".join(place), self.message]) if place else self.message)


class NonconformingError(PlangrafError):
    """The data violate the shapes, so no release is written.

    Attributes:
        report_text: the validation report as text.
    """

    exit_code = 1

    def __init__(self, report_text: str) -> None:
        self.report_text = report_text
        super().__init__("the data break the shapes; no release was written")


class StateLockedError(PlangrafError):
    """Another process changes the state folder; the exit code is EX_TEMPFAIL of sysexits.h."""

    exit_code = 75

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(f"{folder}: {holder} is changing the releases; try again when it has ended")


class AddressInUseError(PlangrafError):
    """Another program listens on the address and port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is in use by another program; "
            f"stop that program, or choose another port with --port"
        )


class RequestError(PlangrafError):
    """A request cannot be answered.

    The message is an English template, marked for translation, with values for its placeholders. Values are inserted
    literally and never interpreted as templates. The value `cause` is the message of a library, in English.

    Attributes:
        template: the error and its correction, with the names of `values` in braces.
        values: the values of the placeholders.
        members: extension members of the problem document, by name.
    """

    def __init__(self, template: Msgid, *, members: Mapping[str, object] | None = None, **values: Value) -> None:
        self.template = template
        self.values: dict[str, Value] = values
        self.members = dict(members or {})
        super().__init__(template)

    def __str__(self) -> str:
        return filled(self.template, self.values, "en")


class PackedError(TypedDict):
    """A serialized `RequestError`, for messages between processes."""

    name: str
    template: str
    values: dict[str, Value]
    members: dict[str, object]
    retry_after: int | None


def pack(error: RequestError) -> PackedError:
    """Return the serialized error, without its class-specific attributes (methods, media types, size).

    The time after which to retry is kept.
    """
    return {
        "name": type(error).__name__,
        "template": error.template,
        "values": error.values,
        "members": error.members,
        "retry_after": error.retry_after if isinstance(error, RefusedForNow) else None,
    }


def unpack(packed: PackedError) -> RequestError:
    """Return the error that `pack` has serialized, in this process or another."""
    kind = next(kind for kind in _kinds(RequestError) if kind.__name__ == packed["name"])
    error = kind(Msgid(packed["template"]), members=packed["members"])
    error.values = packed["values"]
    if isinstance(error, RefusedForNow):
        error.retry_after = packed["retry_after"]
    return error


def _kinds(error: type[RequestError]) -> Iterator[type[RequestError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from _kinds(kind)


class QueryMissing(RequestError):
    """A request to the endpoint has no query."""


class RequestMalformed(RequestError):
    """The parameters or the body of a request cannot be parsed."""


class UploadMalformed(RequestError):
    """Uploaded data cannot be parsed; `members` has the line and column, if they are known."""


class UpdateRefused(RequestError):
    """A request is a SPARQL update; the data are read-only."""


class ResourceNotFound(RequestError):
    """No resource is published at the address."""


class ResourceGone(RequestError):
    """A resource was published at the address, and has been withdrawn."""


class ReleasePruned(RequestError):
    """The operator has removed the data of the older release that a request names."""


class TokenMissing(RequestError):
    """A request that would change a graph has no token."""


class TokenInvalid(RequestError):
    """The token of a request is not one that has been made, or it has been withdrawn."""


class GraphForbidden(RequestError):
    """The graph that a request would change, or a thing that its body describes, belongs to somebody else."""


class PreconditionFailed(RequestError):
    """The state of the graph is not the one that If-Match or If-None-Match requires."""


class DataRefused(RequestError):
    """The data of a graph cannot be published; `members` has the report."""


class MethodRefused(RequestError):
    """The resource does not support the request method.

    Attributes:
        allowed: the supported methods.
    """

    def __init__(
        self,
        template: Msgid,
        *,
        allowed: Sequence[str] = (),
        members: Mapping[str, object] | None = None,
        **values: Value,
    ) -> None:
        super().__init__(template, members=members, **values)
        self.allowed = tuple(allowed)


class NotAcceptable(RequestError):
    """The resource has no form that the client accepts; `members` lists the forms that it has."""


class RequestTimeout(RequestError):
    """The header or the body of the request does not arrive in time."""


class BodyTooLarge(RequestError):
    """The request body exceeds the limit."""


class UriTooLong(RequestError):
    """The request line exceeds the limit."""


class HeaderFieldsTooLarge(RequestError):
    """The header fields of the request exceed the limit."""


class MediaTypeUnsupported(RequestError):
    """The resource does not support the media type of the request body.

    Attributes:
        accepted: the supported media types; empty if the media type was not the cause.
    """

    def __init__(
        self,
        template: Msgid,
        *,
        accepted: Sequence[str] = (),
        members: Mapping[str, object] | None = None,
        **values: Value,
    ) -> None:
        super().__init__(template, members=members, **values)
        self.accepted = tuple(accepted)


class CodingUnsupported(RequestError):
    """The body of the request has a content coding, such as gzip."""


class RangeNotSatisfiable(RequestError):
    """The requested range lies outside the representation.

    Attributes:
        size: the size of the representation in bytes, if it is known; also a value of the template.
    """

    def __init__(
        self,
        template: Msgid,
        *,
        size: int | None = None,
        members: Mapping[str, object] | None = None,
        **values: Value,
    ) -> None:
        super().__init__(template, members=members, **values, **({} if size is None else {"size": size}))
        self.size = size


class ServerFault(RequestError):
    """The server has an internal error; the cause is in its log."""


class ValidationMemory(RequestError):
    """The validation of an upload exceeds the memory limit."""


class ValidationCrashed(RequestError):
    """The process that validates an upload has crashed."""


class ValidationTimeout(RequestError):
    """The validation of an upload exceeds the time limit."""


class RefusedForNow(RequestError):
    """A request cannot be answered now, but may be later.

    Attributes:
        retry_after: seconds after which to retry, if a retry can succeed.
    """

    def __init__(
        self,
        template: Msgid,
        *,
        retry_after: int | None = None,
        members: Mapping[str, object] | None = None,
        **values: Value,
    ) -> None:
        super().__init__(template, members=members, **values)
        self.retry_after = retry_after


class PublishingBusy(RefusedForNow):
    """Another process changes the release."""


class TooManyUploads(RefusedForNow):
    """Too many uploads are waiting for validation."""


class TooManyRequests(RefusedForNow):
    """The client has the maximum number of requests that are worked on and wait."""


class TooManyConnections(RefusedForNow):
    """The server, or one client, has as many connections as it may have, and none of them is idle."""


class DumpsUnavailable(RefusedForNow):
    """A request needs the dumps before they have been written."""


class IndexUnavailable(RefusedForNow):
    """A request needs the search index before it has been made."""


class ReleaseUnavailable(RefusedForNow):
    """An older release is being made ready, or as many of them as may be are in use."""
