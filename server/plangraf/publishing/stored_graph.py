"""A graph as a release of the state folder has it."""

import re

import pyoxigraph as ox
from pydantic import ValidationError

from plangraf.errors import InputError
from plangraf.rdf.canonical import canonical_triples
from plangraf.rdf.graph_version import graph_version
from plangraf.release.carried import carry_over
from plangraf.release.records import PartRecords
from plangraf.release.release import PARTS, QUADS, RELEASE_NAME
from plangraf.release.state import StateFolder
from plangraf.release.withdraw import DEPRECATED

_RELEASE_TAG = re.compile(rf"({RELEASE_NAME})-")
_VERSION_TAG = re.compile(r"(g[0-9a-f]+)-")


class StoredGraph:
    """A graph of the current release.

    Args:
        state: the state folder, whose lock the caller holds.
        iri: the IRI of the graph.

    Attributes:
        triples: its statements; none if there is no such graph.

    Raises:
        InputError: the release cannot be read.
    """

    def __init__(self, state: StateFolder, iri: str) -> None:
        self._state = state
        self._iri = iri
        self._current = state.current
        self.triples = self._read(self._current) if self._current is not None else frozenset()

    @property
    def withdrawn(self) -> bool:
        """Whether all that is left of the graph is that it was withdrawn."""
        return any(
            triple.predicate == DEPRECATED and triple.subject == ox.NamedNode(self._iri) for triple in self.triples
        )

    @property
    def exists(self) -> bool:
        """Whether the graph is published."""
        return bool(self.triples) and not self.withdrawn

    def has_tag(self, tag: str) -> bool:
        """Return whether an entity tag is that of a form of the graph with the statements that it has now.

        Args:
            tag: the entity tag, without quotes; it begins with a release, or with the version of the graph.
        """
        if version := _VERSION_TAG.match(tag):
            return graph_version(self.triples) == version[1]
        release = _RELEASE_TAG.match(tag)
        if release is None or not (self._state.path / release[1] / PARTS).is_file():
            return False
        if release[1] == self._current:
            return True
        try:
            then = self._read(release[1])
        except InputError:
            return False  # of a damaged release, nobody can tell
        return then == self.triples or canonical_triples(then) == canonical_triples(self.triples)

    def _read(self, release: str) -> frozenset[ox.Triple]:
        folder = self._state.path / release
        try:
            records = PartRecords.model_validate_json((folder / PARTS).read_bytes()).parts
        except (OSError, ValidationError) as error:
            raise InputError("is damaged or of another version", folder / PARTS) from error
        holding = [record for record in records if self._iri in record.counts.graphs]
        files = carry_over(folder / QUADS, holding, (), lambda graph: graph != self._iri).files
        return frozenset(quad.triple for file in files for quad in file.read().quads)
