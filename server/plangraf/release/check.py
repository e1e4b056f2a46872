"""Validation of files as in a build, without writing a release."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY
from plangraf.release.parts import Part, Progress, divide
from plangraf.release.pipeline import open_pipeline
from plangraf.sources.dataset import ListedFile
from plangraf.sources.faults import no_statements
from plangraf.validation.coverage import ValidationCoverage
from plangraf.validation.report import Report, merge_results, to_report
from plangraf.validation.shapes import load_shapes

_REFERENCE = "reference/"  # the name of a part of the data has no slash


def check_files(
    files: Iterable[ListedFile],
    reference: Iterable[ListedFile] = (),
    progress: Progress | None = None,
    *,
    ontology: Path = shipped.ONTOLOGY,
    shapes: tuple[Path, ...] = (shipped.SHAPES,),
) -> Report:
    """Return the validation report on `files`.

    Args:
        files: the files to validate.
        reference: files in which the resources that `files` refer to are looked up; they add nothing to what `files`
            describe.
        progress: called with the number of finished parts and the total.
        ontology: the file of the ontology.
        shapes: files and folders of shapes.

    Raises:
        InputError: a file cannot be read or parsed, the files have no statements, or a rule cannot be run.
    """
    files = tuple(files)
    paths = {file.path.resolve() for file in files}
    others = (file for file in (*reference, ListedFile(ontology, ONTOLOGY)) if file.path.resolve() not in paths)
    own = divide(files)
    looked_up = {part.name: part for part in map(_as_reference, divide(others))}
    parts = {**{part.name: part for part in own}, **looked_up}
    with open_pipeline(parts, shapes, sum(part.size for part in own), reference=frozenset(looked_up)) as pipeline:
        built = pipeline.build(own, progress)
        results = merge_results(part.results for part in built.values())
    coverage = sum((built[part.name].coverage for part in own), ValidationCoverage())
    if not coverage.statements and not results:
        raise no_statements([file.path for file in files])
    return to_report(results, load_shapes(*shapes), coverage)


def _as_reference(part: Part) -> Part:
    """Return `part` under a name that no part of the data has, whatever their files are called."""
    return part if part.name == ONTOLOGY else replace(part, name=f"{_REFERENCE}{part.name}")
