"""The fronts and the background process, as the supervisor sees them."""

import logging
import signal
import socket
from collections.abc import Callable
from functools import partial

from plangraf.http.metrics import count_ended_process, forget_process
from plangraf.serving.background import run_background
from plangraf.serving.configuration import Configuration
from plangraf.serving.front import front_role, run_front
from plangraf.serving.listener import Listeners
from plangraf.serving.process import Child, Closeable, fork

_log = logging.getLogger(__name__)


class Children:
    """Forks the fronts and the background process, and forks them again when they have ended.

    Args:
        configuration: the configuration of the server.
        listeners: the sockets of the fronts.
        unneeded: returns the sockets of the supervisor that no child needs.
        on_start: called with a front that has been forked.

    Attributes:
        fronts: the fronts.
        background: the background process.
    """

    def __init__(
        self,
        configuration: Configuration,
        listeners: Listeners,
        unneeded: Callable[[], list[Closeable]],
        on_start: Callable[[Child], None],
    ) -> None:
        self._configuration = configuration
        self._listeners = listeners
        self._unneeded = unneeded
        self._on_start = on_start
        self.fronts = [Child(front_role(number)) for number in range(configuration.fronts)]
        self.background = Child("background")

    @property
    def controls(self) -> list[Closeable]:
        """The supervisor's ends of the sockets to the children."""
        return [child.control for child in (self.background, *self.fronts) if child.control is not None]

    def start_due(self, now: float) -> float:
        """Start each child that does not run and whose delay is over, and return when the next one is due."""
        until = float("inf")
        for child in (self.background, *self.fronts):
            if child.pid is None and child.backoff.due(now) <= now:
                self._start(child, now)
            if child.pid is None:
                until = min(until, child.backoff.due(now))
        return until

    def handle_end(self, pid: int, code: int, *, expected: bool) -> Child | None:
        """Record the end of a process, and return the child that it was, if it was one.

        Args:
            pid: the process identifier.
            code: the exit code; negative for a signal.
            expected: whether the server is being stopped.
        """
        child = next((child for child in (self.background, *self.fronts) if child.pid == pid), None)
        if child is not None:
            child.ended()
            forget_process(child.role)
            if not expected:
                count_ended_process("background" if child is self.background else "front")
                _log.error("%s ended with code %d; starting another", child.role, code)
        return child

    def signal_fronts(self, number: signal.Signals) -> None:
        """Send a signal to all fronts that run."""
        for front in self.fronts:
            front.signal(number)

    def _start(self, child: Child, now: float) -> None:
        child.backoff.start(now)
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:
            _log.error("%s cannot be started, and will be tried again: %s", child.role, error)
            return
        with theirs:
            name, run, needed = self._program(child, theirs)
            unneeded = [listener for listener in self._listeners.sockets if listener is not needed]
            try:
                held = () if child is self.background else (signal.SIGTERM, signal.SIGINT)
                child.pid = fork(name, run, [ours, *unneeded, *self._unneeded()], held)
            except OSError as error:
                ours.close()
                _log.error("%s cannot be started, and will be tried again: %s", child.role, error)
                return
        ours.setblocking(False)
        child.control = ours
        if child is not self.background:
            self._on_start(child)

    def _program(self, child: Child, control: socket.socket) -> tuple[str, Callable[[], int], socket.socket | None]:
        """Return the name of a process, what it does, and the listening socket that it needs."""
        if child is self.background:
            return "plangraf-jobs", partial(run_background, self._configuration, control), None
        number = self.fronts.index(child)
        listener = self._listeners.sockets[number]
        return "plangraf-front", partial(run_front, self._configuration, number, control, listener), listener
