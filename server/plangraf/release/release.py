"""Releases: immutable directories with quads and a manifest, named by a hash of the quads.

DIR/
├── 3f9a51c0d2e4/        a release
│   ├── manifest.json
│   ├── parts.json      position and input digests of each part, for the next build
│   └── quads.nq
└── current -> 3f9a51c0d2e4
"""

import hashlib
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from plangraf.errors import InputError
from plangraf.rdf.iri_hashes import IRIHashes
from plangraf.release.files import ReleaseFile

QUADS = "quads.nq"
PARTS = "parts.json"
MANIFEST = "manifest.json"
PRUNING = ".pruning"
"""A file that a release has from the beginning of its pruning to the end."""
CURRENT = "current"
RELEASE_NAME = "r?[0-9a-f]{12}"
"""A regular expression for the names of releases."""


class Counts(BaseModel):
    """The counts of a release, or of a part of one.

    Attributes:
        triples: the number of triples in the default graph, which is the merge of all named graphs.
        graphs: the number of triples in each named graph, by IRI.
        classes: the number of instances of each class in the default graph, by IRI.
        properties: the number of triples with each property in the default graph, by IRI.
        links: the number of triples that link to the SDGs, by IRI of the named graph and then of the property.
    """

    model_config = ConfigDict(frozen=True)

    triples: int
    graphs: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int] = {}
    links: dict[str, dict[str, int]] = {}


def release_identifier(digest: str) -> str:
    """Return the identifier of a release: the letter r and the first digits of its hash.

    Without the letter, programs that guess types read some identifiers as numbers: 96691e450598 as infinity.

    Args:
        digest: the SHA-256 hash of the file of quads, in hexadecimal.
    """
    return f"r{digest[:12]}"


class Manifest(BaseModel):
    """The manifest of a release.

    Attributes:
        release: the identifier, see `release_identifier`; releases of older versions have it without the letter.
        sha256: the SHA-256 hash of the file of quads, in hexadecimal.
        size: the size of the file of quads, in bytes.
        software: the version of Plangraf that built the release.
        built: the date of the first build of these quads, in UTC; None if an older version built it without a date.
        counts: the counts of the release.
        plans: the IRIs of its plans, sorted.
        validation: the number of results by severity, in lower case; `violation` is 0 in every release.
        uri_spaces: the URI spaces that publishers declare, by publisher.
        taken: the hashes of the IRIs below `ID` that are described for these publishers.
        publishers: the IRIs of the publishers, each with the IRI that the page about it describes; a release of an
            older version has none.
        files: the files that were made from the quads when the release was built, by name; a release of an older
            version has none.
    """

    model_config = ConfigDict(frozen=True)

    release: str = Field(pattern=f"^{RELEASE_NAME}$")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int
    software: str
    built: AwareDatetime | None = None
    counts: Counts
    plans: tuple[str, ...] = ()
    validation: dict[str, int]
    uri_spaces: dict[str, str] = {}
    taken: IRIHashes = frozenset()
    publishers: dict[str, str] = {}
    files: dict[str, ReleaseFile] = {}
    draft: bool = False


class Release:
    """A release on disk, whose hash `open` verifies."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    @property
    def quads(self) -> Path:
        """The path of the N-Quads file, with the named graphs, and their merge as the default graph."""
        return self.path / QUADS

    @staticmethod
    def locate(path: Path) -> tuple[Path, Manifest]:
        """Return the folder and the manifest of the release that `open` would open, without verifying its quads.

        Raises:
            InputError: there is no release at `path`, or its manifest is unreadable.
        """
        folder = path / CURRENT if (path / CURRENT).is_dir() else path
        folder = folder.resolve()
        try:
            return folder, read_manifest(folder)
        except FileNotFoundError as error:
            raise InputError("is not a release; make one with: plangraf build --out DIR", path) from error
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", folder / MANIFEST) from error

    @classmethod
    def open(cls, path: Path) -> "Release":
        """Return the release at `path`, or the current one if `path` is a directory of releases.

        Raises:
            InputError: there is no release at `path`, it has been pruned, or its file of quads does not match the
                hash in the manifest.
        """
        folder, manifest = cls.locate(path)
        try:
            with (folder / QUADS).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            if is_pruned(folder):
                raise pruned(folder) from error
            raise InputError("is missing; build the release again", folder / QUADS) from error
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", folder / QUADS) from error
        if digest != manifest.sha256:
            raise InputError("is damaged (its hash is not the manifest's); build the release again", folder / QUADS)
        return cls(folder, manifest)


def is_pruned(folder: Path) -> bool:
    """Return whether the release in `folder` has been pruned: its manifest is left, its data are gone."""
    if (folder / QUADS).exists() or not (folder / MANIFEST).is_file():
        return False
    return (folder / PRUNING).exists() or not (folder / PARTS).exists()


def pruned(folder: Path) -> InputError:
    """Return the error about a release in `folder` that has been pruned."""
    return InputError(
        "has been pruned: its manifest and its place in the history are left, its data are gone", folder
    )


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the release in `folder`, without verifying its quads.

    Raises:
        FileNotFoundError: there is no manifest.
        InputError: the manifest is invalid for this version.
    """
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        raise InputError("is not a manifest that this version reads", folder / MANIFEST) from error
