"""The server's side of the keeper: starting and ending the process, sending and receiving messages."""

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
from plangraf.engine.store_location import StoreLocation


class KeeperProcess:
    """A running keeper. It ends when it is closed or when the server process ends."""

    def __init__(
        self,
        location: StoreLocation,
        limits: Limits,
        on_message: Callable[[dict[str, int], list[int]], None],
        on_exit: Callable[[], None],
    ) -> None:
        """Start the process.

        Args:
            location: the location of the release's quads.
            limits: the limits of each worker.
            on_message: called with each message from the keeper and the file descriptors in the message.
            on_exit: called when the keeper has ended although the server has not closed it.
        """
        self._on_message = on_message
        self._on_exit = on_exit
        server_end, child_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        configuration = {"parent": os.getpid(), "location": asdict(location), "limits": asdict(limits)}
        with child_end:
            self._process = subprocess.Popen(  # noqa: S603  # our own program; it must be forked by this thread
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
        server_end.setblocking(False)
        self._control: socket.socket | None = server_end
        asyncio.get_running_loop().add_reader(server_end, self._receive)

    def send(self, message: dict[str, int]) -> None:
        """Send a message; nothing happens if the process has ended."""
        if self._control is not None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._control.send(orjson.dumps(message))

    def close(self) -> None:
        """End the process and its workers."""
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None

    async def wait(self) -> None:
        """Wait until the process has ended."""
        await asyncio.to_thread(self._process.wait)

    def _receive(self) -> None:
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
                self._on_exit()
                return
            self._on_message(orjson.loads(data), descriptors)
