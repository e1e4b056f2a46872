"""The parts of a release: the files of one publisher, one scheme, or the ontology.

A part is read, completed and validated separately, together with the parts that it refers to, and is rebuilt only if
it or one of those has changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from plangraf.namespaces import BASE, GRAPH, ID, SDG, SDG_SCHEME, expand
from plangraf.rdf.iri_hashes import IRIHashes, iri_hash
from plangraf.release.publishers import publishers_among
from plangraf.sources.dataset import Dataset, ListedFile
from plangraf.uri_spaces import overlap, spaces_above
from plangraf.validation.spaces import SpaceClaims, spaces_declared_in

_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))

BATCH = 20_000
"""The number of triples that are validated together: large enough that the fixed cost of a validation is small."""

Progress = Callable[[int, int], None]
"""A callback with the number of finished parts and the total."""


@dataclass(frozen=True)
class Part:
    """The files of a part.

    Attributes:
        name: the first segment of the path of its graphs.
        files: the files, in the order of their paths.
        recorded: the hash that the previous release records of the files, if they are all that it carries over.
    """

    name: str
    files: tuple[ListedFile, ...]
    recorded: str | None = None

    @property
    def size(self) -> int:
        """The total size of the existing files, in bytes."""
        return sum(file.size for file in self.files)

    def read(self) -> Dataset:
        """Return the dataset of the files.

        Raises:
            InputError: a file cannot be read or parsed.
        """
        return Dataset(tuple(file.read() for file in self.files))

    def digest(self) -> str:
        """Return a hash of the content and the names of the files; messages and relative IRIs depend on the names.

        Raises:
            InputError: a file cannot be read.
        """
        if self.recorded is not None:
            return self.recorded
        digest = hashlib.sha256()
        for file in self.files:
            content = file.content()
            digest.update(f"{file.graph}\n{file.path.resolve()}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def divide(files: Iterable[ListedFile]) -> tuple[Part, ...]:
    """Divide files into parts, sorted by name; a file that is listed twice counts once."""
    found: dict[str, dict[ListedFile, None]] = {}
    for file in files:
        name = file.graph.removeprefix(GRAPH).partition("/")[0] if file.graph.startswith(GRAPH) else file.graph
        found.setdefault(name, {})[file] = None
    return tuple(Part(name, tuple(found[name])) for name in sorted(found))


class PartIndex(BaseModel):
    """The IRIs that a part describes and refers to.

    Attributes:
        triples: the number of triples in the part.
        subjects: the IRIs that it describes.
        objects: the IRIs that it refers to and does not describe.
        claimed: the sources of its claims that it does not describe.
        uri_spaces: the URI spaces that it declares, by publisher.
        above: the prefixes of the IRIs of others that it describes or refers to, each of which may be a URI space.
        elsewhere: the IRIs below `ID` that it describes and that one would not look for in it, by publisher: those of
            publishers who have no graph in it, or who declare a URI space in it.
        publishers: its publishers, see `publishers_among`.
    """

    model_config = ConfigDict(frozen=True)

    triples: int
    subjects: IRIHashes
    objects: IRIHashes
    claimed: IRIHashes
    uri_spaces: dict[str, str] = {}
    above: IRIHashes = frozenset()
    elsewhere: dict[str, IRIHashes] = {}
    publishers: dict[str, str] = {}

    @classmethod
    def of(cls, quads: Sequence[ox.Quad]) -> "PartIndex":
        """Return the index of the statements of a part."""
        subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        # Statements about an SDG are validated with all SDGs, because their IRI may be wrong.
        objects: set[str] = set()
        claimed: set[str] = set()
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode):
                (claimed if quad.predicate == _CLAIMS else objects).add(quad.object.value)
        if any(iri.startswith(SDG) for iri in objects):
            objects.add(SDG_SCHEME)
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        declared = spaces_declared_in(quads)
        usual = {graph.removeprefix(GRAPH).partition("/")[0] for graph in graphs} - declared.keys()
        elsewhere: dict[str, set[int]] = {}
        for iri in subjects:
            publisher, slash, _ = iri.removeprefix(ID).partition("/") if iri.startswith(ID) else ("", "", "")
            if slash and publisher not in usual:
                elsewhere.setdefault(publisher, set()).add(iri_hash(iri))
        others = (iri for iri in {*subjects, *objects, *claimed} if not iri.startswith((BASE, SDG)))
        above = {space for iri in others for space in spaces_above(iri)}
        return cls(
            triples=len(quads),
            subjects=frozenset(map(iri_hash, subjects)),
            objects=frozenset(map(iri_hash, (objects | claimed) - subjects)),
            claimed=frozenset(map(iri_hash, claimed - subjects)),
            uri_spaces=declared,
            above=frozenset(map(iri_hash, above)),
            elsewhere={publisher: frozenset(found) for publisher, found in sorted(elsewhere.items())},
            publishers=publishers_among(quads),
        )

    def is_apart_from(self, other: "PartIndex") -> bool:
        """Return whether both describe different resources, and neither makes claims about those of the other."""
        return (
            self.subjects.isdisjoint(other.subjects)
            and self.subjects.isdisjoint(other.claimed)
            and self.claimed.isdisjoint(other.subjects)
        )

    def describes(self, iri: str) -> bool:
        """Return whether the part describes the resource with this IRI."""
        return iri_hash(iri) in self.subjects

    def refers_into(self, other: "PartIndex") -> bool:
        """Return whether the part refers to a resource that `other` describes, and does not describe it itself."""
        return not self.objects.isdisjoint(other.subjects)

    def refers_to(self, iris: Iterable[str]) -> bool:
        """Return whether the part refers to one of `iris`, which it does not describe."""
        return any(iri_hash(iri) in self.objects for iri in iris)


def needs(indexes: Mapping[str, PartIndex]) -> dict[str, tuple[str, ...]]:
    """Return for each part the names of the parts that it must be completed and validated with, sorted.

    These are the parts that describe a resource that it refers to or describes, and those that make claims about one.
    Broader concepts and schemes of those resources are in the same parts.
    """
    described: dict[int, list[str]] = {}
    claimed: dict[int, list[str]] = {}
    for name, index in indexes.items():
        for node in index.subjects:
            described.setdefault(node, []).append(name)
        for node in index.claimed:
            claimed.setdefault(node, []).append(name)
    found: dict[str, tuple[str, ...]] = {}
    for name, index in indexes.items():
        others: set[str] = set()
        for node in index.objects:
            others.update(described.get(node, ()))
        for node in index.subjects:
            others.update(described[node], claimed.get(node, ()))
        found[name] = tuple(sorted(others - {name}))
    return found


def space_claims(indexes: Mapping[str, PartIndex]) -> dict[str, SpaceClaims]:
    """Return for each part the URI spaces of others that it overlaps or mentions, and what is taken of its own."""
    declared = [
        (space, publisher, name) for name, index in indexes.items() for publisher, space in index.uri_spaces.items()
    ]
    found = {}
    for name, index in indexes.items():
        own = index.uri_spaces
        others = sorted(
            (space, publisher)
            for space, publisher, part in declared
            if part != name
            and (iri_hash(space) in index.above or any(overlap(space, other) for other in own.values()))
        )
        found[name] = SpaceClaims(tuple(others), taken_iris(own, indexes.values()))
    return found


def taken_iris(publishers: Iterable[str], indexes: Iterable[PartIndex]) -> frozenset[int]:
    """Return the hashes of the IRIs below `ID` that any part describes for publishers who declare a URI space."""
    names = tuple(publishers)
    if not names:
        return frozenset()
    return frozenset().union(*(index.elsewhere.get(name, ()) for index in indexes for name in names))


def batches(parts: Sequence[Part], size: Callable[[Part], int], most: int) -> list[tuple[Part, ...]]:
    """Group parts, in their order, into batches with a total size of at most `most`, or of one larger part."""
    found: list[tuple[Part, ...]] = []
    batch: list[Part] = []
    held = 0
    for part in parts:
        if batch and held + size(part) > most:
            found.append(tuple(batch))
            batch, held = [], 0
        batch.append(part)
        held += size(part)
    return [*found, tuple(batch)] if batch else found
