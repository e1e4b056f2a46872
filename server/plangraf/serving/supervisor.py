"""The supervisor: the process that starts all others, replaces those that end, and changes the release.

It waits for signals, messages and points in time with `select`. It has neither threads nor an event loop.
"""

import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from time import monotonic

from plangraf.serving.children import Children
from plangraf.serving.configuration import Configuration
from plangraf.serving.listener import Listeners
from plangraf.serving.messages import receive_report
from plangraf.serving.process import SIGNALS, Child, Closeable
from plangraf.serving.releases import Releases, StartFailed

_LATER = 1.0
"""The time in seconds that fronts have to end after their own limit for that."""
_LAST = 2.0
"""The time in seconds that the other processes have to end after the fronts, before they are killed."""
_LONGEST = 60.0
"""The maximum time in seconds between two looks at what is due."""


class Supervisor:
    """Runs a server until it is told to stop.

    Args:
        configuration: the configuration of the server.
        listeners: the sockets of the fronts.
        greet: called with the identifier of the release when all fronts serve the first one.
    """

    def __init__(self, configuration: Configuration, listeners: Listeners, greet: Callable[[str], None]) -> None:
        self._configuration = configuration
        self._listeners = listeners
        self._wakeup, self._wakeup_writer = socket.socketpair()
        for end in (self._wakeup, self._wakeup_writer):
            end.setblocking(False)
        self._children = Children(configuration, listeners, self._unneeded, self._offer)
        self._releases = Releases(configuration, self._children.fronts, self._unneeded_by_openers, greet)
        self._drain_until: float | None = None
        self._exit: int | None = None

    def run(self) -> int:
        """Serve until a signal says to stop, and return the exit code."""
        signal.set_wakeup_fd(self._wakeup_writer.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        try:
            self._releases.open_next()
            while self._exit is None:
                self._wait(self._do_due())
        except StartFailed as failed:
            sys.stderr.write(f"plangraf: {failed.rejection.reason}\n")
            self._exit = failed.rejection.exit_code
        finally:
            self._end()
            signal.set_wakeup_fd(-1)
            self._wakeup.close()
            self._wakeup_writer.close()
        return self._exit

    def _do_due(self) -> float:
        """Do what is due now, and return when something is due again."""
        now = monotonic()
        if self._drain_until is not None:
            if now >= self._drain_until or all(front.pid is None for front in self._children.fronts):
                self._exit = 0
            return self._drain_until
        until = min(now + _LONGEST, self._releases.do_due(now))
        if self._releases.opened:
            until = min(until, self._children.start_due(now))
        return until

    def _wait(self, until: float) -> None:
        """Wait for the next event, at most until something is due, and handle it."""
        if self._exit is not None:
            return
        sources = {self._wakeup.fileno(): self._handle_signals, **self._releases.sources}
        for front in self._children.fronts:
            if front.control is not None:
                sources[front.control.fileno()] = partial(self._read_front, front)
        ready, _, _ = select.select(list(sources), [], [], max(0.0, until - monotonic()))
        for descriptor in ready:
            sources[descriptor]()

    def _offer(self, front: Child) -> None:
        self._releases.offer(front)

    def _unneeded(self) -> list[Closeable]:
        """Return the sockets that no child needs."""
        return [self._wakeup, self._wakeup_writer, *self._children.controls, *self._releases.keepers]

    def _unneeded_by_openers(self) -> list[Closeable]:
        return [*self._unneeded(), *self._listeners.sockets]

    def _read_front(self, front: Child) -> None:
        if front.control is None:
            return  # it has been closed by what was handled just before
        try:
            report = receive_report(front.control)
        except BlockingIOError:
            return
        if report is not None:
            self._releases.record(front, report)
        else:
            front.control.close()
            front.control = None

    def _handle_signals(self) -> None:
        numbers = self._wakeup.recv(4096)
        if signal.SIGCHLD in numbers:
            self._reap()
        if signal.SIGHUP in numbers and self._drain_until is None:
            self._releases.follow()
        for number in (number for number in numbers if number in (signal.SIGTERM, signal.SIGINT)):
            if self._drain_until is None:
                self._drain()
            else:
                self._exit = 128 + number  # the second signal ends the server at once

    def _drain(self) -> None:
        """Refuse new connections, and let the fronts finish their answers."""
        self._drain_until = monotonic() + self._configuration.settings.drain_seconds + _LATER
        self._listeners.close()
        self._children.signal_fronts(signal.SIGTERM)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            self._releases.reaped(pid, code)
            child = self._children.handle_end(pid, code, expected=self._drain_until is not None)
            if child in self._children.fronts and self._drain_until is None:
                self._releases.forget(child)

    def _end(self) -> None:
        """End all processes; the background process has a little time to end those that it has started."""
        self._children.signal_fronts(signal.SIGKILL)
        self._releases.end()
        background = self._children.background
        if background.control is not None:
            background.control.close()
            background.control = None
        until = monotonic() + (_LAST if self._exit == 0 else 0.0)
        while self._reap_last():
            if monotonic() > until:
                background.signal(signal.SIGKILL)
            select.select([self._wakeup], [], [], 0.02)

    def _reap_last(self) -> bool:
        """Reap the processes that have ended, and return whether there are others."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            self._releases.reaped(pid, os.waitstatus_to_exitcode(status))
            self._children.handle_end(pid, os.waitstatus_to_exitcode(status), expected=True)
