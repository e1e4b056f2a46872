"""The process that opens a release, or builds one, while the supervisor goes on."""

import os
import signal
from collections.abc import Iterable

from plangraf.serving.candidate import Candidate, Rejection, find_candidates, read_candidate
from plangraf.serving.configuration import Configuration
from plangraf.serving.process import Closeable, fork


class ReleaseOpener:
    """A running process that opens the release of the settings.

    Args:
        configuration: the configuration of the server.
        served: the release that is served, if there is one.
        unneeded: the sockets of the supervisor, which the process closes.

    Attributes:
        ended: whether all has been read.

    Raises:
        OSError: there are not enough descriptors or processes.
    """

    def __init__(self, configuration: Configuration, served: Candidate | None, unneeded: Iterable[Closeable]) -> None:
        self._result, write_end = os.pipe()
        self._data = b""
        self._complete = False
        self._reaped = False
        self.ended = False

        def run() -> int:
            os.close(self._result)
            with open(write_end, "wb", buffering=0) as pipe:  # noqa: PTH123  # it is a descriptor
                for line in find_candidates(configuration.settings, configuration.folder / "releases", served):
                    pipe.write(line)
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
        """Read what the process has written, and return the next result, or None if it is not complete.

        A release that has not been verified comes twice, or is followed by its rejection. After the last result, the
        opener is closed, and `ended` is true.
        """
        piece = os.read(self._result, 65536)
        self._data += piece
        line, end, rest = self._data.partition(b"\n")
        found: Candidate | Rejection | None = None
        if end:
            self._data = rest
            found = read_candidate(line)
            self._complete = isinstance(found, Rejection) or (found is not None and found.verified)
        elif not piece and not self._complete:
            found = read_candidate(b"")
        if not piece:
            os.close(self._result)
            self.ended = True
        return found

    def reaped(self, pid: int) -> None:
        """Record that the kernel has reported the end of the process `pid`."""
        self._reaped = self._reaped or pid == self.pid

    def end(self) -> None:
        """End the process before its result is complete."""
        if not self._reaped:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._result)
