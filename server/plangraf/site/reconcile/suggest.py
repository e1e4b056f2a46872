"""Suggestions of entities, types and properties while somebody types, and what a flyout shows of each."""

from collections.abc import Mapping, Sequence
from html import escape

from plangraf.errors import RequestMalformed, ResourceNotFound
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import INTERFACE_LANGUAGES, N_, InterfaceLanguage
from plangraf.matching.query import MOST_CANDIDATES, Constraints, MatchQuery
from plangraf.search.criteria import LONGEST
from plangraf.search.things import Thing
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.labels import read_labels
from plangraf.site.reconcile.limits import SKIPPED, SUGGESTIONS
from plangraf.site.reconcile.properties import PROPERTIES, find_property, properties_of
from plangraf.site.reconcile.types import kind_of_type, kinds_of_types, type_object, type_objects

_LIKELY = 60.0
"""The score from which a thing is suggested that does not begin with the text."""


async def suggest_entities(request: RecordingRequest, services: Services) -> list[dict[str, object]]:
    """Return the entities whose name or number begins with the parameter `prefix`, or that match it.

    Raises:
        RequestMalformed: the parameter `cursor` is no number.
        IndexUnavailable: the index of the release has not been made yet.
    """
    text, skipped = _prefix(request), _number(request, "cursor", SKIPPED, least=0)
    if not text:
        return []
    kinds = kinds_of_types(request.parameters("type"))
    most = skipped + _number(request, "limit", SUGGESTIONS, least=1)
    [matched] = await services.matching.match(
        [MatchQuery(text, Constraints(kinds=kinds), min(most, MOST_CANDIDATES))]
    )
    begun = await services.search.suggest(text, 4 * most if kinds else 2 * most)
    same = dict(services.manifest.publishers)
    found: dict[str, Thing] = {c.thing.iri: c.thing for c in matched if c.exact}
    for thing in begun:
        if (not kinds or thing.profile.kind in kinds) and same.get(thing.iri, thing.iri) == thing.iri:
            found.setdefault(thing.iri, thing)
    for candidate in matched:
        if candidate.score >= _LIKELY or not begun:
            found.setdefault(candidate.thing.iri, candidate.thing)
    shown = [*found.values()][skipped:most]
    client, labels = ClientLanguage.of(request), await read_labels(shown, services)
    return [
        {
            "id": thing.iri,
            "name": labels.name(thing.iri, client.language),
            "description": labels.description(thing, client.language),
            "notable": [type_object(thing.profile.kind, client.language)],
        }
        for thing in shown
    ]


def suggest_types(request: RecordingRequest) -> list[dict[str, str]]:
    """Return the types whose identifier or whose name in any language has the parameter `prefix`."""
    return _page(request, {language: type_objects(language) for language in INTERFACE_LANGUAGES})


def suggest_properties(request: RecordingRequest) -> list[dict[str, str]]:
    """Return the properties whose identifier or whose name in any language has the parameter `prefix`."""
    offered = {language: [found.object(language) for found in PROPERTIES] for language in INTERFACE_LANGUAGES}
    return _page(request, offered)


def _page(
    request: RecordingRequest, offered: Mapping[InterfaceLanguage, Sequence[dict[str, str]]]
) -> list[dict[str, str]]:
    """Return those that have the text of the request in one of their names; first those that begin with it."""
    text, skipped = _prefix(request).casefold(), _number(request, "cursor", SKIPPED, least=0)
    found = []
    for own, *others in zip(offered[ClientLanguage.of(request).language], *offered.values(), strict=True):
        names = [value.casefold() for shown in others for value in shown.values()]
        if any(text in name for name in names):
            found.append((not any(name.startswith(text) for name in names), own))
    found.sort(key=lambda pair: pair[0])
    return [own for _, own in found][skipped : skipped + SUGGESTIONS]


def _prefix(request: RecordingRequest) -> str:
    return " ".join((request.parameter("prefix") or "").split())[:LONGEST]


def _number(request: RecordingRequest, name: str, most: int, *, least: int) -> int:
    """Return the value of a parameter, which is at most `most`; without it, the least or the most.

    Raises:
        RequestMalformed: it is no number.
    """
    text = request.parameter(name)
    if text is None:
        return 0 if least == 0 else most
    if not (text.isascii() and text.isdecimal()) or (len(text) < 10 and int(text) < least):
        raise RequestMalformed(N_("The parameter {name} must be a number from {least}."), name=name, least=least)
    return most if len(text) > 9 else min(int(text), most)


def propose_properties(request: RecordingRequest) -> dict[str, object]:
    """Return the properties that things of the type have which the parameter `type` names.

    Raises:
        RequestMalformed: the parameter `limit` is no number.
    """
    named, language = request.parameter("type"), ClientLanguage.of(request).language
    limit = _number(request, "limit", len(PROPERTIES), least=1)
    kind = kind_of_type(named) if named else None
    proposed = [found.object(language) for found in properties_of(kind)][:limit]
    answer: dict[str, object] = {"properties": proposed, **({"type": named} if named else {})}
    return answer if request.parameter("limit") is None else {**answer, "limit": limit}


async def flyout(kind: str, request: RecordingRequest, services: Services) -> dict[str, str]:
    """Return the identifier and a short text in HTML about an entity, a type or a property.

    Raises:
        ResourceNotFound: there is nothing with the identifier.
        IndexUnavailable: the index of the release has not been made yet.
    """
    identifier, client = request.parameter("id") or "", ClientLanguage.of(request)
    name = description = ""
    if kind == "entity":
        thing = await find_entity(identifier, services)
        labels = await read_labels([thing], services)
        name, description = labels.name(thing.iri, client.language), labels.description(thing, client.language)
    elif kind == "type" and (known := kind_of_type(identifier)) is not None:
        found = type_object(known, client.language)
        name, description = found["name"], found["id"]
    elif kind == "property" and (offered := find_property(identifier)) is not None:
        shown = offered.object(client.language)
        name, description = shown["name"], shown["id"]
    else:
        raise unknown(identifier)
    return {"id": identifier, "html": f"<p><strong>{escape(name)}</strong></p><p>{escape(description)}</p>"}


async def find_entity(identifier: str, services: Services) -> Thing:
    """Return the thing with an identifier.

    Raises:
        ResourceNotFound: there is none.
        IndexUnavailable: the index of the release has not been made yet.
    """
    thing = await services.matching.ask(lambda matcher: matcher.identified(identifier))
    if thing is None:
        raise unknown(identifier)
    return thing


def unknown(identifier: str) -> ResourceNotFound:
    """Return the error for an identifier that nothing has."""
    return ResourceNotFound(
        N_("Nothing has the identifier {identifier}. The parameter id is that of an answer of {path}."),
        identifier=identifier[:100],
        path="/reconcile",
    )
