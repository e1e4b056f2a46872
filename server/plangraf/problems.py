"""The problems of Plangraf: the errors that are answered over HTTP (RFC 9457), in one tree.

    Problem                      answered over HTTP                      status
    ├── QueryMissing             no query was sent                       400
    ├── QuerySyntax              the query does not parse                400
    ├── RequestMalformed         parameters or body cannot be read       400
    ├── UploadMalformed          data to validate cannot be read         400
    ├── ServiceRefused           the query asks another endpoint         403
    ├── UpdateRefused            the data are read-only                  403
    ├── ResourceNotFound         nothing is published at this address    404
    ├── MethodRefused            the address has other methods           405
    ├── NotAcceptable            none of the forms is acceptable         406
    ├── BodyTooLarge             the request body is over the limit      413
    ├── MediaTypeUnsupported     the body is of an unknown type          415
    ├── TooManyQueries           the client has too many at once         429
    ├── ServerFault              a fault of ours                         500
    ├── QueryMemory              the query needs too much memory         503
    ├── ValidationMemory         the validation needs too much memory    503
    ├── ValidationCrashed        the data ended the process              503
    ├── QueryCrashed             the query ended its worker              503
    ├── AnswerTooLarge           the answer is over the limit            503
    ├── Overloaded               too much is asked at once               503
    ├── EngineUnavailable        the engine is starting again            503
    ├── DumpsUnavailable         the dumps are not made yet              503
    ├── QueryTimeout             the query takes too long                504
    └── ValidationTimeout        the validation takes too long           504

Errors of other libraries are translated where they are called, once.
"""

from collections.abc import Mapping
from typing import ClassVar, TypedDict

from plangraf.errors import PlangrafError
from plangraf.languages import N_, InterfaceLanguage, Msgid, number, translations
from plangraf.namespaces import PROBLEMS

Value = str | int | float


class Packed(TypedDict):
    """A problem as data, for a message from one process to another."""

    slug: str
    template: str
    values: dict[str, Value]
    members: dict[str, object]


class Problem(PlangrafError):  # noqa: N818  # RFC 9457 calls it a problem
    """An error that is answered over HTTP as problem details (RFC 9457).

    What happened is said by a template in English, marked for translation, and by the values of its places. A value
    is put in as it is; it is never a template itself. The value `cause` is what a library said, in English.

    Attributes:
        status: the HTTP status.
        slug: the last part of the problem type's IRI.
        title: what this type of problem is, in English.
        template: what happened this time, and how to mend it, with the names of `values` in braces.
        values: what stands in the template's places.
        headers: response headers that belong to the status.
        members: further members of the problem document.
    """

    status: ClassVar[int]
    slug: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self,
        template: Msgid,
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
        **values: Value,
    ) -> None:
        self.template = template
        self.values: dict[str, Value] = values
        self.headers = dict(headers or {})
        self.members = dict(members or {})
        super().__init__(template)

    def __str__(self) -> str:
        return self.detail

    @property
    def type(self) -> str:
        """The IRI of the problem type; it leads to the page that explains it."""
        return f"{PROBLEMS}#{self.slug}"

    @property
    def detail(self) -> str:
        """What happened this time, and how to mend it, in English."""
        return self.detail_in("en")

    def detail_in(self, language: InterfaceLanguage) -> str:
        """Return what happened this time, and how to mend it."""
        values = {
            name: value if isinstance(value, str) else number(value, language) for name, value in self.values.items()
        }
        return translations(language).gettext(self.template).format_map(values)

    def document(self, language: InterfaceLanguage = "en") -> dict[str, object]:
        """Return the problem document (RFC 9457, section 3.1)."""
        return {
            "type": self.type,
            "title": translations(language).gettext(self.title),
            "status": self.status,
            "detail": self.detail_in(language),
            **self.members,
        }

    def pack(self) -> Packed:
        """Return the problem as data; its headers are left out, for they are the answering process's own."""
        return {"slug": self.slug, "template": self.template, "values": self.values, "members": self.members}


def unpack(packed: Packed) -> Problem:
    """Return the problem that has been packed, in this process or another."""
    problem = PROBLEMS_BY_SLUG[packed["slug"]](Msgid(packed["template"]), members=packed["members"])
    problem.values = packed["values"]
    return problem


class QueryMissing(Problem):
    """A request to the endpoint that carries no query."""

    status = 400
    slug = "query-missing"
    title = N_("No query was sent")


class QuerySyntax(Problem):
    """A query that is not SPARQL 1.1; `members` has its line and column where the engine knows them."""

    status = 400
    slug = "query-syntax"
    title = N_("The query does not parse")


class RequestMalformed(Problem):
    """Parameters or a body that cannot be read."""

    status = 400
    slug = "request-malformed"
    title = N_("The request cannot be read")


class UploadMalformed(Problem):
    """Data to be validated that cannot be read; `members` has line and column where they are known."""

    status = 400
    slug = "upload-malformed"
    title = N_("The data cannot be read")


class ServiceRefused(Problem):
    """A query with SERVICE: this server asks no other server on a visitor's behalf."""

    status = 403
    slug = "service-refused"
    title = N_("SERVICE is not allowed")


class UpdateRefused(Problem):
    """A SPARQL update: what is published is read-only."""

    status = 403
    slug = "update-refused"
    title = N_("The data are read-only")


class ResourceNotFound(Problem):
    """An address at which nothing is published."""

    status = 404
    slug = "not-found"
    title = N_("Nothing is published here")


class MethodRefused(Problem):
    """A method that the address does not have."""

    status = 405
    slug = "method-refused"
    title = N_("The method is not allowed")


class NotAcceptable(Problem):
    """A request for a form that there is not; `members` lists what there is."""

    status = 406
    slug = "not-acceptable"
    title = N_("No acceptable form")


class BodyTooLarge(Problem):
    """A request body over the limit."""

    status = 413
    slug = "body-too-large"
    title = N_("The request body is too large")


class MediaTypeUnsupported(Problem):
    """A request body of a type that the address does not read."""

    status = 415
    slug = "media-type-unsupported"
    title = N_("The media type is not supported")


class TooManyQueries(Problem):
    """A query of a client that has as many running and waiting as it may have."""

    status = 429
    slug = "too-many-queries"
    title = N_("Too many queries at once")


class ServerFault(Problem):
    """A fault of the server's own; the cause is in its log."""

    status = 500
    slug = "server-fault"
    title = N_("The server made a mistake")


class QueryMemory(Problem):
    """A query that needs more memory than a query may use."""

    status = 503
    slug = "query-memory"
    title = N_("The query needs too much memory")


class ValidationMemory(Problem):
    """Data whose validation needs more memory than it may use."""

    status = 503
    slug = "validation-memory"
    title = N_("The validation needs too much memory")


class ValidationCrashed(Problem):
    """Data that ended the process that validated them."""

    status = 503
    slug = "validation-crashed"
    title = N_("The data could not be validated")


class QueryCrashed(Problem):
    """A query that ended the process that evaluated it."""

    status = 503
    slug = "query-crashed"
    title = N_("The query could not be evaluated")


class AnswerTooLarge(Problem):
    """An answer with more bytes than an answer may have."""

    status = 503
    slug = "answer-too-large"
    title = N_("The answer is too large")


class Overloaded(Problem):
    """A query that cannot be evaluated now because of all the others."""

    status = 503
    slug = "overloaded"
    title = N_("Too much is asked at once")


class EngineUnavailable(Problem):
    """A query that comes while the engine is starting."""

    status = 503
    slug = "engine-unavailable"
    title = N_("The engine is starting")


class DumpsUnavailable(Problem):
    """A request for dumps, or for what tells of them, before they have been made."""

    status = 503
    slug = "dumps-unavailable"
    title = N_("The dumps are being made")


class QueryTimeout(Problem):
    """A query that takes longer than a query may take."""

    status = 504
    slug = "query-timeout"
    title = N_("The query takes too long")


class ValidationTimeout(Problem):
    """Data whose validation takes longer than it may take."""

    status = 504
    slug = "validation-timeout"
    title = N_("The validation takes too long")


PROBLEM_TYPES: tuple[type[Problem], ...] = tuple(Problem.__subclasses__())
PROBLEMS_BY_SLUG: Mapping[str, type[Problem]] = {problem.slug: problem for problem in PROBLEM_TYPES}
