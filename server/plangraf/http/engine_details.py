"""The messages about errors of the engine, from the facts that they carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plangraf.engine import errors as engine
from plangraf.engine.errors import EngineError, SyntaxFault
from plangraf.errors import Value
from plangraf.formats import GRAPH_FORMATS, RESULT_FORMATS, by_key
from plangraf.languages import N_, Msgid
from plangraf.namespaces import PREFIXES
from plangraf.rdf.expressible import not_expressible


@dataclass(frozen=True)
class ErrorDetails:
    """The part of a problem that depends on the error, not only on its class."""

    template: Msgid
    values: Mapping[str, Value] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


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
    "rule": N_("Line {line}, column {column}: before this place, the query breaks a rule of SPARQL: {cause}."),
    "scope": N_(
        "Line {line}, column {column}: before this place, a variable is bound twice, or a blank node stands in two "
        "patterns."
    ),
}
_SOON = {"Retry-After": "2"}
_VERY_SOON = {"Retry-After": "1"}


def engine_details(error: EngineError) -> ErrorDetails:
    """Return the message, members and headers for an engine error, from the facts that it carries."""
    match error:
        case engine.QuerySyntax(line=int(line), column=int(column)) if error.fault in _SYNTAX:
            values: dict[str, Value] = {"line": line, "column": column, "found": error.found}
            if error.fault == "rule":
                values["cause"] = error.found
            if error.fault == "prefix":
                values["declaration"] = f"PREFIX {error.found}: <{PREFIXES.get(error.found, '…')}>"
            return ErrorDetails(_SYNTAX[error.fault], values, {"line": line, "column": column})
        case engine.QuerySyntax(message=cause):
            return ErrorDetails(N_("The query does not parse: {cause}."), {"cause": cause})
        case engine.QueryRefused(cause=cause):
            return ErrorDetails(N_("The engine cannot evaluate the query: {cause}."), {"cause": cause})
        case engine.InvalidIri(cause=cause):
            return ErrorDetails(N_("A graph is named by an absolute IRI: {cause}."), {"cause": cause})
        case engine.InvalidTimeLimit():
            return ErrorDetails(N_("The time limit of a query is a number of seconds above 0."))
        case engine.ServiceRefused(line=int(line), column=int(column), name=name) if name:
            return ErrorDetails(
                N_(
                    "Line {line}, column {column}: “{name}” before a group can be read as SERVICE, which this server "
                    "refuses. If it is a name, write a full stop before the group, or give the prefix another name."
                ),
                {"line": line, "column": column, "name": name[:40]},
                {"line": line, "column": column},
            )
        case engine.ServiceRefused(line=int(line), column=int(column)):
            place: dict[str, Value] = {"line": line, "column": column}
            return ErrorDetails(
                N_(
                    "Line {line}, column {column}: this server asks no other server on your behalf. Ask the other "
                    "endpoint yourself, or ask both from an endpoint of your own."
                ),
                place,
                place,
            )
        case engine.ServiceRefused():
            return ErrorDetails(N_("The query asks another server; this one asks no other on your behalf."))
        case engine.FormNotAcceptable(graph=graph):
            available = [offer.media_type for offer in (GRAPH_FORMATS if graph else RESULT_FORMATS)]
            return ErrorDetails(
                N_("An answer of this kind comes as {available}. Ask for one of them in Accept, or by ?format=."),
                {"available": ", ".join(available)},
                {"available": available},
            )
        case engine.AnswerInexpressible(graph=True, format=key, obstacle=obstacle, detail=detail, place=statement):
            written = by_key(key, GRAPH_FORMATS)
            assert written is not None  # noqa: S101  # the answer was written in it
            refused = not_expressible(obstacle, detail, statement, written)
            return ErrorDetails(refused.template, refused.values, refused.members)
        case engine.AnswerInexpressible(format=key, detail=detail, place=variable):
            available = [offer.media_type for offer in RESULT_FORMATS if offer.key != key]
            return ErrorDetails(
                N_(
                    "XML cannot hold the character {detail}, which is in a value of ?{variable}. The answer can be "
                    "had as {available}."
                ),
                {"detail": detail, "variable": variable, "available": ", ".join(available)},
                {"available": available},
            )
        case engine.QueryTimeout(seconds=seconds):
            return ErrorDetails(
                N_(
                    "The query was ended after {seconds} seconds. Narrow it: name a plan or a class, drop paths over"
                    " everything, or ask for less with LIMIT."
                ),
                {"seconds": seconds},
                {"limit": "time", "seconds": seconds},
            )
        case engine.QueryMemory(bytes=size):
            return ErrorDetails(
                N_(
                    "The query was ended at {bytes} bytes of memory. Narrow it: fewer joins without a common "
                    "variable, and no DISTINCT, ORDER BY or GROUP_CONCAT over everything."
                ),
                {"bytes": size},
                {"limit": "memory", "bytes": size},
            )
        case engine.QueryCrashed():
            return ErrorDetails(
                N_(
                    "The query ended the process that evaluated it; it may be nested too deeply. Ask in smaller"
                    " parts."
                ),
                members={"limit": "crash"},
            )
        case engine.AnswerTooLarge():
            return ErrorDetails(
                N_("The answer has more bytes than an answer may have. Ask for less, with LIMIT or a narrower query.")
            )
        case engine.TooManyQueries(running=running, waiting=waiting):
            return ErrorDetails(
                N_("You have {running} queries running and {waiting} waiting; ask again when some are done."),
                {"running": running, "waiting": waiting},
                headers=_SOON,
            )
        case engine.Overloaded():
            return ErrorDetails(N_("Too many queries wait; ask again in a moment."), headers=_SOON)
        case engine.QueryPreempted():
            return ErrorDetails(
                N_(
                    "The query ran long while others waited, and was ended to let them through. Narrow it, or ask "
                    "again in a moment."
                ),
                headers=_SOON,
            )
        case engine.EngineUnavailable():
            return ErrorDetails(N_("The engine is starting again; ask again in a moment."), headers=_VERY_SOON)
    raise TypeError(f"there is no message for {error!r}")
