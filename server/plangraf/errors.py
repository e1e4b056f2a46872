"""The errors of Plangraf, in one tree.

    PlangrafError
    ├── InputError               what was given cannot be used                       exit 2
    ├── NonconformingError       the data break the shapes                           exit 1
    ├── AddressInUseError        another program holds the port                      exit 2
    ├── EngineError              a query is not answered: see `plangraf.engine.errors`
    └── RequestError             a request cannot be answered
        ├── QueryMissing         no query was sent
        ├── RequestMalformed     parameters or body cannot be read
        ├── UploadMalformed      data to validate cannot be read
        ├── ServiceRefused       the query asks another endpoint
        ├── UpdateRefused        the data are read-only
        ├── ResourceNotFound     nothing is published at this address
        ├── MethodRefused        the address has other methods
        ├── NotAcceptable        none of the forms is acceptable
        ├── BodyTooLarge         the request body is over the limit
        ├── HeaderFieldsTooLarge the header fields are over the limit
        ├── MediaTypeUnsupported the body is of an unknown type
        ├── RangeNotSatisfiable  the range lies outside the document
        ├── ServerFault          a fault of ours
        ├── ValidationMemory     the validation needs too much memory
        ├── ValidationCrashed    the data ended the process
        ├── ValidationTimeout    the validation takes too long
        ├── TooManyUploads       too many uploads wait to be validated
        └── DumpsUnavailable     the dumps are not made yet

None of them knows HTTP: `plangraf.http.problems` says with which status each is answered. Errors of other
libraries are translated where they are called, once.
"""
# ruff: noqa: N818  # they are named for what happened, and their base class says that they are errors

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypedDict

from plangraf.languages import Msgid, filled

Value = str | int | float
"""What may stand in the places of a sentence."""


class PlangrafError(Exception):
    """The root of all errors that Plangraf raises on purpose.

    Attributes:
        exit_code: what a command ends with.
    """

    exit_code: ClassVar[int] = 2


class InputError(PlangrafError):
    """A file, a folder or an option that cannot be used; says which, where, and how to mend it.

    Attributes:
        message: what is wrong.
        path: of which file or folder.
        line: where in the file, counted from 1.
        column: where in the line, counted from 1.
        reason: what a parser says of it, if that is what made it unusable; the message ends in it.
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
    """Data that break the shapes, so that no release is written.

    Attributes:
        report_text: the validation report, for people.
    """

    exit_code = 1

    def __init__(self, report_text: str) -> None:
        self.report_text = report_text
        super().__init__("the data break the shapes; no release was written")


class AddressInUseError(PlangrafError):
    """The address to serve on is taken by another program."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is in use by another program; "
            f"stop that program, or choose another port with --port"
        )


class RequestError(PlangrafError):
    """A request that cannot be answered.

    A template in English, marked for translation, says what happened, and the values fill its places. A value is put
    in as it is; it is never a template itself. The value `cause` is what a library said, in English.

    Attributes:
        template: what happened this time, and how to mend it, with the names of `values` in braces.
        values: what stands in the template's places.
        members: further facts for programs, by name.
    """

    def __init__(self, template: Msgid, *, members: Mapping[str, object] | None = None, **values: Value) -> None:
        self.template = template
        self.values: dict[str, Value] = values
        self.members = dict(members or {})
        super().__init__(template)

    def __str__(self) -> str:
        return filled(self.template, self.values, "en")


class PackedError(TypedDict):
    """A `RequestError` as data, for a message from one process to another."""

    name: str
    template: str
    values: dict[str, Value]
    members: dict[str, object]


def pack(error: RequestError) -> PackedError:
    """Return an error as data, without facts of the answering process: its methods, media types, load."""
    return {
        "name": type(error).__name__,
        "template": error.template,
        "values": error.values,
        "members": error.members,
    }


def unpack(packed: PackedError) -> RequestError:
    """Return the error that has been packed, in this process or another."""
    kind = next(kind for kind in RequestError.__subclasses__() if kind.__name__ == packed["name"])
    error = kind(Msgid(packed["template"]), members=packed["members"])
    error.values = packed["values"]
    return error


class QueryMissing(RequestError):
    """A request to the endpoint that carries no query."""


class RequestMalformed(RequestError):
    """Parameters or a body that cannot be read."""


class UploadMalformed(RequestError):
    """Data to be validated that cannot be read; `members` has line and column where they are known."""


class ServiceRefused(RequestError):
    """A query with SERVICE: this server asks no other server on a visitor's behalf."""


class UpdateRefused(RequestError):
    """A SPARQL update: what is published is read-only."""


class ResourceNotFound(RequestError):
    """An address at which nothing is published."""


class MethodRefused(RequestError):
    """A method that the address does not have.

    Attributes:
        allowed: the methods that it has.
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
    """A request for a form that there is not; `members` lists what there is."""


class BodyTooLarge(RequestError):
    """A request body over the limit."""


class HeaderFieldsTooLarge(RequestError):
    """Header fields over the limit."""


class MediaTypeUnsupported(RequestError):
    """A request body of a type that the address does not read.

    Attributes:
        accepted: the media types that it reads; empty where the type was not the reason.
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


class RangeNotSatisfiable(RequestError):
    """A range of bytes that lies outside the document.

    Attributes:
        size: how many bytes the document has, if that is known; it is a value of the template too.
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
    """A fault of the server's own; the cause is in its log."""


class ValidationMemory(RequestError):
    """Data whose validation needs more memory than it may use."""


class ValidationCrashed(RequestError):
    """Data that ended the process that validated them."""


class ValidationTimeout(RequestError):
    """Data whose validation takes longer than it may take."""


class TooManyUploads(RequestError):
    """Data that come while too many others wait to be validated.

    Attributes:
        retry_after: seconds after which to send them again, if that is known.
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


class DumpsUnavailable(RequestError):
    """A request for dumps, or for what tells of them, before they have been made.

    Attributes:
        retry_after: seconds after which to ask again, if asking again helps.
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
