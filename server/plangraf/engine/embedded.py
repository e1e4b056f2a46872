"""The embedded engine, which has the release in memory or on disk and evaluates queries in forked workers."""

import asyncio
import os
from collections.abc import AsyncIterator
from time import monotonic

import orjson

from plangraf.engine.channel import ChannelClosed
from plangraf.engine.errors import (
    EngineError,
    EngineUnavailable,
    InvalidTimeLimit,
    QueryCrashed,
    QueryMemory,
    QueryPreempted,
    QueryTimeout,
)
from plangraf.engine.frames import AnswerBegin, AnswerEnd, FrameKind, pack_query, unpack_error, unpack_whole
from plangraf.engine.interface import Answer, AnswerBroken, AnswerForm, EngineObserver, EngineStatistics, Query
from plangraf.engine.keeper_source import KeeperSource, OwnKeeper
from plangraf.engine.limits import Limits
from plangraf.engine.pool import Pool
from plangraf.engine.schedule import Policy
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.workers import EndReason, Lease

_DELIVERY = 60.0
"""The time limit for a client to read an answer, in seconds; the engine breaks off a slower answer."""


def policy(workers: int | None = None, client_running: int = 4) -> Policy:
    """Return the scheduling policy.

    Args:
        workers: the number of workers, at least three; None or 0 selects a number by the processors of this machine,
            so that long queries do not delay short ones.
        client_running: the maximum number of running queries of one client.
    """
    workers = max(3, workers or 4 * (os.cpu_count() or 1) + 3)
    return Policy(workers=workers, reserve=3 if workers > 6 else 2, client_running=client_running)


class EmbeddedEngine:
    """Evaluates queries on a local release, in worker processes with limits that the kernel enforces.

    Args:
        source: the location of the release, for which the engine starts a keeper of its own, or a source of keepers.
        limits: the limits of each query; those of workers are up to their keeper.
        sharing: the scheduling policy.
        observer: is told of the load.
    """

    def __init__(
        self,
        source: StoreLocation | KeeperSource,
        limits: Limits | None = None,
        sharing: Policy | None = None,
        observer: EngineObserver | None = None,
    ) -> None:
        self.limits = limits or Limits()
        keepers = OwnKeeper(source, self.limits) if isinstance(source, StoreLocation) else source
        self.pool = Pool(keepers, sharing or policy(), observer)

    async def start(self) -> None:
        """Load the release and start the workers; callers must await this before the first query.

        Raises:
            EngineUnavailable: the release cannot be loaded.
        """
        await self.pool.start()

    async def close(self) -> None:
        """End the keeper and all workers, including those with running queries."""
        await self.pool.close()

    def statistics(self) -> EngineStatistics:
        """Return the numbers of running and waiting queries, and of workers that have ended."""
        return EngineStatistics(self.pool.running, self.pool.waiting, dict(self.pool.ended_by))

    async def evaluate(self, query: Query) -> Answer:
        """Evaluate and serialize `query`; see `Engine.evaluate`."""
        if query.seconds is not None and not query.seconds > 0:
            raise InvalidTimeLimit(query.seconds)
        seconds = min(self.limits.seconds, query.seconds or self.limits.seconds)
        lease = await self.pool.acquire(query.client)
        body = _WorkerBody(self, lease, seconds)
        try:
            return await body.open(query)
        except BaseException:
            await body.close()
            raise

    def error(self, reason: EndReason, seconds: float) -> EngineError:
        """Return the error of a query whose worker has ended.

        Args:
            reason: the reason why the worker has ended.
            seconds: the time limit of the query.
        """
        match reason:
            case EndReason.TIME:
                return QueryTimeout(seconds)
            case EndReason.MEMORY:
                return QueryMemory(self.limits.memory)
            case EndReason.FORK_SERVER_ENDED | EndReason.RECYCLED:
                return EngineUnavailable()
            case EndReason.PREEMPTED:
                return QueryPreempted()
        return QueryCrashed()


class _WorkerBody:
    """The bytes of an answer, read from the worker at the pace of the reader."""

    def __init__(self, engine: EmbeddedEngine, lease: Lease, seconds: float) -> None:
        self._engine = engine
        self._lease: Lease | None = lease
        self._worker = lease.worker
        self._seconds = seconds
        self.rows: int | None = None
        self._first: list[bytes] = []
        self._done = False
        self._until = monotonic() + _DELIVERY

    async def open(self, query: Query) -> Answer:
        """Send the query, and return the answer once its first bytes are certain."""
        self._worker.channel.send(FrameKind.QUERY, pack_query(query, self._seconds))
        kind, payload = await self._frame()
        data: bytes | None = None
        if kind == FrameKind.WHOLE:
            begin, data, end = unpack_whole(payload)
            self._first.append(data)
            self._finish(end)
        elif kind == FrameKind.BEGIN:
            begin = AnswerBegin.unpack(payload)
        else:
            raise self._failed(payload)
        choice = query.graphs if begin.form == AnswerForm.GRAPH else query.results
        assert choice is not None  # noqa: S101  # without one, the worker refuses the query
        return Answer(begin.form, choice, self, data, begin.cut)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self._first:
            yield self._first.pop(0)
        while not self._done:
            try:
                async with asyncio.timeout_at(
                    asyncio.get_running_loop().time() + max(0.0, self._until - monotonic())
                ):
                    kind, payload = await self._frame()
            except TimeoutError:
                await self.close()
                raise AnswerBroken(self._engine.error(EndReason.TIME, _DELIVERY)) from None
            except EngineError as error:
                raise AnswerBroken(error) from error
            if kind == FrameKind.DATA:
                yield payload
            elif kind == FrameKind.END:
                self._finish(AnswerEnd.unpack(payload))
            else:
                raise AnswerBroken(self._failed(payload))
            if monotonic() > self._until:
                await self.close()
                raise AnswerBroken(self._engine.error(EndReason.TIME, _DELIVERY))

    async def close(self) -> None:
        """Release the worker, or end it if it is still evaluating."""
        lease, self._lease = self._lease, None
        if lease is not None:
            self._done = True
            self._engine.pool.kill(lease, EndReason.CLIENT_GONE)

    async def _frame(self) -> tuple[int, bytes]:
        try:
            return await self._worker.channel.receive()
        except ChannelClosed:
            reason = await self._engine.pool.end_reason(self._worker)
            self._release()
            raise self._engine.error(reason, self._seconds) from None

    def _finish(self, end: AnswerEnd) -> None:
        """Release the worker at the end of an answer."""
        self.rows = end.rows
        self._worker.recycle = self._worker.recycle or end.recycle
        self._release()

    def _failed(self, payload: bytes) -> EngineError:
        failed = orjson.loads(payload)
        self._worker.recycle = self._worker.recycle or failed["recycle"]
        self._release()
        return unpack_error(failed["error"])

    def _release(self) -> None:
        self._done = True
        lease, self._lease = self._lease, None
        if lease is not None:
            self._engine.pool.release(lease)
