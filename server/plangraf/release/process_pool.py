"""A process pool that builds parts, with one process for each core if there are enough data."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from plangraf.confinement import end_with_parent
from plangraf.release.part_builder import BuiltPart, PartBuilder
from plangraf.release.parts import Part, PartIndex
from plangraf.validation.spaces import SpaceClaims

_WORTH_PROCESSES = 4 * 1024 * 1024
"""The total size of files, in bytes, below which a single process is faster than a pool."""

_COLLECTED_AFTER = 200_000
"""The number of new objects after which garbage is collected: a build creates many small, long-lived objects, which
frequent collections would scan in vain."""

_builder: PartBuilder | None = None


class BuildPool(AbstractContextManager["BuildPool"]):
    """Indexes and builds parts, in this process or in a process pool.

    Args:
        builder: the part builder, of which each process has a copy.
        size: the total size of the files, in bytes.
    """

    def __init__(self, builder: PartBuilder, size: int) -> None:
        self._builder = builder
        self._pool: ProcessPoolExecutor | None = None
        cores = len(os.sched_getaffinity(0))
        if cores > 1 and size >= _WORTH_PROCESSES:
            # Forked processes start with all libraries loaded.
            self._pool = ProcessPoolExecutor(
                cores, multiprocessing.get_context("fork"), _begin, (builder, os.getpid())
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the processes, and cancel the batches that have not started."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def index(self, parts: Sequence[Part]) -> list[PartIndex]:
        """Return the index of each part.

        Raises:
            InputError: a file cannot be read or parsed.
        """
        if self._pool is None:
            return [self._builder.index(part) for part in parts]
        return list(self._pool.map(_index, parts, chunksize=8))

    def build(
        self,
        batches: Sequence[tuple[Part, ...]],
        needs: Mapping[str, tuple[str, ...]],
        claims: Mapping[str, SpaceClaims],
    ) -> Iterator[list[BuiltPart]]:
        """Yield the built parts of each batch as soon as it is finished; see `PartBuilder.build`.

        Raises:
            InputError: a file cannot be read or parsed, or a rule cannot be run.
        """
        if self._pool is None or len(batches) < 2:
            for batch in batches:
                yield self._builder.build(batch, needs, claims)
            return
        for done in as_completed(
            [
                self._pool.submit(
                    _build,
                    batch,
                    {part.name: needs[part.name] for part in batch},
                    {part.name: claims[part.name] for part in batch},
                )
                for batch in batches
            ]
        ):
            yield done.result()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect garbage less often while a build is running."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin(builder: PartBuilder, parent: int) -> None:
    # A process that outlives a build would hold the lock of the state folder, which it has inherited.
    end_with_parent(parent)
    global _builder  # each process of the pool has one builder
    _builder = builder
    gc.set_threshold(_COLLECTED_AFTER)


def _index(part: Part) -> PartIndex:
    assert _builder is not None  # noqa: S101  # set as the process began
    return _builder.index(part)


def _build(
    batch: tuple[Part, ...], needs: Mapping[str, tuple[str, ...]], claims: Mapping[str, SpaceClaims]
) -> list[BuiltPart]:
    assert _builder is not None  # noqa: S101  # set as the process began
    return _builder.build(batch, needs, claims)
