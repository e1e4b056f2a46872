"""Validation of files as in a build, without writing a release."""

from collections.abc import Iterable
from pathlib import Path

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY
from plangraf.release.parts import Progress, divide
from plangraf.release.pipeline import open_pipeline
from plangraf.sources.dataset import ListedFile
from plangraf.validation.report import Report, merge_results, to_report
from plangraf.validation.shapes import load_shapes


def check_files(
    files: Iterable[ListedFile],
    context: Iterable[ListedFile] = (),
    progress: Progress | None = None,
    *,
    ontology: Path = shipped.ONTOLOGY,
    shapes: tuple[Path, ...] = (shipped.SHAPES,),
) -> Report:
    """Return the validation report on `files`.

    Args:
        files: the files to validate.
        context: files that `files` may refer to; a part that is also among `files` is overridden.
        progress: called with the number of finished parts and the total.
        ontology: the file of the ontology.
        shapes: files and folders of shapes.

    Raises:
        InputError: a file cannot be read or parsed, or a rule cannot be run.
    """
    own = divide(files)
    names = {part.name for part in own}
    others = divide([*context, ListedFile(ontology, ONTOLOGY)])
    parts = {part.name: part for part in (*own, *(other for other in others if other.name not in names))}
    with open_pipeline(parts, shapes, sum(part.size for part in own)) as pipeline:
        built = pipeline.build(own, progress)
        results = merge_results(part.results for part in built.values())
    return to_report(results, load_shapes(*shapes).graph)
