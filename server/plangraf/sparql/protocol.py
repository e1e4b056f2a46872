"""Parsing of SPARQL 1.1 Protocol requests (section 2.1)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from typing import TypeVar
from urllib.parse import parse_qsl

from plangraf.engine.interface import Query
from plangraf.errors import (
    MediaTypeUnsupported,
    NotAcceptable,
    QueryMissing,
    RequestMalformed,
    UpdateRefused,
)
from plangraf.formats import FORMAT_PARAMETERS, GRAPH_FORMATS, HTML, RESULT_FORMATS, SPREADSHEET, Format, first_by_key
from plangraf.languages import N_, Msgid
from plangraf.negotiation import Choice, choose_format

N = TypeVar("N", int, float)


@dataclass(frozen=True)
class _Where:
    undecodable: Msgid
    unreadable: Msgid


_ADDRESS = _Where(
    N_("The parameters in the address are not UTF-8 in percent-encoding."),
    N_("The parameters in the address cannot be read: {cause}."),
)
_IN_FORM = _Where(
    N_("The parameters in the form are not UTF-8 in percent-encoding."),
    N_("The parameters in the form cannot be read: {cause}."),
)

_Parameters = dict[str, list[str]]
_PARAMETERS = {
    "query",
    "default-graph-uri",
    "named-graph-uri",
    "timeout",
    "limit",
    "lang",
    "chart",
    *FORMAT_PARAMETERS,
}
_RELEASE = "release"
"""The parameter that names a release, which only an address can have."""
_ANY = (*RESULT_FORMATS, *GRAPH_FORMATS, HTML)
_LEAST_SECONDS = 0.001
"""The smallest `timeout`: the timer of a worker counts microseconds, and no query is answered in less."""
_NUMBER = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MOST_ROWS = 2**53
"""The largest `limit` that means something; no answer has as many rows, and JSON holds it exactly."""

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Operation:
    """A query operation.

    Attributes:
        query: the query and its dataset, without formats.
        formats: the values of `?format=`, `?output=` and `?results=`, which take precedence over the Accept header.
        unknown_parameters: whether the request has parameters that the endpoint does not know.
    """

    query: Query
    formats: tuple[str, ...] = ()
    unknown_parameters: bool = False


@dataclass(frozen=True)
class Choices:
    """The formats for the answer to a query whose form is not known yet.

    Attributes:
        results: the format for SELECT and ASK, HTML included; None if the client accepts none.
        graphs: the format for CONSTRUCT and DESCRIBE, HTML included; None if the client accepts none.
        page: whether the client accepts HTML at all, which is a form of every answer.
    """

    results: Choice | None
    graphs: Choice | None
    page: bool

    @property
    def only_page(self) -> bool:
        """Whether the answer is a page, of whatever form the query is."""
        return all(choice is None or choice.format == HTML for choice in (self.results, self.graphs)) and self.page


def read_operation(
    method: str, query_string: bytes, content_type: str | None, body: bytes, client: str | None = None
) -> Operation:
    """Return the query operation of a request: GET, POST with a form, or POST with the query as the body.

    In addition to the parameters of the protocol there are `format` with its aliases, `timeout` (seconds) and `limit`
    (rows or triples); the last two can only lower the limits of the server.

    Raises:
        QueryMissing: the request has no query.
        RequestMalformed: the request has two queries, text that is not UTF-8, an invalid parameter, or a release that
            the address does not name.
        MediaTypeUnsupported: the body has another media type.
        UpdateRefused: the request is an update.
    """
    parameters: _Parameters = {}
    _read_parameters(query_string, _ADDRESS, parameters)
    text: str | None = None
    if method == "POST":
        media_type, charset = _media_type(content_type)
        if media_type == FORM:
            _read_parameters(body, _IN_FORM, parameters)
        elif media_type == QUERY:
            text = _decode(body, charset)
        elif media_type == UPDATE:
            raise UpdateRefused(_READ_ONLY)
        else:
            raise MediaTypeUnsupported(
                N_("The Content-Type of a POST to the endpoint is {form} (query=…) or {query} (the query itself)."),
                form=FORM,
                query=QUERY,
                accepted=(FORM, QUERY),
            )
    if _RELEASE in parameters:
        # The release has been chosen by the address before the body is read.
        raise RequestMalformed(
            N_("Name the release in the address, as in /sparql?release={release}, and not in the form."),
            release=parameters[_RELEASE][-1][:40],
        )
    if "update" in parameters:
        raise UpdateRefused(_READ_ONLY)
    queries = parameters.get("query", [])
    if text is not None:
        queries = [*queries, text]
    if not queries:
        raise QueryMissing(N_("Send one query: as the parameter query, or as the body of a POST."))
    if len(queries) > 1:
        raise RequestMalformed(N_("Send one query, not two: the parameter query may be given once."))
    rows = _number(parameters, "limit", int, 1)
    query = Query(
        queries[0].removeprefix("\ufeff"),  # files of some editors begin with it
        # Forms send an empty field for a graph that nobody has named.
        default_graphs=tuple(filter(None, parameters.get("default-graph-uri", ()))),
        named_graphs=tuple(filter(None, parameters.get("named-graph-uri", ()))),
        client=client,
        seconds=_number(parameters, "timeout", float, _LEAST_SECONDS),
        rows=rows and min(rows, _MOST_ROWS),
    )
    formats = tuple(value for name in FORMAT_PARAMETERS for value in parameters.get(name, ()))
    return Operation(query, formats, not parameters.keys() <= _PARAMETERS)


def choose_formats(operation: Operation, accept: str | None) -> Choices:
    """Return the formats for the answer to an operation: the first that a parameter names, else by the Accept header.

    A name decides for the forms of query that it has a format for: `?format=xml` is XML for SELECT and RDF/XML for
    CONSTRUCT, `?format=csv` leaves CONSTRUCT to the Accept header. An unknown name decides nothing.
    """
    results = _choose(operation.formats, accept, RESULT_FORMATS, SPREADSHEET)
    graphs = _choose(operation.formats, accept, GRAPH_FORMATS)
    page = any(choice is not None and choice.format == HTML for choice in (results, graphs))
    return Choices(results, graphs, page or choose_format(accept, (HTML,)) is not None)


def prefers_page(names: tuple[str, ...], accept: str | None) -> bool:
    """Return whether a client gets a page where there is no answer to a query: the form of the query, or a problem.

    Args:
        names: the values of `?format=` and its aliases.
        accept: the Accept header, or None.
    """
    named = first_by_key(names, _ANY)
    choice = choose_format(accept, _ANY)
    return named == HTML if named is not None else choice is not None and choice.format == HTML


def with_formats(query: Query, choices: Choices) -> Query:
    """Return the query with a format for each form of result that is not a page.

    Raises:
        NotAcceptable: the client accepts no format for any form, nor a page.
    """
    if choices.results is None and choices.graphs is None and not choices.page:
        raise NotAcceptable(
            N_(
                "SELECT and ASK answer as {results}; CONSTRUCT and DESCRIBE as {graphs}. Ask for one of them in "
                "Accept, or by ?format=."
            ),
            results=", ".join(f.label for f in RESULT_FORMATS),
            graphs=", ".join(f.label for f in GRAPH_FORMATS),
            members={"available": [f.media_type for f in (*RESULT_FORMATS, *GRAPH_FORMATS)]},
        )
    return replace(query, results=_data(choices.results), graphs=_data(choices.graphs))


def _data(choice: Choice | None) -> Choice | None:
    return None if choice is None or choice.format == HTML else choice


def _choose(
    names: tuple[str, ...], accept: str | None, formats: tuple[Format, ...], *only_named: Format
) -> Choice | None:
    """Return the choice among formats, HTML, and those that a name alone can choose."""
    offers = (*formats, HTML)
    named = first_by_key(names, (*offers, *only_named))
    return choose_format(accept, offers) if named is None else Choice(named, named.media_type)


_READ_ONLY = N_(
    "What is published here is read-only; updates are made in the sources and come with the next release."
)


def _number(parameters: _Parameters, name: str, kind: Callable[[str], N], least: N) -> N | None:
    """Return the value of a parameter that is a number of at least `least`, or None if it is missing."""
    values = parameters.get(name)
    if not values:
        return None
    try:
        number = kind(values[-1]) if _NUMBER.fullmatch(values[-1]) else kind("0")
    except ValueError:
        number = kind("0")
    if not least <= number < float("inf"):
        raise RequestMalformed(
            N_("The parameter {name} is a number of at least {least}, not “{given}”."),
            name=name,
            least=least,
            given=values[-1][:40],
        )
    return number


def _read_parameters(data: bytes, where: _Where, parameters: _Parameters) -> None:
    """Add the parameters of an address or a form to those that have been read."""
    try:
        read = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=1000,
        )
    except UnicodeDecodeError as error:
        raise RequestMalformed(where.undecodable) from error
    except ValueError as error:
        raise RequestMalformed(where.unreadable, cause=str(error)) from error
    for name, value in read:
        parameters.setdefault(name, []).append(value)


def _media_type(content_type: str | None) -> tuple[str | None, str]:
    if content_type is None:
        return None, "utf-8"
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_type(), str(message.get_param("charset", "utf-8")).lower()


def _decode(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8"):
        raise MediaTypeUnsupported(N_("The query is sent as UTF-8, not as “{charset}”."), charset=charset)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestMalformed(N_("The query is not UTF-8 (byte {byte})."), byte=error.start + 1) from error
