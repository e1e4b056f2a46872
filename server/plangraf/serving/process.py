"""Forked children of the supervisor."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from plangraf.confinement import end_with_parent, name_process
from plangraf.engine.backoff import Backoff

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


class Closeable(Protocol):
    """A socket, or what has one."""

    def close(self) -> None:
        """Close it in this process."""


@dataclass(eq=False)
class Child:
    """A process that the supervisor forks, and forks again when it has ended.

    Attributes:
        role: its name, which is unique.
        pid: the process identifier, or None while it does not run.
        control: the supervisor's end of the socket to it, or None while it does not run.
        backoff: the delay before it is forked again.
    """

    role: str
    pid: int | None = None
    control: socket.socket | None = None
    backoff: Backoff = field(default_factory=Backoff)

    def ended(self) -> None:
        """Record that the process has ended."""
        self.pid = None
        if self.control is not None:
            self.control.close()
            self.control = None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process, if it runs."""
        if self.pid is not None:
            os.kill(self.pid, number)


def fork(
    name: str, run: Callable[[], int], unneeded: Iterable[Closeable], held: tuple[signal.Signals, ...] = ()
) -> int:
    """Fork a process that runs a function, and return its process identifier.

    The child ignores the signals that end the server, until `run` says otherwise: they may reach the whole group.

    Args:
        name: the name of the process in the process table.
        run: what the child does; it returns the exit code.
        unneeded: sockets of the parent, which the child closes.
        held: signals that are blocked in the child instead of ignored, until `run` unblocks them.

    Raises:
        OSError: there are not enough processes, or there is not enough memory.
    """
    parent = os.getpid()
    sys.stderr.flush()
    sys.stdout.flush()
    # A signal that arrived in the child before it has its own handlers would count as one to the parent.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        pid = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        raise
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            default = number == signal.SIGCHLD or number in held
            signal.signal(number, signal.SIG_DFL if default else signal.SIG_IGN)
        # Those that end the server stay blocked where they are not ignored, until `run` has handlers for them.
        signal.pthread_sigmask(signal.SIG_SETMASK, {*before, *held})
        end_with_parent(parent)
        name_process(name)
        for stream in unneeded:
            stream.close()
        code = run()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)
