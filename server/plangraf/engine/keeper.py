"""The keeper: a small process, without threads or event loop, that holds the release and forks workers.

It is run as a program (`python -m plangraf.engine.keeper SOCKET CONFIGURATION`), so that it begins clean however many
threads the server has. It ends with the server, and its workers end with it.
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
from plangraf.engine.source import Source
from plangraf.engine.worker import work

_NICE = 5
"""How far a worker stands behind the server, which must answer whatever its workers do."""


def main() -> None:
    """Load the release, then fork and watch workers until the server goes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    configuration = orjson.loads(sys.argv[2])
    end_with_parent(configuration["parent"])
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)  # the server drains first; the keeper ends when the server has gone
    source = Source(**configuration["source"])
    store: ox.Store | None = None
    if source.quads is not None:
        store = ox.Store()
        store.bulk_load(path=source.quads, format=ox.RdfFormat.N_QUADS)
    _Keeper(control, source, store, Limits(**configuration["limits"])).run()


class _Keeper:
    def __init__(self, control: socket.socket, source: Source, store: ox.Store | None, limits: Limits) -> None:
        self._control = control
        self._source = source
        self._store = store
        self._limits = limits
        self._workers: set[int] = set()
        self._wakeup, ringing = socket.socketpair()
        self._ringing = ringing
        for end in (self._wakeup, ringing):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ringing.fileno(), warn_on_full_buffer=False)

    def run(self) -> None:
        # What is here now is never collected, so that no worker writes to shared pages by collecting.
        gc.collect()
        gc.freeze()
        self._tell({"ready": os.getpid()})
        try:
            self._watch()
        finally:
            signal.set_wakeup_fd(-1)

    def _watch(self) -> None:
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
                self._heed(orjson.loads(message))

    def _heed(self, message: dict[str, int]) -> None:
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
        ours, theirs = socket.socketpair()
        keeper = os.getpid()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.set_wakeup_fd(-1)
                for default in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
                    signal.signal(default, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server drains
                for unneeded in (ours, self._control, self._wakeup, self._ringing):
                    unneeded.close()
                end_with_parent(keeper)
                os.nice(_NICE)
                # A directory is opened by each worker after the fork: RocksDB's threads do not survive one.
                on_disk = self._store is None
                store = ox.Store.read_only(str(self._source.directory)) if self._store is None else self._store
                work(theirs, store, self._limits, files=on_disk)
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(status)
        theirs.close()
        self._workers.add(pid)
        socket.send_fds(self._control, [orjson.dumps({"born": pid})], [ours.fileno()])
        ours.close()

    def _reap(self) -> None:
        while self._workers:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._workers.discard(pid)
            self._tell({"ended": pid, "code": os.waitstatus_to_exitcode(status)})

    def _tell(self, message: dict[str, int]) -> None:
        self._control.sendall(orjson.dumps(message))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        main()
