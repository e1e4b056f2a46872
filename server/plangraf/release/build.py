"""The build of a release: its parts are read, completed and validated before anything is written.

A process pool builds the parts, and an unchanged part is reused from the previous release. Only conforming parts are
written, so every reused part has been validated.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from plangraf import shipped
from plangraf.namespaces import DERIVED_GRAPH, ONTOLOGY
from plangraf.release.build_digest import build_digest
from plangraf.release.date import build_date
from plangraf.release.parts import Progress, divide
from plangraf.release.pipeline import open_pipeline
from plangraf.release.process_pool import rare_collections
from plangraf.release.records import PreviousRelease
from plangraf.release.release import Release
from plangraf.release.violated import ViolatedError
from plangraf.release.write import (
    MakeFiles,
    ReleaseContent,
    ReleasePart,
    no_files,
    switch_after_build,
    write_release,
)
from plangraf.sources.dataset import ListedFile
from plangraf.validation.coverage import ValidationCoverage
from plangraf.validation.derive import PROVENANCE
from plangraf.validation.report import merge_results, to_report
from plangraf.validation.result import Severity
from plangraf.validation.shapes import load_shapes


def build_release(
    files: Iterable[ListedFile],
    out: Path,
    progress: Progress | None = None,
    *,
    ontology: Path = shipped.ONTOLOGY,
    shapes: tuple[Path, ...] = (shipped.SHAPES,),
    make_files: MakeFiles = no_files,
    recorded: Mapping[str, str] | None = None,
    check: Callable[[ReleaseContent], None] | None = None,
    previous: PreviousRelease | None = None,
    switch: Callable[[Path, str], None] = switch_after_build,
) -> Release:
    """Build, validate and write a release into the state folder `out`, and make it the current one.

    The build is reproducible: the quads of a part are in canonical form and sorted, and the parts are in the order of
    their names. If the data violate the shapes, nothing is written. A release that exists already keeps its date.

    Args:
        files: the files to build from.
        out: the state folder.
        progress: called with the number of finished parts and the total.
        ontology: the file of the ontology.
        shapes: files and folders of shapes.
        make_files: writes the files that are made from the quads, such as the search index.
        recorded: the hashes of the files of parts that the files carry over whole, by name of the part.
        check: looks at the content before it is written, and raises what keeps it from being published.
        previous: the current release of `out`, if the caller has opened it.
        switch: makes the release of this name the current one of the state folder.

    Raises:
        InputError: a file cannot be read or parsed, the directory is not writable, or SOURCE_DATE_EPOCH is invalid.
        NonconformingError: the data violate the shapes.
    """
    built_at = build_date()
    placed = [replace(file, placed=True) for file in files]
    listed = [*placed, ListedFile(ontology, ONTOLOGY), ListedFile(PROVENANCE, DERIVED_GRAPH)]
    parts = {part.name: replace(part, recorded=(recorded or {}).get(part.name)) for part in divide(listed)}
    digests = {name: part.digest() for name, part in parts.items()}
    tools = build_digest(shapes)
    previous = (previous or PreviousRelease.open(out)).for_build(tools)
    known = {
        name: record.index for name, record in previous.parts.items() if digests.get(name) == record.files_digest
    }
    size = sum(part.size for part in parts.values())
    with rare_collections(), open_pipeline(parts, shapes, size, known) as pipeline:
        inputs = {
            name: _digest(
                [
                    *(digests[each] for each in (name, ONTOLOGY, *needed)),
                    *pipeline.claims[name].digest_lines(),
                ]
            )
            for name, needed in pipeline.needs.items()
        }
        reused = {name: record for name, record in previous.parts.items() if inputs.get(name) == record.input_digest}
        changed = [part for name, part in parts.items() if name not in reused]
        built = pipeline.build(changed, progress, len(reused))
        results = merge_results(part.results for part in built.values())
        if any(result.severity == Severity.VIOLATION for result in results):
            coverage = sum((part.coverage for part in built.values()), ValidationCoverage())
            raise ViolatedError(to_report(results, load_shapes(*shapes), coverage))
        written = [
            ReleasePart(name, reused.get(name) or built[name], digests[name], pipeline.indexes[name], inputs[name])
            for name in parts
        ]
        content = ReleaseContent(written, previous)
        if check is not None:
            check(content)
        return write_release(content, tools, out, built_at, make_files, switch)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
