"""The tools that compute: SPARQL queries, and the validation of data."""

from time import perf_counter

import orjson

from plangraf.engine.errors import AnswerTooLarge, EngineError
from plangraf.engine.interface import Answer, AnswerBroken, AnswerForm, Query
from plangraf.formats import JSON, JSON_REPORT, TURTLE
from plangraf.http.problems import problem_of
from plangraf.negotiation import Choice
from plangraf.site.assistants.answers import FoundFault, QueryAnswer, ResultTerm, ValidateAnswer
from plangraf.site.assistants.arguments import QueryArguments, ValidateArguments
from plangraf.site.assistants.asking import Asking
from plangraf.validation.task import ValidationTask

_MOST_BYTES = 1024 * 1024
"""The maximum size of the answer to a query; an assistant reads every byte."""
_RESULTS = 50


async def query(asking: Asking, given: QueryArguments) -> QueryAnswer:
    """Return the answer to a SPARQL query, under the limits of the endpoint.

    Raises:
        EngineError: the query cannot be answered, or the answer is too large for an assistant.
    """
    services, begun = asking.services, perf_counter()
    asked = Query(
        given.query,
        results=Choice(JSON, JSON.media_type),
        graphs=Choice(TURTLE, TURTLE.media_type),
        rows=given.rows,
        client=asking.client,
    )
    try:
        answer = await services.engine.evaluate(asked)
        data = await _read(answer)
    except EngineError as error:
        services.metrics.count(problem_of(error).slug, perf_counter() - begun, digest=asked.digest)
        raise
    services.metrics.count("ok", perf_counter() - begun, digest=asked.digest, form=answer.form.value, size=len(data))
    sourcing = await asking.sourcing()
    if answer.form == AnswerForm.GRAPH:
        return QueryAnswer(**sourcing, form="graph", columns=[], rows=[], turtle=data.decode(), truncated=answer.cut)
    document = orjson.loads(data)
    if answer.form == AnswerForm.BOOLEAN:
        return QueryAnswer(
            **sourcing, form="boolean", columns=[], rows=[], boolean=document["boolean"], truncated=False
        )
    rows = [
        {name: _term(term) for name, term in binding.items() if term["type"] in ("uri", "literal", "bnode")}
        for binding in document["results"]["bindings"]
    ]
    return QueryAnswer(
        **sourcing, form="solutions", columns=document["head"]["vars"], rows=rows, truncated=answer.cut
    )


async def _read(answer: Answer) -> bytes:
    """Return the bytes of an answer, and close it, as soon as it has more than an assistant gets.

    Raises:
        EngineError: the answer broke off, or is too large.
    """
    data = bytearray(answer.data or b"")
    if answer.data is None:
        try:
            async for piece in answer.body:
                data += piece
                if len(data) > _MOST_BYTES:
                    break
        except AnswerBroken as broken:
            raise broken.error from broken
        finally:
            await answer.body.close()
    if len(data) > _MOST_BYTES:
        raise AnswerTooLarge(_MOST_BYTES)
    return bytes(data)


def _term(term: dict[str, str]) -> ResultTerm:
    kind = term["type"]
    return ResultTerm(
        type="uri" if kind == "uri" else "literal" if kind == "literal" else "bnode",
        value=term["value"],
        language=term.get("xml:lang"),
        datatype=term.get("datatype"),
    )


async def validate(asking: Asking, given: ValidateArguments) -> ValidateAnswer:
    """Return the report on data, which are not stored.

    Raises:
        RequestError: the data cannot be read, or their validation exceeds a limit.
    """
    task = ValidationTask(given.format, JSON_REPORT.key, given.language)
    async with asking.services.background.validation_place(asking.client) as place:
        report = orjson.loads(await place.check(given.data.encode("utf-8", "replace"), task))
    results, counts = report["results"], report["counts"]
    return ValidateAnswer(
        **await asking.sourcing(),
        conforms=report["conforms"],
        violations=counts["violation"],
        warnings=counts["warning"],
        infos=counts["info"],
        statements=report["statements"],
        results=[_fault(result, given.language) for result in results[:_RESULTS]],
        more=max(0, len(results) - _RESULTS) + report["leftOut"],
    )


def _fault(result: dict[str, object], language: str) -> FoundFault:
    messages = result["messages"]
    assert isinstance(messages, dict)  # noqa: S101  # of our own report
    line = result.get("line")
    return FoundFault(
        severity=str(result["severity"]),
        thing=_text(result["focusNode"]),
        property=_text(result["path"]),
        message=messages.get("en" if language == "en" else "nb") or next(iter(messages.values()), ""),
        shape=str(result["sourceShape"]),
        line=line if isinstance(line, int) else None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
