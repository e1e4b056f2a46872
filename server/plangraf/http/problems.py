"""Problem details (RFC 9457): the table that maps each error to an HTTP status, a title and a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from plangraf import errors
from plangraf.engine import errors as engine
from plangraf.engine.errors import EngineError, SyntaxFault
from plangraf.errors import PlangrafError, RequestError, Value
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS, by_key
from plangraf.languages import N_, InterfaceLanguage, Msgid, filled, translations
from plangraf.namespaces import PREFIXES, PROBLEMS
from plangraf.rdf.expressible import not_expressible

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
    ProblemType("service-refused", 403, N_("SERVICE is not allowed"), (engine.ServiceRefused,)),
    ProblemType("update-refused", 403, N_("The data are read-only"), (errors.UpdateRefused,)),
    ProblemType("not-found", 404, N_("Nothing is published here"), (errors.ResourceNotFound,)),
    ProblemType("method-refused", 405, N_("The method is not allowed"), (errors.MethodRefused,)),
    ProblemType(
        "not-acceptable",
        406,
        N_("No acceptable form"),
        (errors.NotAcceptable, engine.FormNotAcceptable, engine.AnswerInexpressible),
    ),
    ProblemType("request-timeout", 408, N_("The request came too slowly"), (errors.RequestTimeout,)),
    ProblemType("body-too-large", 413, N_("The request body is too large"), (errors.BodyTooLarge,)),
    ProblemType("uri-too-long", 414, N_("The address is too long"), (errors.UriTooLong,)),
    ProblemType("media-type-unsupported", 415, N_("The media type is not supported"), (errors.MediaTypeUnsupported,)),
    ProblemType(
        "range-not-satisfiable", 416, N_("The range lies outside the document"), (errors.RangeNotSatisfiable,)
    ),
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
    ProblemType("too-many-connections", 503, N_("Too many connections at once"), (errors.TooManyConnections,)),
    ProblemType("engine-unavailable", 503, N_("The engine is starting"), (engine.EngineUnavailable,)),
    ProblemType("dumps-unavailable", 503, N_("The dumps are being made"), (errors.DumpsUnavailable,)),
    ProblemType("index-unavailable", 503, N_("The search index is being made"), (errors.IndexUnavailable,)),
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
        details = _engine_details(error)
    else:
        details = _Details(error.template, error.values, error.members, _headers(error))
    return Problem(
        kind.status, kind.slug, kind.title, details.template, details.values, details.headers, details.members
    )


@dataclass(frozen=True)
class _Details:
    """The part of a problem that depends on the error, not only on its class."""

    template: Msgid
    values: Mapping[str, Value] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def _headers(error: RequestError) -> Mapping[str, str]:
    match error:
        case errors.MethodRefused(allowed=allowed) if allowed:
            return {"Allow": ", ".join((*allowed, "OPTIONS"))}  # which all resources have
        case errors.MediaTypeUnsupported(accepted=accepted) if accepted:
            return {"Accept-Post": ", ".join(accepted)}
        case errors.RangeNotSatisfiable(size=int(size)):
            return {"Content-Range": f"bytes */{size}"}
        case errors.RefusedForNow(retry_after=int(seconds)):
            return {"Retry-After": str(seconds)}
        case errors.TooManyConnections():
            return _SOON
    return {}


_SYNTAX: Mapping[SyntaxFault, Msgid] = {
    "prefix": N_(
        "Line {line}, column {column}: the prefix “{found}:” is not declared. Put the line {declaration} before the "
        "query."
    ),
    "iri": N_("Line {line}, column {column}: the IRI at this place is not valid or not absolute."),
    "unbound variable": N_("Line {line}, column {column}: SELECT has a variable that is neither grouped nor bound."),
    "query form": N_("Line {line}, column {column}: expected SELECT, ASK, CONSTRUCT or DESCRIBE."),
    "invisible": N_(
        "Line {line}, column {column}: there is an invisible character here, {found}. Delete it, or write a space."
    ),
    "unexpected": N_("Line {line}, column {column}: did not expect “{found}” here."),
    "end": N_("Line {line}, column {column}: the query ends too early."),
    "rule": N_("Line {line}, column {column}: before this place, the query breaks a rule of SPARQL: {found}."),
    "scope": N_(
        "Line {line}, column {column}: before this place, a variable is bound twice, or a blank node stands in two "
        "patterns."
    ),
}
_SOON = {"Retry-After": "2"}
_VERY_SOON = {"Retry-After": "1"}


def _engine_details(error: EngineError) -> _Details:
    """Return the message, members and headers for an engine error, from the facts that it carries."""
    match error:
        case engine.QuerySyntax(line=int(line), column=int(column)) if error.fault in _SYNTAX:
            values: dict[str, Value] = {"line": line, "column": column, "found": error.found}
            if error.fault == "prefix":
                values["declaration"] = f"PREFIX {error.found}: <{PREFIXES.get(error.found, '…')}>"
            return _Details(_SYNTAX[error.fault], values, {"line": line, "column": column})
        case engine.QuerySyntax(message=cause):
            return _Details(N_("The query does not parse: {cause}."), {"cause": cause})
        case engine.QueryRefused(cause=cause):
            return _Details(N_("The engine cannot evaluate the query: {cause}."), {"cause": cause})
        case engine.InvalidIri(cause=cause):
            return _Details(N_("A graph is named by an absolute IRI: {cause}."), {"cause": cause})
        case engine.InvalidTimeLimit():
            return _Details(N_("The time limit of a query is a number of seconds above 0."))
        case engine.ServiceRefused(line=int(line), column=int(column), name=name) if name:
            return _Details(
                N_(
                    "Line {line}, column {column}: “{name}” before a group can be read as SERVICE, which this server "
                    "refuses. If it is a name, write a full stop before the group, or give the prefix another name."
                ),
                {"line": line, "column": column, "name": name[:40]},
                {"line": line, "column": column},
            )
        case engine.ServiceRefused(line=int(line), column=int(column)):
            place: dict[str, Value] = {"line": line, "column": column}
            return _Details(
                N_(
                    "Line {line}, column {column}: this server asks no other server on your behalf. Ask the other "
                    "endpoint yourself, or ask both from an endpoint of your own."
                ),
                place,
                place,
            )
        case engine.ServiceRefused():
            return _Details(N_("The query asks another server; this one asks no other on your behalf."))
        case engine.FormNotAcceptable(graph=graph):
            available = [offer.media_type for offer in (GRAPH_FORMATS if graph else RESULT_FORMATS)]
            return _Details(
                N_("An answer of this form comes as {available}. Ask for one of them in Accept, or by ?format=."),
                {"available": ", ".join(available)},
                {"available": available},
            )
        case engine.AnswerInexpressible(graph=True, format=key, obstacle=obstacle, detail=detail, place=statement):
            written = by_key(key, GRAPH_FORMATS)
            assert written is not None  # noqa: S101  # the answer was written in it
            refused = not_expressible(obstacle, detail, statement, written)
            return _Details(refused.template, refused.values, refused.members)
        case engine.AnswerInexpressible(format=key, detail=detail, place=variable):
            available = [offer.media_type for offer in RESULT_FORMATS if offer.key != key]
            return _Details(
                N_(
                    "XML cannot hold the character {detail}, which is in a value of ?{variable}. The answer can be "
                    "had as {available}."
                ),
                {"detail": detail, "variable": variable, "available": ", ".join(available)},
                {"available": available},
            )
        case engine.QueryTimeout(seconds=seconds):
            return _Details(
                N_(
                    "The query was ended after {seconds} seconds. Narrow it: name a plan or a class, drop paths over"
                    " everything, or ask for less with LIMIT."
                ),
                {"seconds": seconds},
                {"limit": "time", "seconds": seconds},
            )
        case engine.QueryMemory(bytes=size):
            return _Details(
                N_(
                    "The query was ended at {bytes} bytes of memory. Narrow it: fewer joins without a common "
                    "variable, and no DISTINCT, ORDER BY or GROUP_CONCAT over everything."
                ),
                {"bytes": size},
                {"limit": "memory", "bytes": size},
            )
        case engine.QueryCrashed():
            return _Details(
                N_(
                    "The query ended the process that evaluated it; it may be nested too deeply. Ask in smaller"
                    " parts."
                ),
                members={"limit": "crash"},
            )
        case engine.AnswerTooLarge():
            return _Details(
                N_("The answer has more bytes than an answer may have. Ask for less, with LIMIT or a narrower query.")
            )
        case engine.TooManyQueries(running=running, waiting=waiting):
            return _Details(
                N_("You have {running} queries running and {waiting} waiting; ask again when some are done."),
                {"running": running, "waiting": waiting},
                headers=_SOON,
            )
        case engine.Overloaded():
            return _Details(N_("Too many queries wait; ask again in a moment."), headers=_SOON)
        case engine.QueryPreempted():
            return _Details(
                N_(
                    "The query ran long while others waited, and was ended to let them through. Narrow it, or ask "
                    "again in a moment."
                ),
                headers=_SOON,
            )
        case engine.EngineUnavailable():
            return _Details(N_("The engine is starting again; ask again in a moment."), headers=_VERY_SOON)
    raise TypeError(f"there is no message for {error!r}")


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
