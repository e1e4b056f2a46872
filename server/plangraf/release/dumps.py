"""Dumps of a release: its named graphs as files to download, written once and then read-only.

They are in a directory next to the file of quads:

dumps-6d1f0a4b9c33/
├── index.json           the list of dumps, with sizes and SHA-256 hashes
└── …                    a file for each dump, with its name, in which slashes are escaped

A dump contains named graphs, never their merge. The whole release and each dataset are available as N-Quads (gzip),
TriG and JSON-LD, each single graph as Turtle. The same release gives the same bytes.

As a program (`python -m plangraf.release.dumps`), the module reads a `DumpJob` as JSON from standard input and writes
the dumps. It ends early at end of file, which means that the process that started it has ended.
"""

import gzip
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from plangraf.errors import InputError
from plangraf.formats import JSON_LD, N_QUADS, TRIG, TURTLE, Format
from plangraf.namespaces import PREFIXES, fragment
from plangraf.release.job_process import perform_job

INDEX = "index.json"
WHOLE = "all"

_LAYOUT = 1
"""The version of the layout; increment it when the same release gives other bytes."""
_HELD = 32 * 1024 * 1024
"""Bytes of quads that are buffered before they are written to the files of their graphs."""
_COMPRESSED = "application/gzip"


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


def graph_dump(graph: str) -> str:
    """Return the name of the dump of a named graph."""
    return f"{fragment(graph)}.{TURTLE.extension}"


def dataset_dumps(name: str | None) -> tuple[tuple[str, Format, bool], ...]:
    """Return name, format and compression of each dump of a dataset, or of the whole release if `name` is None."""
    stem = WHOLE if name is None else f"dataset/{quote(name)}"
    return (
        (f"{stem}.{N_QUADS.extension}.gz", N_QUADS, True),
        (f"{stem}.{TRIG.extension}", TRIG, False),
        (f"{stem}.{JSON_LD.extension}", JSON_LD, False),
    )


def file_name(dump: str) -> str:
    """Return the name of the file of a dump."""
    return quote(dump, safe="")


def read_dumps(folder: Path) -> Dumps | None:
    """Return the dumps in `folder`, or None if they have not been written."""
    try:
        return Dumps.model_validate_json((folder / INDEX).read_bytes())
    except FileNotFoundError:
        return None


def make_dumps(quads: Path, selection: DumpSelection, parent: Path) -> Path:
    """Write the dumps of a release to a directory in `parent`, unless it exists, and return the directory.

    The directory is written under a temporary name and renamed, so it never exists incomplete. Memory use is a few
    tens of megabytes for releases of any size.

    Args:
        quads: the N-Quads file of the release, in canonical form.
        selection: the graphs and datasets to write.
        parent: the folder for the directory.

    Raises:
        InputError: the directory cannot be written.
    """
    target = parent / selection.folder
    if target.is_dir():
        return target
    try:
        draft = Path(tempfile.mkdtemp(prefix=".dumps-", dir=parent))
        try:
            (draft / INDEX).write_bytes(_fill(draft, quads, selection).model_dump_json(indent=2).encode())
            draft.chmod(0o755)
            draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        # Another server may have written them in the meantime.
        if not target.is_dir():
            raise InputError(f"the dumps cannot be written: {error.strerror}", parent) from error
    return target


def _fill(folder: Path, quads: Path, selection: DumpSelection) -> Dumps:
    with tempfile.TemporaryDirectory(prefix=".graphs-", dir=folder) as name:
        parts = _split(quads, selection.graphs, Path(name))
        made = []
        for dataset, graphs in ((None, selection.graphs), *sorted(selection.datasets.items())):
            for dump, dump_format, compressed in dataset_dumps(dataset):
                files = [parts[graph] for graph in graphs]
                _write(folder / file_name(dump), files, dump_format, compressed)
                made.append((dump, _COMPRESSED if compressed else dump_format.media_type))
        for graph, part in parts.items():
            dump = graph_dump(graph)
            _write(folder / file_name(dump), [part], TURTLE, compressed=False)
            made.append((dump, TURTLE.media_type))
    return Dumps(files=tuple(_measure(folder, dump, media_type) for dump, media_type in sorted(made)))


def _split(quads: Path, graphs: Iterable[str], folder: Path) -> dict[str, Path]:
    """Write the quads of each graph to a separate file, in the order of the release."""
    parts = {graph: folder / str(number) for number, graph in enumerate(graphs)}
    held: dict[bytes, list[bytes]] = {f"<{graph}>".encode(): [] for graph in parts}
    for part in parts.values():
        part.touch()
    size = 0
    with quads.open("rb") as lines:
        for line in lines:
            graph = _graph(line)
            if graph in held:
                held[graph].append(line)
                size += len(line)
            if size > _HELD:
                _flush(held, parts)
                size = 0
    _flush(held, parts)
    return parts


def _graph(line: bytes) -> bytes | None:
    """Return the graph of a line of canonical N-Quads, with its angle brackets, or None for the default graph.

    After the last quotation mark of the object, or after subject and predicate, a line with a graph has two spaces,
    and one without a graph has one, because IRIs, blank nodes, language tags and datatypes contain no spaces.
    """
    behind = line.split(b" ", 2)[2]
    words = behind[behind.rfind(b'"') + 1 :].split(b" ")
    return words[-2] if len(words) == 3 else None


def _flush(held: dict[bytes, list[bytes]], parts: dict[str, Path]) -> None:
    for graph, lines in held.items():
        if lines:
            with parts[graph[1:-1].decode()].open("ab") as file:
                file.writelines(lines)
            lines.clear()


def _write(target: Path, parts: list[Path], dump_format: Format, compressed: bool) -> None:
    if compressed:
        with target.open("wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            for part in parts:
                with part.open("rb") as lines:
                    shutil.copyfileobj(lines, packed)
    else:
        ox.serialize(
            _statements(parts, dump_format),
            str(target),
            format=ox.RdfFormat.from_media_type(dump_format.media_type),
            prefixes=dict(PREFIXES),
        )
    target.chmod(0o444)


def _statements(parts: list[Path], dump_format: Format) -> Iterator[ox.Quad] | Iterator[ox.Triple]:
    quads = chain.from_iterable(ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS) for part in parts)
    return (quad.triple for quad in quads) if dump_format == TURTLE else quads


def _measure(folder: Path, dump: str, media_type: str) -> Dump:
    path = folder / file_name(dump)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Dump(name=dump, media_type=media_type, size=path.stat().st_size, sha256=digest)


class DumpJob(BaseModel):
    """The input of the program.

    Attributes:
        quads: the file of quads of the release.
        selection: the graphs and datasets to write.
        parent: the folder for the directory of dumps.
    """

    quads: Path
    selection: DumpSelection
    parent: Path


if __name__ == "__main__":
    sys.exit(perform_job(DumpJob, lambda job: make_dumps(job.quads, job.selection, job.parent)))
