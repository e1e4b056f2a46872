"""Validate files as a build would, without building."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from plangraf import shipped
from plangraf.namespaces import ONTOLOGY
from plangraf.release.making import Made, Maker
from plangraf.release.parts import BATCH, Progress, batches, divide, needs
from plangraf.release.surroundings import Descriptions, derived, surroundings
from plangraf.release.workforce import Workforce
from plangraf.sources.dataset import Dataset, ListedFile
from plangraf.validation.report import Report, to_report, united
from plangraf.validation.shapes import Shapes, load_shapes
from plangraf.validation.validate import validate


def check_dataset(dataset: Dataset, context: Descriptions, ontology: Sequence[ox.Quad], shapes: Shapes) -> Report:
    """Return what the shapes find in `dataset`.

    Args:
        dataset: what is checked; what it describes is taken from it alone.
        context: what it may refer to.
        ontology: the statements of the vocabulary.
        shapes: core shapes and rules.

    Raises:
        InputError: a rule cannot be run.
    """
    quads = list(dataset.quads())
    own = {quad.subject for quad in quads}
    near = [quad for quad in surroundings(quads, [context]) if quad.subject not in own]
    new = derived(quads, [*near, *ontology])
    around = [*ontology, *near, *(ox.Quad(t.subject, t.predicate, t.object) for t in new)]
    return validate(dataset, around, shapes)


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
    with tempfile.TemporaryDirectory(prefix="plangraf-") as folder:
        maker = Maker(parts, shapes, Path(folder))
        size = sum(file.path.stat().st_size for part in own for file in part.files)
        with Workforce(maker, size) as workforce:
            indexes = dict(zip(parts, workforce.index(list(parts.values())), strict=True))
            needed = needs(indexes)
            made: list[Made] = []
            for batch in workforce.make(batches(own, lambda part: indexes[part.name].triples, BATCH), needed):
                made += batch
                if progress is not None:
                    progress(len(made), len(own))
            results = united(part.results for part in made)
    return to_report(results, load_shapes(*shapes).graph)
