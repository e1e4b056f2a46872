"""Dumps of a release: its named graphs as files to take away, made once and only read after that.

Beside the file of quads, in a directory of their own:

dumps-6d1f0a4b9c33/
├── index.json           what there is, with sizes and SHA-256 hashes
└── …                    a file for each dump, under its name with the slashes escaped

A dump holds named graphs, never their merge. All graphs together, and each dataset, come as N-Quads (gzip), TriG and
JSON-LD; each graph alone as Turtle. The same release gives the same bytes.

As a program (`python -m plangraf.release.dumps`) this reads a `DumpJob` in JSON from its standard input and makes the
dumps. It ends early when that input ends: the process that started it has gone.
"""

import gzip
import hashlib
import os
import shutil
import sys
import tempfile
import threading
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

INDEX = "index.json"
WHOLE = "all"

_LAYOUT = 1
"""Counts up whenever other bytes are written for the same release."""
_HELD = 32 * 1024 * 1024
"""Bytes of quads that are held before they go to the files of their graphs."""
_COMPRESSED = "application/gzip"


class DumpSelection(BaseModel):
    """The graphs and datasets that dumps are written of.

    Attributes:
        graphs: the IRIs of all named graphs, sorted.
        datasets: the graphs of each dataset, by the dataset's name.
    """

    model_config = ConfigDict(frozen=True)

    graphs: tuple[str, ...]
    datasets: dict[str, tuple[str, ...]] = {}

    @property
    def folder(self) -> str:
        """The name of the directory that holds just these dumps."""
        digest = hashlib.sha256(f"{_LAYOUT}{self.model_dump_json()}".encode()).hexdigest()
        return f"dumps-{digest[:12]}"


class Dump(BaseModel):
    """A dump that has been made.

    Attributes:
        name: the path below the address of the dumps.
        media_type: of the file's bytes as they are.
        size: in bytes.
        sha256: of the file, in hexadecimal.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    media_type: str
    size: int
    sha256: str


class Dumps(BaseModel):
    """All dumps of a release, sorted by their names."""

    model_config = ConfigDict(frozen=True)

    files: tuple[Dump, ...]

    @cached_property
    def by_name(self) -> dict[str, Dump]:
        """The dumps by their names."""
        return {dump.name: dump for dump in self.files}


def graph_dump(graph: str) -> str:
    """Return the name of the dump of one graph."""
    return f"{fragment(graph)}.{TURTLE.extension}"


def dataset_dumps(name: str | None) -> tuple[tuple[str, Format, bool], ...]:
    """Return the dumps of the dataset `name`, or of the whole release: name, format, and whether it is compressed."""
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
    """Return the dumps in `folder`, or None when they have not been made."""
    try:
        return Dumps.model_validate_json((folder / INDEX).read_bytes())
    except FileNotFoundError:
        return None


def make_dumps(quads: Path, selection: DumpSelection, parent: Path) -> Path:
    """Make the dumps of a release in a directory below `parent`, and return it; one that is there is kept.

    It is made beside its place and renamed, so that it is there whole or not at all. No more than a few tens of
    megabytes are held in memory, however large the release is.

    Args:
        quads: the release's N-Quads file, in canonical form.
        selection: which dumps.
        parent: where the directory goes.

    Raises:
        InputError: they cannot be written.
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
        # Another server may have made them meanwhile.
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
    """Write the quads of each graph to a file of its own, in the order that they have in the release."""
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
    """Return the graph of a line of canonical N-Quads, in its brackets; None for the default graph.

    Behind the object's last quotation mark, or else behind subject and predicate, there are two spaces when the line
    names a graph and one when it does not: no IRI, blank node, language or datatype has a space in it.
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
    """The dumps that the program writes, and the place for them.

    Attributes:
        quads: the release's file of quads.
        selection: the graphs and datasets.
        parent: the folder that gets the directory of the dumps.
    """

    quads: Path
    selection: DumpSelection
    parent: Path


def _main() -> int:
    job = DumpJob.model_validate_json(sys.stdin.buffer.readline())

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):  # not the buffered reader, whose lock would outlive this program
            pass
        os._exit(1)

    os.nice(10)  # visitors go first
    threading.Thread(target=watch, daemon=True).start()
    try:
        make_dumps(job.quads, job.selection, job.parent)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(_main())
