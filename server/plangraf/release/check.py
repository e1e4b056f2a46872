"""Validate files as a build would, without building."""

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
    """Return what the shapes find in `files`.

    Args:
        files: what is checked.
        context: what the files may refer to; a part of it that is among the files gives way to them.
        progress: called with how many parts are done, and of how many.
        ontology: the file of the vocabulary.
        shapes: files and folders of shapes.

    Raises:
        InputError: a file cannot be used, or a rule cannot be run.
    """
    own = divide(files)
    names = {part.name for part in own}
    others = divide([*context, ListedFile(ontology, ONTOLOGY)])
    parts = {part.name: part for part in (*own, *(other for other in others if other.name not in names))}
    with open_pipeline(parts, shapes, sum(part.size for part in own)) as pipeline:
        built = pipeline.build(own, progress)
        results = merge_results(part.results for part in built.values())
    return to_report(results, load_shapes(*shapes).graph)
