"""The process that opens a release, or builds one, while the supervisor goes on."""

import os
import signal
from collections.abc import Iterable

from plangraf.serving.candidate import Candidate, Rejection, make_candidate, read_candidate
from plangraf.serving.configuration import Configuration
from plangraf.serving.process import Closeable, fork


class ReleaseOpener:
    """A running process that opens the release of the settings.

    Args:
        configuration: the configuration of the server.
        served: the release that is served, if there is one.
        unneeded: the sockets of the supervisor, which the process closes.

    Raises:
        OSError: there are not enough descriptors or processes.
    """

    def __init__(self, configuration: Configuration, served: Candidate | None, unneeded: Iterable[Closeable]) -> None:
        self._result, write_end = os.pipe()
        self._data = b""
        self._reaped = False

        def run() -> int:
            os.close(self._result)
            data = make_candidate(configuration.settings, configuration.folder / "releases", served)
            with open(write_end, "wb") as pipe:  # noqa: PTH123  # it is a descriptor
                pipe.write(data)
            return 0

        try:
            self.pid = fork("plangraf-opener", run, unneeded)
        except OSError:
            os.close(self._result)
            raise
        finally:
            os.close(write_end)

    def fileno(self) -> int:
        """Return the descriptor that is readable when `read` has something to read."""
        return self._result

    def read(self) -> Candidate | Rejection | None:
        """Read what the process has written, and return its result when it is complete; the opener is then closed."""
        piece = os.read(self._result, 65536)
        self._data += piece
        if piece:
            return None
        os.close(self._result)
        return read_candidate(self._data)

    def reaped(self, pid: int) -> None:
        """Record that the kernel has reported the end of the process `pid`."""
        self._reaped = self._reaped or pid == self.pid

    def end(self) -> None:
        """End the process before its result is complete."""
        if not self._reaped:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._result)
