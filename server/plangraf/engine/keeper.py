"""The keeper: a small process, without threads or event loop, that loads the release and forks workers.

It runs as a program of its own (`python -m plangraf.engine.keeper SOCKET CONFIGURATION`), because a fork of the
server with its threads would not be safe. It ends with the server, and its workers end with it.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys

import orjson
import pyoxigraph as ox

from plangraf.confinement import end_with_parent
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.worker import work

_NICE = 5
"""The niceness of a worker relative to the server, which must respond even while all workers are busy."""


def main() -> None:
    """Load the release, then fork and reap workers until the server ends."""
    control = socket.socket(fileno=int(sys.argv[1]))
    configuration = orjson.loads(sys.argv[2])
    end_with_parent(configuration["parent"])
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server drains first, and this process ends with it
    location = StoreLocation(**configuration["location"])
    store: ox.Store | None = None
    if location.quads is not None:
        store = ox.Store()
        store.bulk_load(path=location.quads, format=ox.RdfFormat.N_QUADS)
    _Keeper(control, location, store, Limits(**configuration["limits"])).run()


class _Keeper:
    def __init__(
        self, control: socket.socket, location: StoreLocation, store: ox.Store | None, limits: Limits
    ) -> None:
        self._control = control
        self._location = location
        self._store = store
        self._limits = limits
        self._workers: set[int] = set()
        # The kernel writes a byte here for each signal, so that `select` wakes when a worker has ended.
        self._wakeup, self._wakeup_writer = socket.socketpair()
        for end in (self._wakeup, self._wakeup_writer):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakeup_writer.fileno(), warn_on_full_buffer=False)

    def run(self) -> None:
        # Exclude existing objects from garbage collection, which would write to pages that the workers share.
        gc.collect()
        gc.freeze()
        self._send({"ready": os.getpid()})
        try:
            self._serve()
        finally:
            signal.set_wakeup_fd(-1)

    def _serve(self) -> None:
        while True:
            ready, _, _ = select.select([self._control, self._wakeup], [], [])
            if self._wakeup in ready:
                with contextlib.suppress(BlockingIOError):
                    self._wakeup.recv(4096)
                self._reap()
            if self._control in ready:
                message = self._control.recv(65536)
                if not message:
                    return
                self._handle_message(orjson.loads(message))

    def _handle_message(self, message: dict[str, int]) -> None:
        if "fork" in message:
            for _ in range(message["fork"]):
                self._fork()
        pid = message.get("end", message.get("nice"))
        if pid in self._workers:
            if "end" in message:
                os.kill(pid, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, pid, 19)

    def _fork(self) -> None:
        server_end, worker_end = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.set_wakeup_fd(-1)
                for default in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
                    signal.signal(default, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server drains
                for unneeded in (server_end, self._control, self._wakeup, self._wakeup_writer):
                    unneeded.close()
                end_with_parent(parent)
                os.nice(_NICE)
                # Each worker opens the directory after the fork, because RocksDB's threads do not survive a fork.
                on_disk = self._store is None
                store = ox.Store.read_only(str(self._location.directory)) if self._store is None else self._store
                work(worker_end, store, self._limits, files=on_disk)
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(status)
        worker_end.close()
        self._workers.add(pid)
        socket.send_fds(self._control, [orjson.dumps({"forked": pid})], [server_end.fileno()])
        server_end.close()

    def _reap(self) -> None:
        while self._workers:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._workers.discard(pid)
            self._send({"reaped": pid, "code": os.waitstatus_to_exitcode(status)})

    def _send(self, message: dict[str, int]) -> None:
        self._control.sendall(orjson.dumps(message))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        main()
