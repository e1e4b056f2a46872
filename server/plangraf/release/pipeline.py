"""The pipeline of a build or a check: index the parts, find the parts that each needs, build them in batches."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from plangraf.errors import InputError
from plangraf.release.part_builder import BuiltPart, PartBuilder
from plangraf.release.parts import BATCH, Part, PartIndex, Progress, batches, needs, space_claims
from plangraf.release.process_pool import BuildPool


class BuildPipeline:
    """Builds indexed parts; `open_pipeline` creates one.

    Attributes:
        indexes: the index of each part, by name of the part.
        needs: for each part, the names of the parts that it is completed and validated with.
        claims: for each part, what it must know of the URI spaces of others.
    """

    def __init__(self, pool: BuildPool, indexes: Mapping[str, PartIndex]) -> None:
        self._pool = pool
        self.indexes = indexes
        self.needs = needs(indexes)
        self.claims = space_claims(indexes)

    def build(self, chosen: Sequence[Part], progress: Progress | None, reused: int = 0) -> dict[str, BuiltPart]:
        """Build some of the parts, and return them by name.

        Args:
            chosen: the parts to build.
            progress: called with the number of finished parts and the total.
            reused: the number of reused parts, which count as finished.

        Raises:
            InputError: a file cannot be read or parsed, or a rule cannot be run.
        """
        grouped = batches(chosen, lambda part: self.indexes[part.name].triples, BATCH)
        built: dict[str, BuiltPart] = {}
        for batch in self._pool.build(grouped, self.needs, self.claims):
            built.update((part.name, part) for part in batch)
            if progress is not None:
                progress(reused + len(built), reused + len(chosen))
        return built


@contextmanager
def open_pipeline(
    parts: Mapping[str, Part],
    shapes: tuple[Path, ...],
    size: int,
    known: Mapping[str, PartIndex] | None = None,
    reference: frozenset[str] = frozenset(),
) -> Iterator[BuildPipeline]:
    """Index parts, and yield a pipeline for them; on exit, the files of built parts are removed.

    Args:
        parts: all parts by name: those to build, and those that they may refer to.
        shapes: files and folders of shapes.
        size: the total size of the files to build in bytes, which determines whether a process pool is used.
        known: indexes of unchanged parts, by name of the part.
        reference: the names of the parts that are looked up and not merged.

    Raises:
        InputError: a file cannot be read or parsed, or there is no space for temporary files.
    """
    known = known or {}
    try:
        with (
            tempfile.TemporaryDirectory(prefix="plangraf-") as folder,
            BuildPool(PartBuilder(parts, shapes, Path(folder), reference), size) as pool,
        ):
            unknown = [part for name, part in parts.items() if name not in known]
            found = dict(zip((part.name for part in unknown), pool.index(unknown), strict=True))
            yield BuildPipeline(pool, {name: known[name] if name in known else found[name] for name in parts})
    except OSError as error:
        place = Path(error.filename or tempfile.gettempdir())
        raise InputError(f"the folder for temporary files cannot be used: {error.strerror}", place) from error
