"""The front's side of the keeper: a process of its own, told what to do and heard when something happens."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict

import orjson

from plangraf.engine.limits import Limits
from plangraf.engine.source import Source


class KeeperProcess:
    """A keeper. It ends when it is closed, and when this process ends."""

    def __init__(
        self,
        source: Source,
        limits: Limits,
        heard: Callable[[dict[str, int], list[int]], None],
        gone: Callable[[], None],
    ) -> None:
        """Start a keeper of `source`.

        Args:
            source: what it loads.
            limits: what it holds its workers to.
            heard: called with each message of the keeper, and the descriptors that came with it.
            gone: called when the keeper has ended without having been closed.
        """
        self._heard = heard
        self._gone = gone
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        configuration = {"parent": os.getpid(), "source": asdict(source), "limits": asdict(limits)}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own program; it must be forked by this thread
                [
                    sys.executable,
                    "-m",
                    "plangraf.engine.keeper",
                    str(theirs.fileno()),
                    orjson.dumps(configuration).decode(),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        ours.setblocking(False)
        self._control: socket.socket | None = ours
        asyncio.get_running_loop().add_reader(ours, self._hear)

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def tell(self, message: dict[str, int]) -> None:
        """Send a message; one that has ended does not hear it."""
        if self._control is not None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._control.send(orjson.dumps(message))

    def close(self) -> None:
        """End the keeper, and with it its workers."""
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None

    async def wait(self) -> None:
        """Wait until the process has ended."""
        await asyncio.to_thread(self._process.wait)

    def _hear(self) -> None:
        while self._control is not None:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._control, 4096, 1)
            except BlockingIOError:
                return
            except ConnectionResetError:
                data, descriptors = b"", []
            if not data:
                self.close()
                self._process.wait()
                self._gone()
                return
            self._heard(orjson.loads(data), descriptors)
