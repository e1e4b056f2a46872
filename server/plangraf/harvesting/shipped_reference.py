"""Reference data that come with Plangraf, and that a release lacks to which plans are added that refer to them."""

from collections.abc import Collection, Iterable
from functools import cache

import pyoxigraph as ox

from plangraf import shipped
from plangraf.harvesting.harvested_file import publisher_of
from plangraf.reserved_segments import reserved_segments
from plangraf.sources.dataset import ListedFile, list_files
from plangraf.sources.reference import list_reference


def missing_reference(quads: Iterable[ox.Quad], present: Collection[str]) -> tuple[ListedFile, ...]:
    """Return the shipped files with things that statements refer to and that a release does not have.

    Every release has the SDGs. Counties, themes and the like are in a release only if somebody has published them.

    Args:
        quads: the statements.
        present: the names of the parts of the release.
    """
    missing = {name: files for name, files in _shipped().items() if name not in present}
    if not missing:
        return ()
    referred = {quad.object for quad in quads}
    return tuple(
        file for name, files in missing.items() if not _described(name).isdisjoint(referred) for file in files
    )


@cache
def _shipped() -> dict[str, tuple[ListedFile, ...]]:
    """Return the shipped files that belong to no publisher, by the name of their part."""
    always = {publisher_of(file.graph) for file in list_reference()}
    found: dict[str, list[ListedFile]] = {}
    for file in list_files([shipped.DATA]):
        name = publisher_of(file.graph)
        if name in reserved_segments() and name not in always:
            found.setdefault(name, []).append(file)
    return {name: tuple(files) for name, files in found.items()}


@cache
def _described(name: str) -> frozenset[object]:
    """Return what the shipped files of a part describe, and their graphs."""
    files = [file.read() for file in _shipped()[name]]
    quads = [quad for file in files for quad in file.quads]
    return frozenset({quad.subject for quad in quads} | {quad.graph_name for quad in quads})
