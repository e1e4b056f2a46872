"""A pool of processes that build parts, as many as there are cores, when there is enough to do."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from types import TracebackType

from plangraf.release.part_builder import BuiltPart, PartBuilder
from plangraf.release.parts import Part, PartIndex

_WORTH_PROCESSES = 4 * 1024 * 1024
"""Bytes of files below which one process is done sooner than others have begun."""

_builder: PartBuilder | None = None


class BuildPool(AbstractContextManager["BuildPool"]):
    """Indexes and builds parts, in this process or in many.

    Args:
        builder: does the work; each process has a copy.
        size: how many bytes of files there are.
    """

    def __init__(self, builder: PartBuilder, size: int) -> None:
        self._builder = builder
        self._pool: ProcessPoolExecutor | None = None
        cores = len(os.sched_getaffinity(0))
        if cores > 1 and size >= _WORTH_PROCESSES:
            # Forked, so that each begins with all libraries loaded.
            self._pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _begin, (builder,))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def index(self, parts: Sequence[Part]) -> list[PartIndex]:
        """Return what each part is about.

        Raises:
            InputError: a file cannot be used.
        """
        if self._pool is None:
            return [self._builder.index(part) for part in parts]
        return list(self._pool.map(_index, parts, chunksize=8))

    def build(
        self, batches: Sequence[tuple[Part, ...]], needs: Mapping[str, tuple[str, ...]]
    ) -> Iterator[list[BuiltPart]]:
        """Yield the parts of each batch as soon as they are built.

        Raises:
            InputError: a file cannot be used, or a rule cannot be run.
        """
        if self._pool is None or len(batches) < 2:
            for batch in batches:
                yield self._builder.build(batch, needs)
            return
        own = [{part.name: needs[part.name] for part in batch} for batch in batches]
        for done in as_completed(
            [self._pool.submit(_build, batch, n) for batch, n in zip(batches, own, strict=True)]
        ):
            yield done.result()


def _begin(builder: PartBuilder) -> None:
    global _builder  # a process of the pool has one builder for all that it does
    _builder = builder
    # Builds make many small objects that live long, and a collection would look at all of them in vain.
    gc.set_threshold(200_000)


def _index(part: Part) -> PartIndex:
    assert _builder is not None  # noqa: S101  # set as the process began
    return _builder.index(part)


def _build(batch: tuple[Part, ...], needs: Mapping[str, tuple[str, ...]]) -> list[BuiltPart]:
    assert _builder is not None  # noqa: S101  # set as the process began
    return _builder.build(batch, needs)
