"""Batches of queries, read from JSON (Reconciliation Service API 0.2, section 4.1)."""

from typing import Any

import orjson

from plangraf.errors import BodyTooLarge, RequestMalformed
from plangraf.languages import N_
from plangraf.matching.query import MOST_CANDIDATES, USUAL_CANDIDATES, Constraints, MatchQuery
from plangraf.site.reconcile.limits import BATCH
from plangraf.site.reconcile.properties import find_property
from plangraf.site.reconcile.types import kinds_of_types

_SHOWN = 60
"""The number of characters of something wrong that a message repeats."""
_MEMBERS = dict.fromkeys(("query", "type", "limit", "properties", "type_strict"))
_MOST_VALUES = 20
"""The number of values of a condition that are read."""


def read_object(text: str, name: str, example: str) -> dict[str, Any]:
    """Return the JSON object that a parameter holds.

    Raises:
        RequestMalformed: it holds something else.
    """
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestMalformed(
            N_("The parameter {name} is not JSON: {cause}. It must be an object such as {example}"),
            name=name,
            cause=str(error)[:200],
            example=example,
        ) from error
    if not isinstance(found, dict):
        raise RequestMalformed(
            N_("The parameter {name} is JSON, but no object. It must be an object such as {example}"),
            name=name,
            example=example,
        )
    return found


def read_batch(text: str) -> dict[str, MatchQuery]:
    """Return the queries of a batch by their keys; unknown types and properties are left out.

    Raises:
        RequestMalformed: the batch is not as the specification says; the message names the place.
        BodyTooLarge: the batch has too many queries.
    """
    batch = read_object(text, "queries", '{"q0": {"query": "SDG 11"}}')
    if len(batch) > BATCH:
        raise BodyTooLarge(
            N_("A batch may have {limit} queries at most, and this one has {count}. Send it in parts."),
            limit=BATCH,
            count=len(batch),
            members={"limit": BATCH},
        )
    return {key: _read_query(query, _shown(key)) for key, query in batch.items()}


def _read_query(query: object, place: str) -> MatchQuery:
    if not isinstance(query, dict):
        raise RequestMalformed(
            N_("{place} is no query. It must be an object such as {example}"),
            place=place,
            example='{"query": "SDG 11"}',
        )
    unknown = sorted(query.keys() - _MEMBERS)
    if unknown:
        raise RequestMalformed(
            N_("{place} has the member {member}, which no query has. Its members are {known}."),
            place=place,
            member=_shown(unknown[0]),
            known=", ".join(_MEMBERS),
        )
    text, properties = query.get("query"), query.get("properties")
    if text is None and not properties:
        raise RequestMalformed(
            N_("{place} has neither query nor properties. Give one of them, such as {example}"),
            place=place,
            example='"query": "SDG 11"',
        )
    if text is not None and (isinstance(text, bool) or not isinstance(text, str | int | float)):
        raise RequestMalformed(N_("{place} must be a text."), place=f"{place}.query")
    return MatchQuery(
        "" if text is None else str(text),
        Constraints(kinds=kinds_of_types(_read_types(query.get("type"), f"{place}.type"))),
        _read_limit(query.get("limit"), f"{place}.limit"),
        _read_conditions(properties, f"{place}.properties"),
    )


def _read_types(types: object, place: str) -> list[str]:
    found = []
    for identifier in types if isinstance(types, list) else [types]:
        named = identifier.get("id") if isinstance(identifier, dict) else identifier
        if isinstance(named, str):
            found.append(named)
        elif identifier is not None:
            raise RequestMalformed(N_("{place} must be the identifier of a type, or a list of them."), place=place)
    return found


def _read_limit(limit: object, place: str) -> int:
    if limit is None:
        return USUAL_CANDIDATES
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise RequestMalformed(N_("{place} must be a number from 1."), place=place)
    return int(min(limit, MOST_CANDIDATES))


def _read_conditions(properties: object, place: str) -> dict[str, tuple[str, ...]]:
    """Return the values of the known properties by condition."""
    if properties is None:
        return {}
    if not isinstance(properties, list):
        raise RequestMalformed(
            N_("{place} must be a list such as {example}"),
            place=place,
            example='[{"pid": "dct:publisher", "v": "Asker"}]',
        )
    conditions: dict[str, tuple[str, ...]] = {}
    for number, given in enumerate(properties):
        if not isinstance(given, dict) or not isinstance(given.get("pid"), str):
            raise RequestMalformed(
                N_("{place} must be an object such as {example}"),
                place=f"{place}[{number}]",
                example='{"pid": "dct:publisher", "v": "Asker"}',
            )
        found = find_property(given["pid"])
        if found is None or found.condition is None:
            continue
        values = _read_values(given.get("v"), f"{place}[{number}].v")
        if found.condition == "kinds":
            values = [*kinds_of_types(values)]
        if values:
            conditions[found.condition] = (*conditions.get(found.condition, ()), *values)[:_MOST_VALUES]
    return conditions


def _read_values(value: object, place: str) -> list[str]:
    values = []
    for single in (value if isinstance(value, list) else [value])[:_MOST_VALUES]:
        named = single.get("id") if isinstance(single, dict) else single
        if isinstance(named, str | int | float):
            values.append(str(named))
        elif single is not None:
            raise RequestMalformed(
                N_("{place} must be a text, a number or an entity such as {example}, or a list of them."),
                place=place,
                example='{"id": "http://metadata.un.org/sdg/11"}',
            )
    return values


def _shown(key: str) -> str:
    return key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
