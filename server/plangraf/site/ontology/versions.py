"""The earlier versions of the ontology, which stay at their addresses."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from plangraf import shipped


@cache
def earlier_version(version: str) -> list[ox.Triple] | None:
    """Return the triples of an earlier version of the ontology, or None if there was none of that number."""
    file = _files(".ttl").get(version)
    return None if file is None else [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]


def earlier_context(version: str) -> bytes | None:
    """Return the JSON-LD context of an earlier version, or None if there was none of that number."""
    file = _files(".jsonld").get(version)
    return None if file is None else file.read_bytes()


def _files(suffix: str) -> dict[str, Path]:
    """Return the shipped files by version: what a client asks for is looked up in it, and is never a path."""
    return {file.stem: file for file in shipped.EARLIER_VERSIONS.iterdir() if file.suffix == suffix}
