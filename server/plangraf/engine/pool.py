"""The pool of workers, which restarts the keeper, assigns workers to queries, and records why workers end."""

import asyncio
import logging
import socket
from collections.abc import Coroutine
from time import monotonic

from plangraf.confinement import reason_of
from plangraf.engine.channel import Channel
from plangraf.engine.errors import EngineUnavailable, Overloaded, TooManyQueries
from plangraf.engine.interface import EngineObserver
from plangraf.engine.keeper_link import KeeperLink
from plangraf.engine.keeper_source import KeeperSource
from plangraf.engine.schedule import Policy, Schedule, Ticket
from plangraf.engine.workers import EndReason, Lease, Worker

_log = logging.getLogger(__name__)

_FORK_AGAIN = 0.2
"""The delay, in seconds, before the pool replaces a worker that ended before its stream was connected."""
_REAPED_WITHIN = 2.0
"""The time limit, in seconds, for the keeper to report the end of a worker whose stream has ended."""


class Pool:
    """The workers of one release that answer the queries of this process.

    Args:
        source: connects the pool to the keeper that forks its workers.
        policy: the scheduling policy.
        observer: is told of each change.

    Attributes:
        ended_by: the number of workers that have ended, by reason.
    """

    def __init__(self, source: KeeperSource, policy: Policy, observer: EngineObserver | None = None) -> None:
        self._source = source
        self._observer = observer
        self._schedule = Schedule(policy)
        self._policy = policy
        self._idle: list[Worker] = []
        self._workers: dict[int, Worker] = {}
        self._leases: dict[Ticket, Lease] = {}
        self._waiting: dict[Ticket, asyncio.Future[Worker]] = {}
        self._keeper: KeeperLink | None = None
        self._ready = False
        self._closing = False
        self._rebalance_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._reaped_early: set[int] = set()
        self._unconnected: set[int] = set()
        self._starting: asyncio.Future[None] | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._notified = (0, 0)
        self.ended_by: dict[str, int] = {}

    @property
    def running(self) -> int:
        """The number of running queries."""
        return len(self._leases)

    @property
    def waiting(self) -> int:
        """The number of waiting queries."""
        return len(self._waiting)

    async def start(self) -> None:
        """Connect to a keeper, and wait until the first worker is idle.

        Raises:
            EngineUnavailable: the release cannot be loaded.
        """
        if self._starting is None:
            self._starting = asyncio.get_running_loop().create_future()
            self._connecting = asyncio.create_task(self._connect())
        await asyncio.shield(self._starting)

    async def close(self) -> None:
        """End all workers, and the keeper if it belongs to this process."""
        self._closing = True
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.wait([self._connecting])
        self._drop_workers()  # first, so that no new worker connects while `close` awaits the tasks
        if self._starting is not None and not self._starting.done():
            self._starting.set_result(None)
        while self._tasks:
            await asyncio.wait(self._tasks)
            self._drop_workers()
        await self._source.close()

    async def _connect(self) -> None:
        try:
            stream = await self._source.connect()
        except EngineUnavailable as error:
            assert self._starting is not None  # noqa: S101  # `start` calls this
            if not self._starting.done():
                self._starting.set_exception(error)
                self._starting.exception()  # mark it as retrieved, because the start may have been cancelled
            return
        self._keeper = KeeperLink(stream, self._handle_message, self._handle_keeper_exit)

    async def acquire(self, client: str | None) -> Lease:
        """Wait until a query of `client` may run, and return the lease of a worker for it.

        Raises:
            TooManyQueries: the client has too many waiting queries.
            Overloaded: too many queries of all clients wait, or the query has waited too long.
            EngineUnavailable: the keeper is starting.
        """
        if not self._ready:
            raise EngineUnavailable
        if not self._schedule.client_has_room(client):
            raise TooManyQueries(self._policy.client_running, self._policy.client_waiting)
        if not self._schedule.has_room(client):
            raise Overloaded
        ticket = Ticket(client)
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._schedule.waiting.append(ticket)
        self._waiting[ticket] = turn
        self._dispatch()
        if turn.done():
            return Lease(ticket, turn.result())
        try:
            async with asyncio.timeout(self._policy.longest_wait):
                worker = await turn
        except BaseException as error:
            self._waiting.pop(ticket, None)
            lease = self._leases.get(ticket)
            if lease is not None:  # the pool assigned a worker just before the cancellation
                self.release(lease)
            else:
                self._schedule.end(ticket, monotonic())
                self._notify()
            if isinstance(error, TimeoutError):
                raise Overloaded from None
            raise
        return Lease(ticket, worker)

    def release(self, lease: Lease) -> None:
        """Return a worker that has finished its query to the pool."""
        self._end_ticket(lease)
        worker = lease.worker
        if worker.pid not in self._workers:
            self._dispatch()  # the end of this query may be what another one waits for
            return
        if worker.recycle or worker.channel.ended:
            self._send({"end": worker.pid})
            worker.end_reason = worker.end_reason or EndReason.RECYCLED
        else:
            self._idle.append(worker)
        self._dispatch()

    def kill(self, lease: Lease, reason: EndReason) -> None:
        """End the worker of an unfinished query."""
        lease.worker.end_reason = lease.worker.end_reason or reason
        self._end_ticket(lease)
        self._send({"end": lease.worker.pid})
        self._dispatch()

    async def end_reason(self, worker: Worker) -> EndReason:
        """Return the reason for the end of a worker whose stream has ended, once the keeper has reported it."""
        try:
            return await asyncio.wait_for(asyncio.shield(worker.ended), _REAPED_WITHIN)
        except TimeoutError:
            self._send({"end": worker.pid})
            return EndReason.CRASH

    def _end_ticket(self, lease: Lease) -> None:
        self._leases.pop(lease.ticket, None)
        self._schedule.end(lease.ticket, monotonic())

    def _dispatch(self) -> None:
        """Assign idle workers to the queries that may run next."""
        while self._idle:
            now = monotonic()
            ticket = self._schedule.next(now)
            if ticket is None:
                break
            turn = self._waiting.pop(ticket)
            if turn.done():  # the client has disconnected
                self._schedule.end(ticket, now)
                continue
            # Prefer the most recently used worker: its caches are warm, and it has already copied the shared pages
            # in which it counts references, so a few busy workers need less memory than many.
            worker = self._idle.pop()
            self._schedule.begin(ticket, now)
            lease = Lease(ticket, worker)
            self._leases[ticket] = lease
            turn.set_result(worker)
        if (self._waiting or self._leases) and self._rebalance_timer is None:
            self._rebalance_timer = asyncio.get_running_loop().call_later(
                self._policy.long_after / 5, self._rebalance
            )
        self._notify()

    def _notify(self) -> None:
        """Tell the observer how many queries run and wait, if that has changed."""
        load = (len(self._leases), len(self._waiting))
        if self._observer is not None and load != self._notified:
            self._notified = load
            self._observer.load_changed(*load)

    def _rebalance(self) -> None:
        """Lower the priority of long queries, and end some of them if too many of them make short ones wait."""
        self._rebalance_timer = None
        now = monotonic()
        for long in self._schedule.to_yield(now):
            worker = self._leases[long].worker
            if not worker.recycle:
                worker.recycle = True  # a process cannot raise its priority again
                self._send({"nice": worker.pid})
        for ticket in self._schedule.to_end(now) if self._waiting else ():
            self.kill(self._leases[ticket], EndReason.PREEMPTED)
        self._dispatch()

    def _send(self, message: dict[str, int]) -> None:
        if self._keeper is not None:
            self._keeper.send(message)

    def _handle_message(self, message: dict[str, int], descriptors: list[int]) -> None:
        """Handle a message from the keeper: it is ready, or has forked or reaped a worker."""
        if "ready" in message:
            self._send({"fork": self._policy.workers})
        elif "forked" in message:
            if descriptors:
                self._start_task(self._add_worker(message["forked"], descriptors[0], self._keeper))
            else:  # this process has no free descriptor; the pool requests another worker when this one has ended
                self._unconnected.add(message["forked"])
                self._send({"end": message["forked"]})
        elif "reaped" in message:
            self._remove_worker(message["reaped"], message["code"])

    def _start_task(self, work: Coroutine[object, object, None]) -> None:
        """Start a task that `close` awaits."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close_channel(self, channel: Channel) -> None:
        channel.close()
        await channel.wait_closed()

    async def _add_worker(self, pid: int, descriptor: int, keeper: KeeperLink | None) -> None:
        loop = asyncio.get_running_loop()
        stream = socket.socket(fileno=descriptor)
        _, channel = await loop.create_unix_connection(Channel, sock=stream)
        if pid in self._reaped_early or keeper is not self._keeper:
            self._reaped_early.discard(pid)
            await self._close_channel(channel)
            return
        worker = Worker(pid, channel, loop.create_future())
        self._workers[pid] = worker
        self._idle.append(worker)
        self._ready = True
        if self._starting is not None and not self._starting.done():
            self._starting.set_result(None)
        self._dispatch()

    def _remove_worker(self, pid: int, code: int) -> None:
        """Record why a worker has ended, and request another from the keeper."""
        worker = self._workers.pop(pid, None)
        reason = (worker.end_reason if worker else None) or _reason(code)
        self.ended_by[reason] = self.ended_by.get(reason, 0) + 1
        if self._observer is not None:
            self._observer.worker_ended(reason)
        if reason == EndReason.CRASH:
            _log.error("worker %d ended with code %d", pid, code)
        if worker is None:
            # The worker ended before its stream was connected; a delay keeps repeated failures from forking at once.
            if pid not in self._unconnected:
                self._reaped_early.add(pid)
            self._unconnected.discard(pid)
            if self._keeper is not None:
                asyncio.get_running_loop().call_later(_FORK_AGAIN, self._keeper.send, {"fork": 1})
            return
        if not worker.ended.done():
            worker.ended.set_result(reason)
        self._start_task(self._close_channel(worker.channel))
        if worker in self._idle:
            self._idle.remove(worker)
        self._send({"fork": 1})

    def _handle_keeper_exit(self) -> None:
        """Reject queries until there is another keeper."""
        if self._closing:
            return
        _log.error("the keeper has ended; waiting for another")
        self._drop_workers()
        self._connecting = asyncio.create_task(self._connect())

    def _drop_workers(self) -> None:
        """Remove the keeper and its workers, which end with it, and reject the waiting queries."""
        self._ready = False
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        self._reaped_early.clear()
        self._unconnected.clear()
        for worker in self._workers.values():
            if not worker.ended.done():
                worker.ended.set_result(EndReason.FORK_SERVER_ENDED)
            self._start_task(self._close_channel(worker.channel))
        self._workers.clear()
        self._idle.clear()
        for ticket, turn in list(self._waiting.items()):
            self._schedule.end(ticket, monotonic())
            if not turn.done():
                turn.set_exception(EngineUnavailable())
        self._waiting.clear()
        self._notify()
        if self._rebalance_timer is not None:
            self._rebalance_timer.cancel()
            self._rebalance_timer = None


def _reason(code: int) -> EndReason:
    """Return the reason for the end of a worker from its exit code, if the server did not end it."""
    return EndReason.RECYCLED if code == 0 else EndReason(reason_of(code))
