"""A release: an immutable directory with the quads and a manifest, named by the hash of its content.

DIR/
├── 3f9a51c0d2e4/        a release
│   ├── manifest.json
│   ├── parts.json      where each part of the quads begins and what it was built from, for the next build
│   └── quads.nq
└── current -> 3f9a51c0d2e4
"""

import hashlib
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from plangraf.errors import InputError

QUADS = "quads.nq"
MANIFEST = "manifest.json"
CURRENT = "current"


class Counts(BaseModel):
    """How much there is in a release.

    Attributes:
        triples: in the default graph, the merge of all named graphs.
        graphs: triples in each named graph, by IRI.
        classes: instances of each class in the default graph, by IRI.
        properties: triples with each property in the default graph, by IRI.
        links: triples in each named graph that link to the SDGs, by IRI of the graph and then of the property.
    """

    model_config = ConfigDict(frozen=True)

    triples: int
    graphs: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int] = {}
    links: dict[str, dict[str, int]] = {}


class Manifest(BaseModel):
    """The description of a release, beside its quads.

    Attributes:
        release: its identifier, the beginning of the hash.
        sha256: of the file of quads, in hexadecimal.
        size: of the file of quads, in bytes.
        software: the version of Plangraf that built it.
        built: when these bytes were first built, in UTC; None when an older version built it and did not say.
        counts: how much there is in it.
        plans: the IRIs of the plans in it, sorted.
        validation: the number of results by severity, in lower case; `violation` is 0 in every release.
    """

    model_config = ConfigDict(frozen=True)

    release: str = Field(pattern="^[0-9a-f]{12}$")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int
    software: str
    built: AwareDatetime | None = None
    counts: Counts
    plans: tuple[str, ...] = ()
    validation: dict[str, int]


class Release:
    """A release on disk, checked against its hash when it is opened."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    @property
    def quads(self) -> Path:
        """The N-Quads file: the named graphs, and their merge as the default graph."""
        return self.path / QUADS

    @classmethod
    def open(cls, path: Path) -> "Release":
        """Open the release at `path`, or the current one of a directory of releases.

        Raises:
            InputError: there is no release there, or its file of quads is not the one that the manifest names.
        """
        folder = path / CURRENT if (path / CURRENT).is_dir() else path
        folder = folder.resolve()
        try:
            manifest = read_manifest(folder)
        except FileNotFoundError as error:
            raise InputError("is not a release; make one with: plangraf build --out DIR", path) from error
        try:
            with (folder / QUADS).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise InputError("is missing; build the release again", folder / QUADS) from error
        if digest != manifest.sha256:
            raise InputError("is damaged (its hash is not the manifest's); build the release again", folder / QUADS)
        return cls(folder, manifest)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the release in `folder`, whose quads are not looked at.

    Raises:
        FileNotFoundError: there is none.
        InputError: it is not a manifest that this version reads.
    """
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        raise InputError("is not a manifest that this version reads", folder / MANIFEST) from error
