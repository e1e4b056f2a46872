"""The keeper as its owner sees it: starting and ending the process, and attaching pools."""

import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import asdict

import orjson

from plangraf.engine.limits import Limits
from plangraf.engine.store_location import StoreLocation


class KeeperProcess:
    """A running keeper. It ends when its owner has closed it and all pools are gone, or when its owner ends.

    The thread that starts it must live as long as the owner: the kernel ends the keeper with that thread.

    Args:
        location: the location of the release's quads.
        limits: the limits of each worker.

    Attributes:
        ready: whether it has loaded the release, as of the last call of `receive`.
        failure: why it could not load the release, or None.

    Raises:
        OSError: there are not enough descriptors or processes, or there is not enough memory.
    """

    def __init__(self, location: StoreLocation, limits: Limits) -> None:
        self.ready = False
        self.failure: str | None = None
        self._owner, child_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        configuration = {"parent": os.getpid(), "location": asdict(location), "limits": asdict(limits)}
        try:
            with child_end:
                self._process = subprocess.Popen(  # noqa: S603  # our own program
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
            self._owner.close()
            raise
        self._owner.setblocking(False)

    @property
    def pid(self) -> int:
        """The process identifier."""
        return self._process.pid

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
            self.ready = self.ready or "ready" in message
            self.failure = message.get("failed", self.failure)

    def close(self) -> None:
        """Let the process end, once all its pools are closed."""
        self._owner.close()

    def kill(self) -> None:
        """End the process, and its workers with it."""
        self.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def wait(self) -> int:
        """Wait until the process has ended, and return its exit code."""
        return self._process.wait()

    def reaped(self, code: int) -> None:
        """Record that the owner has learned the exit code from the kernel."""
        self._process.returncode = code
