"""The keeper: a small process with one thread and no event loop, which loads a release and forks workers for pools.

It runs as a program of its own (`python -m plangraf.engine.keeper SOCKET CONFIGURATION`), because a fork of a server
with its threads would not be safe. SOCKET belongs to its owner: the process that started it, on whose end the kernel
ends the keeper. The owner attaches pools, each with a socket of its own and in a process of its own if it likes. The
keeper ends once its owner has closed SOCKET and the last pool is gone; workers end with their pool or the keeper.

The keeper of the next release can be a copy of this one in which only the differences are updated, which takes a
fraction of the time of loading. The copy shares the memory of all else, and its parent is the owner, which must be a
subreaper.

All messages are JSON on SOCK_SEQPACKET sockets:

    owner -> keeper     {"attach": 1} with the file descriptor of a pool's socket
                        {"succeed": UPDATE} with the file descriptor of the SOCKET of a copy
    keeper -> owner     {"started": PID} from a copy
                        {"ready": PID} once the release is loaded, or {"failed": MESSAGE} before it exits
    pool -> keeper      {"fork": NUMBER}, {"end": PID}, {"nice": PID}
    keeper -> pool      {"ready": PID} first, {"forked": PID} with a descriptor, {"reaped": PID, "code": EXIT CODE}
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import orjson
import pyoxigraph as ox

from plangraf.confinement import end_with_parent, name_process
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.store_update import StoreSize, StoreUpdate, UpdateFailed
from plangraf.engine.worker import work

_NICE = 5
"""The niceness of a worker relative to the server, which must respond even while all workers are busy."""
_FORK_AGAIN = 0.2
"""The delay, in seconds, before another attempt to fork, when descriptors, processes or memory are lacking."""
_LONGEST_MESSAGE = 256 * 1024
"""The size of the buffer for a message, in bytes; the kernel refuses to send longer ones by default."""


def main() -> None:
    """Load the release, then fork and reap workers until nobody needs them."""
    owner = socket.socket(fileno=int(sys.argv[1]))
    configuration = orjson.loads(sys.argv[2])
    end_with_parent(configuration["parent"])
    name_process("plangraf-keeper")
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # the server drains first, and this process ends with it
    location = StoreLocation(**configuration["location"])
    try:
        store = _load(location)
    except (OSError, SyntaxError) as error:
        owner.sendall(orjson.dumps({"failed": str(error)}))
        sys.exit(1)
    size = StoreSize(len(store)) if store is not None else None
    while True:
        keeper = _Keeper(owner, location, store, Limits(**configuration["limits"]), configuration["parent"])
        copy = keeper.run()
        if copy is None or store is None or size is None:
            return
        # This process is the copy. It has returned here so that the stack does not grow from copy to copy.
        owner = copy.owner
        owner.sendall(orjson.dumps({"started": os.getpid()}))
        try:
            size = copy.update.apply(store, size)
        except UpdateFailed as error:
            owner.sendall(orjson.dumps({"failed": str(error)}))
            sys.exit(1)


def _load(location: StoreLocation) -> ox.Store | None:
    """Return the store in memory, or None after a store on disk has been opened once.

    Raises:
        OSError: the file or the directory cannot be read.
        SyntaxError: the file is not N-Quads.
    """
    if location.quads is None:
        # Each worker opens the directory after the fork, because RocksDB's threads do not survive a fork.
        ox.Store.read_only(str(location.directory))
        return None
    store = ox.Store()
    # Loading leaves millions of small blocks behind. The allocator of the C library keeps those of another thread in
    # an arena of their own, so that queries, in the main thread of a worker, do not search the gaps between them:
    # that is half of the time of a CONSTRUCT. The thread has ended before the first fork.
    with ThreadPoolExecutor(1) as loading:
        loading.submit(store.bulk_load, path=location.quads, format=ox.RdfFormat.N_QUADS).result()
    return store


@dataclass(eq=False)
class _AttachedPool:
    """A pool, as the keeper sees it.

    Attributes:
        stream: the socket to it.
        workers: the process identifiers of its workers.
        owed: the number of workers that it has requested and that have not been forked yet.
        attached: whether it still listens.
    """

    stream: socket.socket
    workers: set[int] = field(default_factory=set)
    owed: int = 0
    attached: bool = True

    def fileno(self) -> int:
        return self.stream.fileno()

    def send(self, message: dict[str, int], descriptor: int | None = None) -> None:
        """Send a message; a pool whose process has ended receives nothing more."""
        try:
            socket.send_fds(self.stream, [orjson.dumps(message)], [] if descriptor is None else [descriptor])
        except (BrokenPipeError, ConnectionResetError):
            self.attached = False


@dataclass(frozen=True)
class _Copy:
    """The task of a copy of a keeper.

    Attributes:
        owner: the socket to its owner.
        update: the difference between the release that is loaded and its own.
    """

    owner: socket.socket
    update: StoreUpdate


class _Keeper:
    def __init__(
        self, owner: socket.socket, location: StoreLocation, store: ox.Store | None, limits: Limits, parent: int
    ) -> None:
        self._owner: socket.socket | None = owner
        self._parent = parent
        self._copy: _Copy | None = None
        self._location = location
        self._store = store
        self._limits = limits
        self._pools: list[_AttachedPool] = []
        self._failing = False
        # The kernel writes a byte here for each signal, so that `select` wakes when a worker has ended.
        self._wakeup, self._wakeup_writer = socket.socketpair()
        for end in (self._wakeup, self._wakeup_writer):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakeup_writer.fileno(), warn_on_full_buffer=False)

    def run(self) -> _Copy | None:
        """Work until nobody needs this keeper, and return None; in a copy of this process, return its task."""
        # Exclude existing objects from garbage collection, which would write to pages that the workers share.
        gc.collect()
        gc.freeze()
        assert self._owner is not None  # noqa: S101  # it closes its end later, if at all
        self._owner.sendall(orjson.dumps({"ready": os.getpid()}))
        try:
            while self._owner is not None or self._pools:
                self._step()
        finally:
            signal.set_wakeup_fd(-1)
        return self._copy

    def _step(self) -> None:
        owed = any(pool.owed for pool in self._pools)
        watched: list[_AttachedPool | socket.socket] = [
            *self._pools,
            self._wakeup,
            *([self._owner] if self._owner is not None else []),
        ]
        ready, _, _ = select.select(watched, [], [], _FORK_AGAIN if owed else None)
        if self._wakeup in ready:
            with contextlib.suppress(BlockingIOError):
                self._wakeup.recv(4096)
            self._reap()
        for pool in self._pools:
            if pool in ready:
                self._receive(pool)
        if self._owner in ready:
            self._receive_from_owner()
        for pool in self._pools:
            self._fork_owed(pool)
        for pool in [pool for pool in self._pools if not pool.attached]:
            self._detach(pool)

    def _receive_from_owner(self) -> None:
        assert self._owner is not None  # noqa: S101  # it was ready to be read
        message, descriptors = _receive(self._owner)
        if message is None:
            self._owner.close()
            self._owner = None
        elif "succeed" in message:
            for descriptor in descriptors:
                self._fork_copy(socket.socket(fileno=descriptor), StoreUpdate.of(message["succeed"]))
        else:
            for descriptor in descriptors:
                pool = _AttachedPool(socket.socket(fileno=descriptor))
                self._pools.append(pool)
                pool.send({"ready": os.getpid()})

    def _receive(self, pool: _AttachedPool) -> None:
        message, _ = _receive(pool.stream)
        if message is None:
            pool.attached = False
            return
        pool.owed += message.get("fork", 0)
        pid = message.get("end", message.get("nice"))
        if pid in pool.workers:
            if "end" in message:
                os.kill(pid, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, pid, 19)

    def _detach(self, pool: _AttachedPool) -> None:
        """End the workers of a pool whose process has ended, or that has been closed."""
        self._pools.remove(pool)
        for pid in pool.workers:
            os.kill(pid, signal.SIGKILL)
        pool.stream.close()

    def _fork_owed(self, pool: _AttachedPool) -> None:
        """Fork the workers that a pool has requested; what is lacking now may be there at the next attempt."""
        while pool.owed and pool.attached:
            try:
                self._fork(pool)
            except OSError as error:
                if not self._failing:
                    with contextlib.suppress(OSError):
                        sys.stderr.write(f"the keeper cannot fork a worker, and tries again: {error}\n")
                self._failing = True
                return
            self._failing = False
            pool.owed -= 1

    def _fork(self, pool: _AttachedPool) -> None:
        server_end, worker_end = socket.socketpair()
        with server_end, worker_end:
            parent = os.getpid()
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    self._become_worker(worker_end, server_end, parent)
                    status = 0
                except BaseException:
                    sys.excepthook(*sys.exc_info())
                finally:
                    os._exit(status)
            try:
                pool.send({"forked": pid}, server_end.fileno())
            except OSError:  # too many descriptors are on their way
                os.kill(pid, signal.SIGKILL)
                raise
            pool.workers.add(pid)

    def _fork_copy(self, owner: socket.socket, update: StoreUpdate) -> None:
        """Fork a copy of this process whose parent is the owner; if that fails, the owner sees its socket closed."""
        with owner:
            try:
                between = os.fork()
            except OSError as error:
                with contextlib.suppress(OSError):
                    sys.stderr.write(f"the keeper cannot fork its successor: {error}\n")
                return
            if between:
                os.waitpid(between, 0)
                return
            # The kernel gives the child of a process that has ended to the next subreaper, which is the owner.
            between = os.getpid()
            try:
                if os.fork():
                    os._exit(0)
            except OSError:
                os._exit(1)
            self._copy = _Copy(owner.dup(), update)
        self._close_sockets()
        while os.getppid() == between:
            time.sleep(0.001)
        end_with_parent(self._parent)

    def _close_sockets(self) -> None:
        """Close the sockets of the keeper in a process that has been forked from it."""
        for unneeded in (self._owner, self._wakeup, self._wakeup_writer):
            if unneeded is not None:
                unneeded.close()
        for pool in self._pools:
            pool.stream.close()
        self._owner = None
        self._pools.clear()

    def _become_worker(self, stream: socket.socket, other_end: socket.socket, parent: int) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # SIGINT and SIGTERM stay ignored: they may reach the whole group, and running queries must be answered.
        other_end.close()
        self._close_sockets()
        end_with_parent(parent)
        name_process("plangraf-worker")
        os.nice(_NICE)
        on_disk = self._store is None
        store = ox.Store.read_only(str(self._location.directory)) if self._store is None else self._store
        work(stream, store, self._limits, files=on_disk)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for pool in self._pools:
                if pid in pool.workers:
                    pool.workers.discard(pid)
                    pool.send({"reaped": pid, "code": os.waitstatus_to_exitcode(status)})


def _receive(stream: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Return a message and the descriptors that came with it; None at the end."""
    try:
        data, descriptors, _, _ = socket.recv_fds(stream, _LONGEST_MESSAGE, 1)
    except ConnectionResetError:
        return None, []
    return (orjson.loads(data) if data else None), descriptors


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        main()
