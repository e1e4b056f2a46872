"""Build a release: read, complete and validate its parts, and only then write.

The parts are worked on in processes of their own, and a part that has not changed is taken over from the release
before. Only parts that conform are ever written, so that what is taken over has been validated.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plangraf import __version__, shipped
from plangraf.errors import InputError, NonconformingError
from plangraf.namespaces import DERIVED_GRAPH, ONTOLOGY
from plangraf.release.count import add
from plangraf.release.date import build_date
from plangraf.release.derive import DERIVATION, PROVENANCE
from plangraf.release.making import Made, Maker
from plangraf.release.parts import BATCH, Index, Part, Progress, batches, divide, needs
from plangraf.release.release import CURRENT, MANIFEST, QUADS, Counts, Manifest, Release, read_manifest
from plangraf.release.workforce import Workforce
from plangraf.sources.dataset import ListedFile
from plangraf.validation.render import to_text
from plangraf.validation.report import Result, Severity, to_report, united
from plangraf.validation.shapes import load_shapes

PARTS = "parts.json"


class WrittenPart(BaseModel):
    """What is remembered of a part of a release.

    Attributes:
        name: of the part.
        files: the hash of its files.
        index: what it is about and points to.
        made_from: the hash of all that it was made from.
        start: where it begins in the file of quads, in bytes.
        size: how long it is there, in bytes.
        counts: how much there is in it.
        plans: the IRIs of its plans.
        validation: the number of results by severity, in lower case.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    files: str
    index: Index
    made_from: str
    start: int
    size: int
    counts: Counts
    plans: tuple[str, ...]
    validation: dict[str, int]


class _Memory(BaseModel):
    parts: tuple[WrittenPart, ...]


def build_release(
    files: Iterable[ListedFile],
    out: Path,
    progress: Progress | None = None,
    *,
    ontology: Path = shipped.ONTOLOGY,
    shapes: tuple[Path, ...] = (shipped.SHAPES,),
) -> Release:
    """Build, validate and write a release into the directory of releases `out`, and make it the current one.

    The same data give the same release: the quads of a part are in canonical form and sorted, and the parts are in
    the order of their names. Nothing is written when the data break the shapes; a release that is there already is
    kept as it is.

    Args:
        files: what the release is made of.
        out: the directory of releases.
        progress: called with how many parts are done, and of how many.
        ontology: the file of the vocabulary.
        shapes: files and folders of what the data are checked against.

    Raises:
        InputError: a file cannot be used, the directory cannot be written, or SOURCE_DATE_EPOCH is no date.
        NonconformingError: the data break the shapes.
    """
    built = build_date()
    listed = [*files, ListedFile(ontology, ONTOLOGY), ListedFile(PROVENANCE, DERIVED_GRAPH)]
    parts = {part.name: part for part in divide(listed)}
    before = _Before(out)
    with tempfile.TemporaryDirectory(prefix="plangraf-") as folder:
        maker = Maker(parts, shapes, Path(folder))
        with Workforce(maker, sum(file.path.stat().st_size for file in listed if file.path.exists())) as workforce:
            digests = {name: part.digest() for name, part in parts.items()}
            indexes = _indexes(parts, digests, before, workforce)
            needed = needs(indexes)
            ways = _digest([__version__, *map(_content, (*_rdf_below(shapes), *_rdf_below((DERIVATION,))))])
            made_from = {
                name: _digest([ways, digests[name], digests[ONTOLOGY], *(digests[other] for other in needed[name])])
                for name in parts
            }
            kept = {name: part for name, part in before.parts.items() if made_from.get(name) == part.made_from}
            missing = [part for name, part in parts.items() if name not in kept]
            made: dict[str, Made] = {}
            for batch in workforce.make(batches(missing, lambda part: indexes[part.name].triples, BATCH), needed):
                made.update((part.name, part) for part in batch)
                if progress is not None:
                    progress(len(kept) + len(made), len(parts))
        results = united(part.results for part in made.values())
        if any(result.severity == Severity.VIOLATION for result in results):
            raise NonconformingError(to_text(to_report(results, load_shapes(*shapes).graph), "en"))
        written = [
            (name, kept.get(name) or made[name], digests[name], indexes[name], made_from[name]) for name in parts
        ]
        return _write(written, before, out, built)


def _indexes(
    parts: Mapping[str, Part], digests: Mapping[str, str], before: "_Before", workforce: Workforce
) -> dict[str, Index]:
    known = {
        name: before.parts[name].index
        for name in parts
        if name in before.parts and before.parts[name].files == digests[name]
    }
    unknown = [part for name, part in parts.items() if name not in known]
    read = dict(zip((part.name for part in unknown), workforce.index(unknown), strict=True))
    return {name: known.get(name) or read[name] for name in parts}


class _Before:
    """The release that is current before the build, as far as it can be taken over."""

    def __init__(self, out: Path) -> None:
        self.quads = out / CURRENT / QUADS
        self.parts: dict[str, WrittenPart] = {}
        try:
            memory = _Memory.model_validate_json((out / CURRENT / PARTS).read_bytes())
            Release.open(out)  # what is damaged must not go on into the next release
        except (OSError, ValidationError, InputError):
            return  # there is none, it is damaged, or an older version wrote it: everything is made anew
        self.parts = {part.name: part for part in memory.parts}


def _write(
    parts: list[tuple[str, WrittenPart | Made, str, Index, str]], before: _Before, out: Path, built: datetime
) -> Release:
    """Write a release whole beside its place, put it there, and switch `current` to it in one step."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
        try:
            manifest = _write_files(draft, parts, before, built)
            target = out / manifest.release
            if target.exists():
                manifest = read_manifest(target)  # it was built before, and has the date of that day
            else:
                draft.chmod(0o755)
                draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _point(out / CURRENT, manifest.release)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", out) from error
    return Release(target.resolve(), manifest)


def _write_files(
    draft: Path, parts: list[tuple[str, WrittenPart | Made, str, Index, str]], before: _Before, built: datetime
) -> Manifest:
    digest, start = hashlib.sha256(), 0
    memory: list[WrittenPart] = []
    with (draft / QUADS).open("wb") as quads:
        for name, part, files, index, made_from in parts:
            size = 0
            for piece in _pieces(part, before):
                quads.write(piece)
                digest.update(piece)
                size += len(piece)
            memory.append(
                WrittenPart(
                    name=name,
                    files=files,
                    index=index,
                    made_from=made_from,
                    start=start,
                    size=size,
                    counts=part.counts,
                    plans=part.plans,
                    validation=part.validation if isinstance(part, WrittenPart) else _severities(part.results),
                )
            )
            start += size
        quads.flush()
        os.fsync(quads.fileno())
    manifest = Manifest(
        release=digest.hexdigest()[:12],
        sha256=digest.hexdigest(),
        size=start,
        software=__version__,
        built=built,
        counts=add(part.counts for part in memory),
        plans=tuple(sorted(plan for part in memory for plan in part.plans)),
        validation={s.value.lower(): sum(part.validation[s.value.lower()] for part in memory) for s in Severity},
    )
    _write_file(draft / PARTS, _Memory(parts=tuple(memory)).model_dump_json().encode() + b"\n")
    _write_file(draft / MANIFEST, manifest.model_dump_json(indent=2).encode() + b"\n")
    for name in (QUADS, PARTS, MANIFEST):
        (draft / name).chmod(0o444)
    return manifest


def _pieces(part: WrittenPart | Made, before: _Before) -> Iterable[bytes]:
    path, start, left = (
        (before.quads, part.start, part.size)
        if isinstance(part, WrittenPart)
        else (part.quads, 0, part.quads.stat().st_size)
    )
    with path.open("rb") as file:
        file.seek(start)
        while left and (piece := file.read(min(left, 1 << 22))):
            left -= len(piece)
            yield piece


def _severities(results: Iterable[Result]) -> dict[str, int]:
    found = [result.severity for result in results]
    return {severity.value.lower(): found.count(severity) for severity in Severity}


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _rdf_below(paths: Iterable[Path]) -> list[Path]:
    return [
        file
        for path in paths
        for file in (sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path])
    ]


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _point(link: Path, release: str) -> None:
    """Switch a symbolic link in one step (rename replaces it atomically)."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release)
    fresh.replace(link)
