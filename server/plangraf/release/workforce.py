"""Processes that make parts, as many as there are cores, when there is enough to do."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from types import TracebackType

from plangraf.release.making import Made, Maker
from plangraf.release.parts import Index, Part

_WORTH_PROCESSES = 4 * 1024 * 1024
"""Bytes of files below which one process is done sooner than others have begun."""

_maker: Maker | None = None


class Workforce(AbstractContextManager["Workforce"]):
    """Has parts indexed and made.

    Args:
        maker: makes them.
        size: how many bytes of files there are.
    """

    def __init__(self, maker: Maker, size: int) -> None:
        self._maker = maker
        self._pool: ProcessPoolExecutor | None = None
        cores = len(os.sched_getaffinity(0))
        if cores > 1 and size >= _WORTH_PROCESSES:
            # Forked, so that each begins with all libraries loaded.
            self._pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _begin, (maker,))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def index(self, parts: Sequence[Part]) -> list[Index]:
        """Return what each part is about.

        Raises:
            InputError: a file cannot be used.
        """
        if self._pool is None:
            return [self._maker.index(part) for part in parts]
        return list(self._pool.map(_index, parts, chunksize=8))

    def make(self, batches: Sequence[tuple[Part, ...]], needs: Mapping[str, tuple[str, ...]]) -> Iterator[list[Made]]:
        """Yield the parts of each batch as soon as they are made.

        Raises:
            InputError: a file cannot be used, or a rule cannot be run.
        """
        if self._pool is None or len(batches) < 2:
            for batch in batches:
                yield self._maker.make(batch, needs)
            return
        own = [{part.name: needs[part.name] for part in batch} for batch in batches]
        for done in as_completed([self._pool.submit(_make, batch, n) for batch, n in zip(batches, own, strict=True)]):
            yield done.result()


def _begin(maker: Maker) -> None:
    global _maker  # a process of the pool has one maker for all that it does
    _maker = maker
    # What is made is many small things that live long enough to be looked at in vain, again and again.
    gc.set_threshold(200_000)


def _index(part: Part) -> Index:
    assert _maker is not None  # noqa: S101  # set as the process began
    return _maker.index(part)


def _make(batch: tuple[Part, ...], needs: Mapping[str, tuple[str, ...]]) -> list[Made]:
    assert _maker is not None  # noqa: S101  # set as the process began
    return _maker.make(batch, needs)
