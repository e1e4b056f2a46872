"""The parts of a release: the files of one publisher, one scheme, or the ontology.

A part is read, completed and validated separately, together with the parts that it refers to, and is rebuilt only if
it or one of those has changed.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from plangraf.namespaces import GRAPH, SDG, SDG_SCHEME, expand
from plangraf.sources.dataset import Dataset, ListedFile

_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))
_WIDTH = 8

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


def _packed(names: frozenset[int]) -> str:
    return b64encode(b"".join(name.to_bytes(_WIDTH, "big") for name in sorted(names))).decode()


def _unpacked(value: object) -> frozenset[int]:
    if isinstance(value, frozenset):
        return value
    data = b64decode(str(value), validate=True)
    return frozenset(int.from_bytes(data[start : start + _WIDTH], "big") for start in range(0, len(data), _WIDTH))


Names = Annotated[frozenset[int], PlainValidator(_unpacked), PlainSerializer(_packed)]
"""IRIs as short hashes, which suffice to find the parts that describe the resources another part refers to."""


class PartIndex(BaseModel):
    """The IRIs that a part describes and refers to.

    Attributes:
        triples: the number of triples in the part.
        subjects: the IRIs that it describes.
        objects: the IRIs that it refers to and does not describe.
        claimed: the sources of its claims that it does not describe.
    """

    model_config = ConfigDict(frozen=True)

    triples: int
    subjects: Names
    objects: Names
    claimed: Names

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
        return cls(
            triples=len(quads),
            subjects=frozenset(map(_name, subjects)),
            objects=frozenset(map(_name, (objects | claimed) - subjects)),
            claimed=frozenset(map(_name, claimed - subjects)),
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
        return _name(iri) in self.subjects

    def refers_into(self, other: "PartIndex") -> bool:
        """Return whether the part refers to a resource that `other` describes, and does not describe it itself."""
        return not self.objects.isdisjoint(other.subjects)

    def refers_to(self, iris: Iterable[str]) -> bool:
        """Return whether the part refers to one of `iris`, which it does not describe."""
        return any(_name(iri) in self.objects for iri in iris)


def _name(iri: str) -> int:
    return int.from_bytes(hashlib.blake2b(iri.encode(), digest_size=_WIDTH).digest(), "big")


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
