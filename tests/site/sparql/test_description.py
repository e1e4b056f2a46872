"""The description of the endpoint, without a server."""

import asyncio

import pyoxigraph as ox
from tests.http.requests import scope_of

from plangraf import settings
from plangraf.app import make_services
from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.store_location import StoreLocation
from plangraf.http.request import RecordingRequest
from plangraf.namespaces import BASE, expand
from plangraf.release.release import Release
from plangraf.site.sparql.description import describe_endpoint


def _endpoints(release: Release, request: RecordingRequest) -> set[object]:
    engine = EmbeddedEngine(StoreLocation(quads=str(release.quads)))
    services = make_services(engine, release.manifest, release.quads, (), (), settings.load())
    content, _ = asyncio.run(describe_endpoint(request, services))
    triples = ox.parse(content.body, format=ox.RdfFormat.TURTLE)
    return {triple.object for triple in triples if triple.predicate.value == expand("sd:endpoint")}


def test_the_description_has_the_canonical_address_and_the_one_that_was_asked(release: Release) -> None:
    request = RecordingRequest(scope_of("/sparql?format=turtle", ("Host", "example.org")))
    assert _endpoints(release, request) == {ox.NamedNode(f"{BASE}/sparql"), ox.NamedNode("http://example.org/sparql")}


def test_without_a_host_it_has_the_canonical_address_alone(release: Release) -> None:
    request = RecordingRequest({**scope_of("/sparql"), "server": None})
    assert _endpoints(release, request) == {ox.NamedNode(f"{BASE}/sparql")}
