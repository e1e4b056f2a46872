"""The keeper as its owner sees it: starting and ending the process, and attaching pools."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict

import orjson

from plangraf.confinement import adopt_orphans
from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation
from plangraf.engine.store_update import StoreUpdate

_LONGEST_UPDATE = 100_000
"""The maximum size of a serialized update, in bytes; the kernel refuses messages of twice that size."""


class KeeperProcess:
    """A running keeper. It ends when its owner has closed it and all pools are gone, or when its owner ends.

    Attributes:
        pid: the process identifier; None until a copy of another keeper has told it.
        ready: whether it has loaded the release, as of the last call of `receive`.
        failure: why it could not load the release, or None.
        copied: whether it is a copy of another keeper.
    """

    def __init__(self, owner: socket.socket, process: "subprocess.Popen[bytes] | None") -> None:
        self.pid = process.pid if process is not None else None
        self.ready = False
        self.failure: str | None = None
        self.copied = process is None
        self._owner = owner
        self._owner.setblocking(False)
        self._process = process
        self._reaped = False

    @classmethod
    def start(cls, location: StoreLocation, limits: Limits) -> "KeeperProcess":
        """Start a keeper that loads a release.

        The thread that starts it must live as long as the owner: the kernel ends the keeper with that thread.

        Args:
            location: the location of the release's quads.
            limits: the limits of each worker.

        Raises:
            OSError: there are not enough descriptors or processes, or there is not enough memory.
        """
        owner, child_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        configuration = {"parent": os.getpid(), "location": asdict(location), "limits": asdict(limits)}
        try:
            with child_end:
                process = subprocess.Popen(  # noqa: S603  # our own program
                    [
                        sys.executable,
                        "-m",
                        "plangraf.engine.keeper",
                        str(child_end.fileno()),
                        orjson.dumps(configuration).decode(),
                    ],
                    pass_fds=[child_end.fileno()],
                    stdin=subprocess.DEVNULL,
                )
        except OSError:
            owner.close()
            raise
        return cls(owner, process)

    def copy(self, update: StoreUpdate) -> "KeeperProcess | None":
        """Have this keeper, which must be ready, make a copy of itself for a release that differs in a few places.

        The copy belongs to the same owner. It closes its socket without being ready if it cannot be made.

        Args:
            update: the difference between the release that this keeper has loaded and the other one.

        Returns:
            the copy, or None if the difference is too large to be sent.

        Raises:
            OSError: there are not enough descriptors, or this keeper has ended.
        """
        message = orjson.dumps({"succeed": asdict(update)})
        if len(message) > _LONGEST_UPDATE:
            return None
        adopt_orphans()
        owner, child_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with child_end:
            try:
                socket.send_fds(self._owner, [message], [child_end.fileno()])
            except OSError:
                owner.close()
                raise
        return KeeperProcess(owner, None)

    def fileno(self) -> int:
        """Return the descriptor that is readable when `receive` has something to read."""
        return self._owner.fileno()

    def attach(self) -> socket.socket:
        """Return the socket of a new pool, which may be used in another process.

        Raises:
            OSError: there are not enough descriptors, or the keeper has ended.
        """
        pool_end, keeper_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with keeper_end:
            try:
                socket.send_fds(self._owner, [orjson.dumps({"attach": 1})], [keeper_end.fileno()])
            except OSError:
                pool_end.close()
                raise
        return pool_end

    def receive(self) -> bool:
        """Read what the keeper has sent, and return whether it is still there; `ready` and `failure` may change."""
        while True:
            try:
                data = self._owner.recv(65536)
            except BlockingIOError:
                return True
            except ConnectionResetError:
                return False
            if not data:
                return False
            message = orjson.loads(data)
            self.pid = message.get("started", self.pid)
            self.ready = self.ready or "ready" in message
            self.failure = message.get("failed", self.failure)

    def close(self) -> None:
        """Let the process end, once all its pools are closed."""
        self._owner.close()

    def kill(self) -> None:
        """End the process, and its workers with it."""
        if self.pid is None:
            self.receive()
        self.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        elif self.pid is not None and not self._reaped:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait until the process has ended, and return its exit code.

        Raises:
            ChildProcessError: it is a copy that has not started, or its exit code has been learned already.
        """
        if self._process is not None:
            return self._process.wait()
        if self.pid is None:
            raise ChildProcessError
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def reaped(self, code: int) -> None:
        """Record that the owner has learned the exit code from the kernel."""
        self._reaped = True
        if self._process is not None:
            self._process.returncode = code
