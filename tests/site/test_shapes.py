"""The shapes and their versions, asked of a running server."""

import httpx
import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.namespaces import SHAPES, expand

EARLIER = sorted(file.stem for file in shipped.EARLIER_SHAPES.iterdir())
VERSION = ox.NamedNode(expand("owl:versionIRI"))


def versions(answer: httpx.Response) -> set[str]:
    """Return the versions that the shapes in an answer state."""
    assert answer.status_code == 200
    triples = [quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)]
    assert len(triples) > 1000
    return {str(triple.object) for triple in triples if triple.predicate == VERSION}


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_version_of_the_shapes_stays_at_its_address(server: str, version: str) -> None:
    assert versions(httpx.get(f"{server}/shapes/{version}.nt")) == {f"<{SHAPES}/{version}>"}
    page = httpx.get(f"{server}/shapes/{version}", headers={"Accept": "text/html"})
    assert page.status_code == 200


def test_the_current_version_of_the_shapes_has_an_address_too(server: str) -> None:
    [current] = versions(httpx.get(f"{server}/shapes.nt"))
    path = current.strip("<>").removeprefix(SHAPES.removesuffix("/shapes"))
    assert versions(httpx.get(f"{server}{path}.nt")) == {current}
    assert path.rpartition("/")[2] not in EARLIER


@pytest.mark.parametrize("version", ["9.9.9", "..%2Fplan", "0.1.0.ttl.ttl"])
def test_what_is_no_version_of_the_shapes_answers_404(server: str, version: str) -> None:
    assert httpx.get(f"{server}/shapes/{version}").status_code == 404
