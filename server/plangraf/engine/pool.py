"""The front's side of the workers: a keeper kept alive, workers lent out, and the reason when one ends."""

import asyncio
import logging
import socket
from collections.abc import Coroutine
from time import monotonic

from plangraf.confinement import reason_of
from plangraf.engine.channel import Channel
from plangraf.engine.errors import EngineUnavailable, Overloaded, TooManyQueries
from plangraf.engine.keeping import KeeperProcess
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy, Schedule, Ticket
from plangraf.engine.source import Source
from plangraf.engine.workers import Lease, Worker

_log = logging.getLogger(__name__)


class Pool:
    """Workers of one release."""

    def __init__(self, source: Source, limits: Limits, policy: Policy) -> None:
        self._source = source
        self._limits = limits
        self._schedule = Schedule(policy)
        self._policy = policy
        self._idle: list[Worker] = []
        self._workers: dict[int, Worker] = {}
        self._leases: dict[Ticket, Lease] = {}
        self._calls: dict[Ticket, asyncio.Future[Worker]] = {}
        self._keeper: KeeperProcess | None = None
        self._ready = False
        self._closing = False
        self._relief: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._stillborn: set[int] = set()
        self._starting: asyncio.Future[None] | None = None
        self.ended_by: dict[str, int] = {}

    @property
    def running(self) -> int:
        """How many queries run."""
        return len(self._leases)

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return len(self._calls)

    @property
    def processes(self) -> list[int]:
        """The keeper and the workers."""
        return [*([self._keeper.pid] if self._keeper else []), *self._workers]

    async def start(self) -> None:
        """Start the keeper and wait until the first worker is there."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.get_running_loop().create_future()
        self._keeper = KeeperProcess(self._source, self._limits, self._hear, self._keeper_gone)
        await self._starting

    async def close(self) -> None:
        """End the keeper and with it all workers."""
        self._closing = True
        keeper = self._keeper
        if keeper is not None:
            keeper.close()  # nothing new comes from it while what has begun is ended
        if self._starting is not None and not self._starting.done():
            self._starting.set_result(None)
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._down()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if keeper is not None:
            await keeper.wait()

    async def lend(self, client: str | None) -> Lease:
        """Return a worker for a query of `client`, once it is its turn.

        Raises:
            TooManyQueries: the client has too many waiting.
            Overloaded: too many wait in all.
            EngineUnavailable: the keeper is starting.
        """
        if not self._ready:
            raise EngineUnavailable
        if not self._schedule.client_has_room(client):
            raise TooManyQueries(self._policy.client_running, self._policy.client_waiting)
        if not self._schedule.has_room(client):
            raise Overloaded
        ticket = Ticket(client)
        call: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._schedule.waiting.append(ticket)
        self._calls[ticket] = call
        self._dispatch()
        if call.done():
            return Lease(ticket, call.result())
        try:
            async with asyncio.timeout(self._policy.longest_wait):
                worker = await call
        except BaseException as error:
            self._calls.pop(ticket, None)
            lease = self._leases.get(ticket)
            if lease is not None:  # the turn came together with the cancellation
                self.give_back(lease)
            else:
                self._schedule.end(ticket, monotonic())
            if isinstance(error, TimeoutError):
                raise Overloaded from None
            raise
        return Lease(ticket, worker)

    def give_back(self, lease: Lease) -> None:
        """Take back a worker that has finished its query."""
        self._close_ticket(lease)
        worker = lease.worker
        if worker.pid not in self._workers:
            return
        if worker.spent or worker.channel.ended:
            self._tell({"end": worker.pid})
            worker.sentence = worker.sentence or "worn"
        else:
            self._idle.append(worker)
        self._dispatch()

    def end(self, lease: Lease, reason: str) -> None:
        """End the worker of a query that is not to be finished."""
        lease.worker.sentence = lease.worker.sentence or reason
        self._tell({"end": lease.worker.pid})
        self._close_ticket(lease)
        self._dispatch()

    async def reason(self, worker: Worker) -> str:
        """Return why a worker has ended, when its stream has."""
        try:
            return await asyncio.wait_for(asyncio.shield(worker.ended), 2)
        except TimeoutError:
            self._tell({"end": worker.pid})
            return "crash"

    def _close_ticket(self, lease: Lease) -> None:
        self._leases.pop(lease.ticket, None)
        self._schedule.end(lease.ticket, monotonic())

    def _dispatch(self) -> None:
        """Give idle workers to those whose turn it is."""
        while self._idle:
            now = monotonic()
            ticket = self._schedule.next(now)
            if ticket is None:
                break
            call = self._calls.pop(ticket)
            if call.done():  # its client has gone
                self._schedule.end(ticket, now)
                continue
            # The one that worked last: its memory is warm. A worker that reads copies the pages that it counts
            # references in, so that few workers with much to do cost less than many with little.
            worker = self._idle.pop()
            self._schedule.begin(ticket, now)
            lease = Lease(ticket, worker)
            self._leases[ticket] = lease
            call.set_result(worker)
        if (self._calls or self._leases) and self._relief is None:
            self._relief = asyncio.get_running_loop().call_later(self._policy.patience / 5, self._relieve)

    def _relieve(self) -> None:
        """Put long queries behind short ones, and end one where too many keep short ones waiting."""
        self._relief = None
        now = monotonic()
        for long in self._schedule.to_yield(now):
            worker = self._leases[long].worker
            if not worker.spent:
                worker.spent = True
                self._tell({"nice": worker.pid})
        for ticket in self._schedule.to_end(now) if self._calls else ():
            self.end(self._leases[ticket], "overload")
        self._dispatch()

    def _tell(self, message: dict[str, int]) -> None:
        if self._keeper is not None:
            self._keeper.tell(message)

    def _hear(self, message: dict[str, int], descriptors: list[int]) -> None:
        """Take what the keeper says."""
        if "ready" in message:
            self._tell({"fork": self._policy.workers})
        elif "born" in message:
            self._later(self._welcome(message["born"], descriptors[0]))
        elif "ended" in message:
            self._bury(message["ended"], message["code"])

    def _later(self, work: Coroutine[object, object, None]) -> None:
        """Have something done soon, and before the pool is closed."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _farewell(self, worker: Worker) -> None:
        worker.channel.close()
        await worker.channel.wait_closed()

    async def _welcome(self, pid: int, descriptor: int) -> None:
        loop = asyncio.get_running_loop()
        stream = socket.socket(fileno=descriptor)
        _, channel = await loop.create_unix_connection(Channel, sock=stream)
        if pid in self._stillborn:
            self._stillborn.discard(pid)
            channel.close()
            await channel.wait_closed()
            return
        worker = Worker(pid, channel, loop.create_future())
        self._workers[pid] = worker
        self._idle.append(worker)
        self._ready = True
        if self._starting is not None and not self._starting.done():
            self._starting.set_result(None)
        self._dispatch()

    def _bury(self, pid: int, code: int) -> None:
        worker = self._workers.pop(pid, None)
        reason = (worker.sentence if worker else None) or reason_of(code)
        self.ended_by[reason] = self.ended_by.get(reason, 0) + 1
        if reason == "crash":
            _log.error("worker %d ended with code %d", pid, code)
        if worker is None:
            # It has ended before it was welcomed. Another is tried, but not at once.
            self._stillborn.add(pid)
            asyncio.get_running_loop().call_later(0.2, self._tell, {"fork": 1})
            return
        if not worker.ended.done():
            worker.ended.set_result(reason)
        self._later(self._farewell(worker))
        if worker in self._idle:
            self._idle.remove(worker)
        self._tell({"fork": 1})

    def _keeper_gone(self) -> None:
        """Answer 503 until there is a new keeper, and make one."""
        if self._closing:
            return
        _log.error("the keeper has ended; starting another")
        self._down()
        self._later(self.start())

    def _down(self) -> None:
        self._ready = False
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        for worker in self._workers.values():
            if not worker.ended.done():
                worker.ended.set_result("keeper")
            self._later(self._farewell(worker))
        self._workers.clear()
        self._idle.clear()
        for ticket, call in list(self._calls.items()):
            self._schedule.end(ticket, monotonic())
            if not call.done():
                call.set_exception(EngineUnavailable())
        self._calls.clear()
        if self._relief is not None:
            self._relief.cancel()
            self._relief = None
