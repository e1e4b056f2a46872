"""The writing of the dumps of a release.

As a program (`python -m plangraf.release.dump_writer`), the module reads a `DumpJob` as JSON from standard input and
writes the dumps. It ends early at end of file, which means that the process that started it has ended.
"""

import gzip
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
from pydantic import BaseModel

from plangraf.errors import InputError
from plangraf.formats import N_QUADS, N_TRIPLES, TURTLE, Format
from plangraf.namespaces import DERIVED_GRAPH, PREFIXES
from plangraf.release.dumps import GZIP, INDEX, Dump, Dumps, DumpSelection, dataset_dumps, file_name, graph_dump
from plangraf.release.job_process import perform_job

_HELD = 32 * 1024 * 1024
"""Bytes of quads that are buffered before they are written to the files of their graphs."""


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
        split = _split(quads, selection.graphs, Path(name))
        derived = _derived(split, selection, Path(name))
        made: dict[str, str] = {}
        for dataset, graphs in ((None, selection.graphs), *sorted(selection.datasets.items())):
            parts = [split.graphs[graph] for graph in graphs]
            for dump in dataset_dumps(dataset):
                target = folder / file_name(dump.name)
                if dump.merged:
                    _write_merge(
                        target, [split.merge] if dataset is None else [*parts, derived[dataset]], dump.format
                    )
                elif not dump.compressed:  # what is compressed lies beside the same uncompressed
                    _write(target, parts, dump.format)
                made[dump.name] = dump.media_type
        for graph, part in split.graphs.items():
            _write(folder / file_name(graph_dump(graph)), [part], TURTLE)
            made[graph_dump(graph)] = TURTLE.media_type
    return Dumps(files=tuple(_measure(folder, dump, media_type) for dump, media_type in sorted(made.items())))


@dataclass(frozen=True)
class _Split:
    """The files with the quads of each named graph, by its IRI, and with the triples of the merge."""

    graphs: dict[str, Path]
    merge: Path


def _split(quads: Path, graphs: Iterable[str], folder: Path) -> _Split:
    """Write the quads of each graph to a separate file, in the order of the release."""
    split = _Split({graph: folder / str(number) for number, graph in enumerate(graphs)}, folder / "merge")
    writer = _LineWriter({f"<{graph}>".encode(): path for graph, path in split.graphs.items()} | {b"": split.merge})
    with quads.open("rb") as lines:
        for line in lines:
            writer.write(_graph(line) or b"", line)
    writer.flush()
    return split


def _derived(split: _Split, selection: DumpSelection, folder: Path) -> dict[str, Path]:
    """Write what is derived about the subjects of each dataset to a separate file, and return the files by name."""
    files = {name: folder / f"derived-{number}" for number, name in enumerate(selection.datasets)}
    datasets: dict[bytes, list[bytes]] = {}
    for name, graphs in selection.datasets.items():
        for subject in {subject for graph in graphs for subject in _subjects(split.graphs[graph])}:
            datasets.setdefault(subject, []).append(name.encode())
    writer = _LineWriter({name.encode(): path for name, path in files.items()})
    if DERIVED_GRAPH in split.graphs:
        with split.graphs[DERIVED_GRAPH].open("rb") as lines:
            for line in lines:
                for dataset in datasets.get(line.split(b" ", 1)[0], ()):
                    writer.write(dataset, line)
    writer.flush()
    return files


def _subjects(part: Path) -> Iterator[bytes]:
    with part.open("rb") as lines:
        for line in lines:
            yield line.split(b" ", 1)[0]


class _LineWriter:
    """Writes lines to many files, without having more than one of them open.

    Args:
        files: the files by the key of their lines; they are created empty.
    """

    def __init__(self, files: dict[bytes, Path]) -> None:
        self._files = files
        self._held: dict[bytes, list[bytes]] = {key: [] for key in files}
        self._size = 0
        for file in files.values():
            file.touch()

    def write(self, key: bytes, line: bytes) -> None:
        """Write a line to the file of `key`; a line whose key has no file is left out."""
        held = self._held.get(key)
        if held is None:
            return
        held.append(line)
        self._size += len(line)
        if self._size > _HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is buffered."""
        for key, lines in self._held.items():
            if lines:
                with self._files[key].open("ab") as file:
                    file.writelines(lines)
                lines.clear()
        self._size = 0


def _graph(line: bytes) -> bytes | None:
    """Return the graph of a line of canonical N-Quads, with its angle brackets, or None for the default graph.

    After the last quotation mark of the object, or after subject and predicate, a line with a graph has two spaces,
    and one without a graph has one, because IRIs, blank nodes, language tags and datatypes contain no spaces.
    """
    behind = line.split(b" ", 2)[2]
    words = behind[behind.rfind(b'"') + 1 :].split(b" ")
    return words[-2] if len(words) == 3 else None


def _write(target: Path, parts: list[Path], dump_format: Format) -> None:
    """Write a dump of graphs, and the same compressed."""
    if dump_format == N_QUADS:
        with target.open("wb") as file:
            for part in parts:
                with part.open("rb") as lines:
                    shutil.copyfileobj(lines, file)
    else:
        quads = _quads(parts)
        # Turtle has no graphs: a file of it is one graph.
        _serialize((quad.triple for quad in quads) if dump_format == TURTLE else quads, target, dump_format)
    _compress(target)


def _write_merge(target: Path, parts: list[Path], dump_format: Format) -> None:
    """Write a dump of the merge of graphs, and the same compressed."""
    if dump_format == N_TRIPLES:
        [merge] = parts  # the release has it: it has the same lines, since it has no graphs
        shutil.copyfile(merge, target)
    else:
        _serialize(dict.fromkeys(quad.triple for quad in _quads(parts)), target, dump_format)
    _compress(target)


def _serialize(statements: Iterable[ox.Quad] | Iterable[ox.Triple], target: Path, dump_format: Format) -> None:
    ox.serialize(
        statements,
        str(target),
        format=ox.RdfFormat.from_media_type(dump_format.media_type),
        prefixes=dict(PREFIXES),
    )


def _compress(path: Path) -> None:
    compressed = path.with_name(path.name + GZIP)
    with (
        path.open("rb") as plain,
        compressed.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as packed,
    ):
        shutil.copyfileobj(plain, packed)
    for each in (path, compressed):
        each.chmod(0o444)


def _quads(parts: list[Path]) -> Iterator[ox.Quad]:
    return chain.from_iterable(ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS) for part in parts)


def _measure(folder: Path, dump: str, media_type: str) -> Dump:
    path = folder / file_name(dump)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Dump(name=dump, media_type=media_type, size=path.stat().st_size, sha256=digest)


if __name__ == "__main__":
    sys.exit(perform_job(DumpJob, lambda job: make_dumps(job.quads, job.selection, job.parent)))
