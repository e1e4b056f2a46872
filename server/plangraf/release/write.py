"""Writing of a release: under a temporary name, then renamed, then made the current release atomically."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, chain
from pathlib import Path

from plangraf import __version__
from plangraf.errors import InputError
from plangraf.release.count import add
from plangraf.release.file_stretch import FileStretch, joined
from plangraf.release.files import ReleaseFile, synchronize, synchronize_folder
from plangraf.release.history import Action
from plangraf.release.part_builder import BuiltPart
from plangraf.release.parts import PartIndex, taken_iris
from plangraf.release.publishers import merge_publishers
from plangraf.release.records import PartRecord, PartRecords, PreviousRelease
from plangraf.release.release import (
    MANIFEST,
    PARTS,
    QUADS,
    Manifest,
    Release,
    is_pruned,
    read_manifest,
    release_identifier,
)
from plangraf.release.state import DAMAGED, StateFolder, Switch, draft_folder
from plangraf.release.writer_lock import writer_lock
from plangraf.validation.result import Result, Severity

_PATIENCE = 600.0
"""The time in seconds that a build waits for another process that changes the state folder."""


@dataclass(frozen=True)
class ReleasePart:
    """A part to write into a release.

    Attributes:
        name: the name of the part.
        source: the source of its quads and counts: the built part, or its record in the previous release.
        files_digest: a hash of its files.
        index: the index of the part.
        input_digest: a hash of the data that it is built from.
    """

    name: str
    source: BuiltPart | PartRecord
    files_digest: str
    index: PartIndex
    input_digest: str

    @property
    def reused(self) -> bool:
        """Whether the part is copied from the previous release."""
        return isinstance(self.source, PartRecord)

    def stretch(self, previous: Path) -> FileStretch:
        """Return where the N-Quads of the part are; `previous` is the file of quads of the previous release."""
        if isinstance(self.source, PartRecord):
            return FileStretch(previous, self.source.offset, self.source.size)
        return FileStretch(self.source.quads, 0, self.source.quads.stat().st_size)

    def record(self, offset: int, size: int) -> PartRecord:
        """Return the record of the part, which has `size` bytes at `offset` in the file of quads."""
        source = self.source
        return PartRecord(
            name=self.name,
            files_digest=self.files_digest,
            index=self.index,
            input_digest=self.input_digest,
            offset=offset,
            size=size,
            counts=source.counts,
            plans=source.plans,
            validation=source.validation if isinstance(source, PartRecord) else _severities(source.results),
        )


@dataclass(frozen=True)
class ReleaseContent:
    """The content of a release that is being written.

    Attributes:
        parts: the parts, in the order in which they are written.
        previous: the previous release, from which reused parts are copied.
    """

    parts: Sequence[ReleasePart]
    previous: PreviousRelease

    @property
    def replaced(self) -> list[PartRecord]:
        """The parts of the previous release that are not reused."""
        reused = {part.name for part in self.parts if part.reused}
        return [record for name, record in self.previous.records.items() if name not in reused]

    @property
    def uri_spaces(self) -> dict[str, str]:
        """The URI spaces that publishers declare, by publisher."""
        return dict(sorted(item for part in self.parts for item in part.index.uri_spaces.items()))

    def lines(self, parts: Iterable[ReleasePart]) -> Iterator[bytes]:
        """Yield the N-Quads of some of the parts, line by line."""
        return chain.from_iterable(_lines(part.stretch(self.previous.quads).read()) for part in parts)

    def previous_lines(self, records: Iterable[PartRecord]) -> Iterator[bytes]:
        """Yield the N-Quads of some of the parts of the previous release, line by line."""
        quads = self.previous.quads
        return chain.from_iterable(_lines(FileStretch(quads, each.offset, each.size).read()) for each in records)


MakeFiles = Callable[[ReleaseContent, Path], Iterable[str]]
"""Writes files that are made from the content of a release to a folder, and returns their names."""


def no_files(_: ReleaseContent, __: Path) -> tuple[str, ...]:
    """Write no files, so that they are made when they are needed first."""
    return ()


def switch_after_build(out: Path, release: str) -> None:
    """Make a release that `plangraf build` has written the current one, after waiting for other writers.

    Raises:
        OSError: the folder cannot be written.
        InputError: the history cannot be read.
        StateLockedError: another process has been changing the folder for too long.
    """
    with writer_lock(out, "build", _PATIENCE):
        StateFolder(out).switch_to(release, Switch(Action.BUILD))


def write_release(
    content: ReleaseContent,
    build_digest: str,
    out: Path,
    built: datetime,
    make_files: MakeFiles = no_files,
    switch: Callable[[Path, str], None] = switch_after_build,
) -> Release:
    """Write a release into the state folder `out`, and make it the current one.

    An existing release keeps its date, and gets the new manifest and the new records of its parts, because another
    version of the code or of the shapes may have built them. One that was pruned gets its data again, and a damaged
    one is replaced.

    Args:
        content: the parts of the release.
        build_digest: the digest of the code, libraries and shapes.
        out: the state folder, which is created if necessary.
        built: the date of the release.
        make_files: writes the files that are made from the quads, while the quads are being written.
        switch: makes the release of this name the current one of the state folder.

    Raises:
        InputError: the release cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with draft_folder(out) as draft:
            manifest = _write_files(draft, content, build_digest, built, make_files)
            target = out / manifest.release
            existing = _existing(target)
            if existing is not None:
                manifest = manifest.model_copy(update={"built": existing.built})
                _write_file(draft / MANIFEST, manifest.model_dump_json(indent=2).encode() + b"\n")
                restored = (QUADS,) if is_pruned(target) else ()
                for name in (*manifest.files, MANIFEST, *restored, PARTS):
                    (draft / name).replace(target / name)
                synchronize_folder(target)
            else:
                draft.chmod(0o755)
                synchronize_folder(draft)
                _rename(draft, target)
            synchronize_folder(out)
        switch(out, manifest.release)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    return Release(target.resolve(), manifest)


def _existing(target: Path) -> Manifest | None:
    """Return the manifest of an undamaged release, or of one that has been pruned; move a damaged one away."""
    if not target.exists():
        return None
    try:
        return read_manifest(target) if is_pruned(target) else Release.open(target).manifest
    except InputError:
        target.rename(Path(tempfile.mkdtemp(prefix=DAMAGED, dir=target.parent)) / target.name)
        return None


def _rename(draft: Path, target: Path) -> None:
    """Rename a draft, unless another build has written the same release in the meantime."""
    try:
        draft.rename(target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise


def _write_files(
    draft: Path, content: ReleaseContent, build_digest: str, built: datetime, make_files: MakeFiles
) -> Manifest:
    with ThreadPoolExecutor(1) as maker:  # the interpreter is free while bytes are copied and hashed
        making = maker.submit(make_files, content, draft)
        digest, records = _write_quads(draft / QUADS, content)
        made = tuple(making.result())
    for name in made:
        synchronize(draft / name)
    manifest = Manifest(
        release=release_identifier(digest),
        sha256=digest,
        size=sum(record.size for record in records),
        software=__version__,
        built=built,
        counts=add(record.counts for record in records),
        plans=tuple(sorted(plan for record in records for plan in record.plans)),
        validation={s.value.lower(): sum(record.validation[s.value.lower()] for record in records) for s in Severity},
        uri_spaces=content.uri_spaces,
        taken=taken_iris(content.uri_spaces, (part.index for part in content.parts)),
        publishers=merge_publishers(part.index.publishers for part in content.parts),
        files={name: ReleaseFile.of(draft / name) for name in made},
    )
    part_records = PartRecords(build_digest=build_digest, parts=tuple(records))
    _write_file(draft / PARTS, part_records.model_dump_json().encode() + b"\n")
    _write_file(draft / MANIFEST, manifest.model_dump_json(indent=2).encode() + b"\n")
    for name in (QUADS, PARTS, MANIFEST):
        (draft / name).chmod(0o444)
    return manifest


def _write_quads(path: Path, content: ReleaseContent) -> tuple[str, list[PartRecord]]:
    """Write the file of quads, and return its hash and the records of its parts."""
    stretches = [part.stretch(content.previous.quads) for part in content.parts]
    offsets = accumulate((stretch.size for stretch in stretches), initial=0)
    records = [
        part.record(offset, stretch.size)
        for part, stretch, offset in zip(content.parts, stretches, offsets, strict=False)
    ]
    digest = hashlib.sha256()
    # Few long calls: between two of them, another thread may keep the interpreter for a while.
    with ThreadPoolExecutor(1) as hasher, path.open("wb") as quads:
        for stretch in joined(stretches):
            hashing = hasher.submit(stretch.hash, digest)
            stretch.copy(quads)
            hashing.result()
        os.fsync(quads.fileno())
    return digest.hexdigest(), records


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines of N-Quads, each with its end, from chunks."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line + b"\n"


def _severities(results: Iterable[Result]) -> dict[str, int]:
    found = [result.severity for result in results]
    return {severity.value.lower(): found.count(severity) for severity in Severity}


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
