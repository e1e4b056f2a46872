"""Problem details (RFC 9457): the table that maps each error to an HTTP status, a title and a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from plangraf import errors
from plangraf.engine import errors as engine
from plangraf.engine.errors import EngineError
from plangraf.errors import PlangrafError, RequestError, Value
from plangraf.http.engine_details import ErrorDetails, engine_details
from plangraf.languages import N_, InterfaceLanguage, Msgid, filled, translations
from plangraf.namespaces import PROBLEMS

ANSWERED = (RequestError, EngineError)
"""The errors that are reported to clients with their cause; any other error is a server fault (status 500)."""


@dataclass(frozen=True)
class ProblemType:
    """A problem type, and the errors that are answered with it.

    Attributes:
        slug: the last part of the IRI.
        status: the HTTP status.
        title: the title, in English and marked for translation.
        errors: the exception classes.
    """

    slug: str
    status: int
    title: Msgid
    errors: tuple[type[PlangrafError], ...]


PROBLEM_TYPES = (
    ProblemType("query-missing", 400, N_("No query was sent"), (errors.QueryMissing,)),
    ProblemType("query-syntax", 400, N_("The query does not parse"), (engine.QuerySyntax,)),
    ProblemType(
        "request-malformed",
        400,
        N_("The request cannot be read"),
        (errors.RequestMalformed, engine.QueryRefused, engine.InvalidIri, engine.InvalidTimeLimit),
    ),
    ProblemType("upload-malformed", 400, N_("The data cannot be read"), (errors.UploadMalformed,)),
    ProblemType("token-required", 401, N_("A token is required"), (errors.TokenMissing, errors.TokenInvalid)),
    ProblemType("service-refused", 403, N_("SERVICE is not allowed"), (engine.ServiceRefused,)),
    ProblemType("update-refused", 403, N_("The data are read-only"), (errors.UpdateRefused,)),
    ProblemType("graph-forbidden", 403, N_("The graph is not yours"), (errors.GraphForbidden,)),
    ProblemType("not-found", 404, N_("Nothing is published here"), (errors.ResourceNotFound,)),
    ProblemType("method-refused", 405, N_("The method is not allowed"), (errors.MethodRefused,)),
    ProblemType(
        "not-acceptable",
        406,
        N_("No acceptable format"),
        (errors.NotAcceptable, engine.FormNotAcceptable, engine.AnswerInexpressible),
    ),
    ProblemType("gone", 410, N_("This has been withdrawn"), (errors.ResourceGone,)),
    ProblemType("release-pruned", 410, N_("The older release is no longer here"), (errors.ReleasePruned,)),
    ProblemType("request-timeout", 408, N_("The request came too slowly"), (errors.RequestTimeout,)),
    ProblemType("precondition-failed", 412, N_("The graph has changed"), (errors.PreconditionFailed,)),
    ProblemType("body-too-large", 413, N_("The request body is too large"), (errors.BodyTooLarge,)),
    ProblemType("uri-too-long", 414, N_("The address is too long"), (errors.UriTooLong,)),
    ProblemType(
        "media-type-unsupported",
        415,
        N_("The media type is not supported"),
        (errors.MediaTypeUnsupported, errors.CodingUnsupported),
    ),
    ProblemType(
        "range-not-satisfiable", 416, N_("The range lies outside the document"), (errors.RangeNotSatisfiable,)
    ),
    ProblemType("data-refused", 422, N_("The data cannot be published"), (errors.DataRefused,)),
    ProblemType("too-many-queries", 429, N_("Too many queries at once"), (engine.TooManyQueries,)),
    ProblemType("too-many-requests", 429, N_("Too many requests at once"), (errors.TooManyRequests,)),
    ProblemType(
        "header-fields-too-large", 431, N_("The header fields are too large"), (errors.HeaderFieldsTooLarge,)
    ),
    ProblemType("server-fault", 500, N_("The server made a mistake"), (errors.ServerFault,)),
    ProblemType("query-memory", 503, N_("The query needs too much memory"), (engine.QueryMemory,)),
    ProblemType("validation-memory", 503, N_("The validation needs too much memory"), (errors.ValidationMemory,)),
    ProblemType("validation-crashed", 503, N_("The data could not be validated"), (errors.ValidationCrashed,)),
    ProblemType("query-crashed", 503, N_("The query could not be evaluated"), (engine.QueryCrashed,)),
    ProblemType("answer-too-large", 503, N_("The answer is too large"), (engine.AnswerTooLarge,)),
    ProblemType(
        "overloaded",
        503,
        N_("Too much is asked at once"),
        (errors.TooManyUploads, engine.Overloaded, engine.QueryPreempted),
    ),
    ProblemType("publishing-busy", 503, N_("Another change is under way"), (errors.PublishingBusy,)),
    ProblemType("too-many-connections", 503, N_("Too many connections at once"), (errors.TooManyConnections,)),
    ProblemType("engine-unavailable", 503, N_("The engine is starting"), (engine.EngineUnavailable,)),
    ProblemType("dumps-unavailable", 503, N_("The downloads are being made"), (errors.DumpsUnavailable,)),
    ProblemType("index-unavailable", 503, N_("The search index is being made"), (errors.IndexUnavailable,)),
    ProblemType("release-unavailable", 503, N_("The release is being made ready"), (errors.ReleaseUnavailable,)),
    ProblemType("query-timeout", 504, N_("The query takes too long"), (engine.QueryTimeout,)),
    ProblemType("validation-timeout", 504, N_("The validation takes too long"), (errors.ValidationTimeout,)),
)
# The problem types that follow from a status alone; other statuses, such as 403, have more than one type.
_BY_STATUS = {
    kind.status: kind
    for kind in PROBLEM_TYPES
    if kind.slug
    in ("request-malformed", "not-acceptable", "body-too-large", "media-type-unsupported", "range-not-satisfiable")
}
_TYPE_OF = {error: problem_type for problem_type in PROBLEM_TYPES for error in problem_type.errors}


@dataclass(frozen=True)
class Problem:
    """An error as a response (RFC 9457).

    Attributes:
        status: the HTTP status.
        slug: the last part of the problem type's IRI; empty for the type `about:blank`.
        title: the title of the problem type, in English.
        template: the error and its correction, with the names of `values` in braces.
        values: the values of the placeholders.
        headers: response headers, such as Retry-After.
        members: extension members of the problem document, by name.
    """

    status: int
    slug: str
    title: str
    template: Msgid
    values: Mapping[str, Value] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The IRI of the problem type, which is the address of its documentation."""
        return f"{PROBLEMS}#{self.slug}" if self.slug else "about:blank"

    @property
    def detail(self) -> str:
        """The error and its correction, in English."""
        return self.detail_in("en")

    def detail_in(self, language: InterfaceLanguage) -> str:
        """Return the error and its correction in `language`; the message of a library remains in English."""
        return filled(self.template, self.values, language)

    def document(self, language: InterfaceLanguage = "en") -> dict[str, object]:
        """Return the members of the problem document, with title and detail in `language` (RFC 9457, section 3.1)."""
        return {
            "type": self.type,
            "title": translations(language).gettext(self.title),
            "status": self.status,
            "detail": self.detail_in(language),
            **self.members,
        }


def problem_of(error: RequestError | EngineError) -> Problem:
    """Return the problem for an error, by the table of problem types."""
    kind = _TYPE_OF[type(error)]
    if isinstance(error, EngineError):
        details = engine_details(error)
    else:
        details = ErrorDetails(error.template, error.values, error.members, _headers(error))
    return Problem(
        kind.status, kind.slug, kind.title, details.template, details.values, details.headers, details.members
    )


def _headers(error: RequestError) -> Mapping[str, str]:
    match error:
        case errors.MethodRefused(allowed=allowed) if allowed:
            return {"Allow": ", ".join((*allowed, "OPTIONS"))}  # which all resources have
        case errors.MediaTypeUnsupported(accepted=accepted) if accepted:
            return {"Accept-Post": ", ".join(accepted)}
        case errors.TokenMissing():
            return {"WWW-Authenticate": 'Bearer realm="Plangraf"'}
        case errors.TokenInvalid():
            return {"WWW-Authenticate": 'Bearer realm="Plangraf", error="invalid_token"'}
        case errors.CodingUnsupported():
            return {"Accept-Encoding": "identity"}  # RFC 9110, section 12.5.3
        case errors.RangeNotSatisfiable(size=int(size)):
            return {"Content-Range": f"bytes */{size}"}
        case errors.RefusedForNow(retry_after=int(seconds)):
            return {"Retry-After": str(seconds)}
        case errors.TooManyConnections():
            return {"Retry-After": "2"}
    return {}


def problem_of_status(status: int, cause: str, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the problem for an error that a library raises as a status.

    A status without a problem type gets the type `about:blank` (RFC 9457, section 4.2.1).

    Args:
        status: the HTTP status.
        cause: the message of the library, in English.
        headers: the response headers that the library sets.
    """
    kind = _BY_STATUS.get(status)
    slug, title = (kind.slug, kind.title) if kind else ("", HTTPStatus(status).phrase)
    template = N_("The request cannot be answered: {cause}.")
    return Problem(status, slug, title, template, {"cause": cause}, headers or {})
