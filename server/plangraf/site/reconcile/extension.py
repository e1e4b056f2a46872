"""Data extension: values of properties of entities (Reconciliation Service API 0.2, section 7)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pyoxigraph as ox

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.errors import BodyTooLarge, RequestMalformed
from plangraf.http.services import Services
from plangraf.languages import N_, InterfaceLanguage, preferred
from plangraf.linkeddata.addresses import Addresses
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import expand
from plangraf.search.things import Thing
from plangraf.site.reconcile.batch import read_object
from plangraf.site.reconcile.client import ClientLanguage
from plangraf.site.reconcile.labels import Labels, read_labels_of
from plangraf.site.reconcile.limits import ENTITIES, PROPERTIES, VALUES
from plangraf.site.reconcile.properties import ReconcileProperty, find_property
from plangraf.site.reconcile.types import type_object
from plangraf.view.shorten import cut

_QUERY = load_query(__package__, "extension")
_EXAMPLE = '{"ids": ["http://metadata.un.org/sdg/11"], "properties": [{"id": "skos:definition"}]}'
_LONGEST = 5_000
"""The maximum length of a value, in characters."""
_OWN = {
    expand("skos:prefLabel"): tuple(map(expand, ("skos:prefLabel", "rdfs:label"))),
    expand("skos:definition"): tuple(map(expand, ("skos:definition", "dct:description"))),
}
"""The properties of which the values of several count as one."""


@dataclass(frozen=True)
class ExtensionQuery:
    """A request for values.

    Attributes:
        ids: the identifiers of entities.
        properties: the identifiers of properties, each with the property, or None if it is unknown.
    """

    ids: tuple[str, ...]
    properties: tuple[tuple[str, ReconcileProperty | None], ...]


def read_extension(text: str) -> ExtensionQuery:
    """Return the request that the parameter `extend` holds.

    Raises:
        RequestMalformed: it is not as the specification says.
        BodyTooLarge: it asks for too many entities or properties.
    """
    asked = read_object(text, "extend", _EXAMPLE)
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(identifier, str) for identifier in ids):
        raise RequestMalformed(N_("{place} must be a list of identifiers of entities."), place="extend.ids")
    if not isinstance(properties, list) or not all(map(_is_property, properties)):
        raise RequestMalformed(
            N_("{place} must be a list such as {example}"),
            place="extend.properties",
            example='[{"id": "skos:definition"}]',
        )
    for found, limit in ((ids, ENTITIES), (properties, PROPERTIES)):
        if len(found) > limit:
            raise BodyTooLarge(
                N_("At most {entities} entities and {properties} properties can be asked for at once; ask in parts."),
                entities=ENTITIES,
                properties=PROPERTIES,
                members={"limit": limit},
            )
    return ExtensionQuery(
        tuple(dict.fromkeys(ids)),
        tuple((given["id"], find_property(given["id"])) for given in properties),
    )


def _is_property(given: object) -> bool:
    return isinstance(given, dict) and isinstance(given.get("id"), str)


async def answer_extension(text: str, base: str, client: ClientLanguage, services: Services) -> bytes:
    """Return the values of the properties of the entities, and of each property its name and type, in JSON.

    Unknown entities and properties have no values.

    Args:
        text: the request, as the parameter `extend` holds it.
        base: the address of the server.
        client: the language of the client.
        services: the services of the release.

    Raises:
        RequestMalformed: the request is not as the specification says.
        BodyTooLarge: it asks for too many entities or properties.
        IndexUnavailable: the index of the release has not been made yet.
        EngineError: the engine cannot read the values.
    """
    asked = read_extension(text)
    things = await services.matching.ask(
        lambda matcher: {identifier: matcher.identified(identifier) for identifier in asked.ids}
    )
    statements = await _read(sorted({thing.iri for thing in things.values() if thing is not None}), services)
    entities = {value for _, p in asked.properties if p is not None for value in statements.values_of(p.id)}
    values = _Values(statements, await read_labels_of(entities, services), client.language, services.addresses, base)

    def write() -> bytes:
        answer = {
            "meta": [_meta(identifier, found, client.language) for identifier, found in asked.properties],
            "rows": {
                identifier: {name: values.of(thing, found) for name, found in asked.properties}
                for identifier, thing in things.items()
            },
        }
        return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)

    return await asyncio.to_thread(write)


async def _read(iris: Sequence[str], services: Services) -> Statements:
    if not iris:
        return Statements()
    text = _QUERY.replace("UNDEF", " ".join(str(ox.NamedNode(iri)) for iri in iris))
    return await select_statements(services.engine, Query(text))


def _meta(identifier: str, found: ReconcileProperty | None, language: InterfaceLanguage) -> dict[str, object]:
    if found is None:
        return {"id": identifier, "name": cut(identifier, 100)}
    typed = {"type": type_object(found.kind, language)} if found.kind else {}
    return {"id": identifier, "name": found.object(language)["name"], **typed}


class _Values:
    """The values of properties as JSON."""

    def __init__(
        self, statements: Statements, labels: Labels, language: InterfaceLanguage, addresses: Addresses, base: str
    ) -> None:
        self._statements = statements
        self._labels = labels
        self._language = language
        self._addresses = addresses
        self._base = base

    def of(self, thing: Thing | None, found: ReconcileProperty | None) -> list[dict[str, Any]]:
        """Return the values of a property of a thing; none if either is unknown."""
        if thing is None or found is None or not found.extended:
            return []
        if found.name == "rdf:type":
            return [{"str": type_object(thing.profile.kind, self._language)["name"]}]
        if found.name == "foaf:page":
            return [{"str": self._base + self._addresses.described_path(thing.iri)}]
        entities = self._statements.iris(thing.iri, found.id)
        if entities:
            return [self._entity(iri) for iri in entities[:VALUES]]
        names = _OWN.get(found.id, (found.id,))
        texts = [literal for name in names for literal in self._statements.literals(thing.iri, name)]
        best = preferred(texts, self._language)
        same = sorted({text.value for text in texts if best is not None and text.language == best.language})
        return [{"str": cut(value, _LONGEST)} for value in same[:VALUES]]

    def _entity(self, iri: str) -> dict[str, str]:
        stands = next(iter(self._addresses.publisher_iris(iri)), iri)
        return {"id": stands, "name": self._labels.name(iri, self._language)}
