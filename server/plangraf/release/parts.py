"""The parts that a release is made of: a publisher's files, a scheme, the vocabulary.

A part is read, completed and validated by itself, with what it points to, and is built anew only when it or what it
points to has changed.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from plangraf.errors import InputError
from plangraf.namespaces import GRAPH, SDG, SDG_SCHEME, expand
from plangraf.sources.dataset import Dataset, ListedFile

_CLAIMS = ox.NamedNode(expand("owl:annotatedSource"))
_WIDTH = 8

BATCH = 20_000
"""Triples that are validated in one go: enough for what each validation costs by itself to matter little."""

Progress = Callable[[int, int], None]
"""Takes how many parts are done, and of how many."""


@dataclass(frozen=True)
class Part:
    """Files that are worked on together.

    Attributes:
        name: the first step of the path of their graphs.
        files: in the order of their paths.
    """

    name: str
    files: tuple[ListedFile, ...]

    @property
    def size(self) -> int:
        """How many bytes the files have that are there."""
        return sum(file.path.stat().st_size for file in self.files if file.path.exists())

    def read(self) -> Dataset:
        """Read the files.

        Raises:
            InputError: one of them cannot be used.
        """
        return Dataset(tuple(file.read() for file in self.files))

    def digest(self) -> str:
        """Return a hash of all that the files hold, with their names, which messages and relative IRIs depend on.

        Raises:
            InputError: one of them cannot be read.
        """
        digest = hashlib.sha256()
        for file in self.files:
            try:
                content = file.path.read_bytes()
            except OSError as error:
                raise InputError(f"cannot be read: {error.strerror}", file.path) from error
            digest.update(f"{file.graph}\n{file.path.resolve()}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def divide(files: Iterable[ListedFile]) -> tuple[Part, ...]:
    """Divide files into parts, in the order of the parts' names; a file that is listed twice counts once."""
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
"""IRIs by short hashes: enough to tell which part describes what another points to."""


class PartIndex(BaseModel):
    """The IRIs that a part describes and points to.

    Attributes:
        triples: how many it states.
        subjects: what it describes.
        objects: what it points to and does not describe.
        claimed: what it makes claims of and does not describe.
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
        # Statements about an SDG are validated beside all SDGs, since its IRI may be wrong.
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


def _name(iri: str) -> int:
    return int.from_bytes(hashlib.blake2b(iri.encode(), digest_size=_WIDTH).digest(), "big")


def needs(indexes: Mapping[str, PartIndex]) -> dict[str, tuple[str, ...]]:
    """Return for each part the parts that it must be seen with, sorted.

    Those are the parts that describe what it points to, that describe what it describes, or that make claims of
    that; and what these describe lies above in the same parts.
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
    """Group parts in their order into batches of `most` in size, or of one part that is larger by itself."""
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
