"""Dumps of a release: its named graphs as files to download, written once and then read-only.

They are in a directory next to the file of quads:

dumps-6d1f0a4b9c33/
├── index.json           the list of dumps, with sizes and SHA-256 hashes
└── …                    a file for each dump, with its name, in which slashes are escaped

The whole release and each dataset are available as N-Quads, N-Quads compressed with gzip, TriG and JSON-LD, which
hold their named graphs; the whole release also as N-Triples, which hold the merge of all graphs; each dataset also as
Turtle, which holds the merge of its graphs and what is derived about their subjects; each single graph as Turtle. The
same release gives the same bytes. Beside each file lies the same compressed with gzip, for the transfer.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict

from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from plangraf.namespaces import fragment

INDEX = "index.json"
WHOLE = "all"

_LAYOUT = 2
"""The version of the layout; increment it when the same release gives other bytes."""
_COMPRESSED = "application/gzip"
GZIP = ".gz"


class DumpSelection(BaseModel):
    """The graphs and datasets of which dumps are written.

    Attributes:
        graphs: the IRIs of all named graphs, sorted.
        datasets: the graphs of each dataset, by name of the dataset.
    """

    model_config = ConfigDict(frozen=True)

    graphs: tuple[str, ...]
    datasets: dict[str, tuple[str, ...]] = {}

    @property
    def folder(self) -> str:
        """The name of the directory for dumps of this selection."""
        digest = hashlib.sha256(f"{_LAYOUT}{self.model_dump_json()}".encode()).hexdigest()
        return f"dumps-{digest[:12]}"


class Dump(BaseModel):
    """A dump that has been written.

    Attributes:
        name: the path below `/dumps/`.
        media_type: the media type of the file, which for compressed files is that of the compression.
        size: the size in bytes.
        sha256: the SHA-256 hash of the file, in hexadecimal.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    media_type: str
    size: int
    sha256: str


class Dumps(BaseModel):
    """All dumps of a release, sorted by name."""

    model_config = ConfigDict(frozen=True)

    files: tuple[Dump, ...]

    @cached_property
    def by_name(self) -> dict[str, Dump]:
        """The dumps by their names."""
        return {dump.name: dump for dump in self.files}


@dataclass(frozen=True)
class DumpFile:
    """A dump that a release or a dataset has.

    Attributes:
        name: the path below `/dumps/`.
        format: the format of the statements.
        compressed: whether the file is compressed with gzip.
        merged: whether it holds the merge of the graphs, with derived statements, instead of the graphs.
    """

    name: str
    format: Format
    compressed: bool = False
    merged: bool = False

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return _COMPRESSED if self.compressed else self.format.media_type


def graph_dump(graph: str) -> str:
    """Return the name of the dump of a named graph."""
    return f"{fragment(graph)}.{TURTLE.extension}"


def dataset_dumps(name: str | None) -> tuple[DumpFile, ...]:
    """Return the dumps of a dataset, or of the whole release if `name` is None."""
    stem = WHOLE if name is None else f"dataset/{quote(name)}"
    merge = N_TRIPLES if name is None else TURTLE
    return (
        DumpFile(f"{stem}.{N_QUADS.extension}", N_QUADS),
        DumpFile(f"{stem}.{N_QUADS.extension}{GZIP}", N_QUADS, compressed=True),
        DumpFile(f"{stem}.{TRIG.extension}", TRIG),
        DumpFile(f"{stem}.{JSON_LD.extension}", JSON_LD),
        DumpFile(f"{stem}.{merge.extension}", merge, merged=True),
    )


def dataset_of_dump(dump: str) -> str | None:
    """Return the name of the dataset that a dump of this name would be of; None if it would be of none."""
    start = "dataset/"
    endings = [file.name.removeprefix(start) for file in dataset_dumps("")]
    found = next((ending for ending in endings if dump.startswith(start) and dump.endswith(ending)), None)
    return None if found is None else unquote(dump.removeprefix(start).removesuffix(found))


def file_name(dump: str) -> str:
    """Return the name of the file of a dump; the same compressed has the ending `GZIP` in addition."""
    return quote(dump, safe="")


def read_dumps(folder: Path) -> Dumps | None:
    """Return the dumps in `folder`, or None if they have not been written."""
    try:
        return Dumps.model_validate_json((folder / INDEX).read_bytes())
    except FileNotFoundError:
        return None
