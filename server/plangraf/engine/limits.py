"""What a query may use, and how the kernel holds it to that."""

import ctypes
import os
import resource
import signal
from dataclasses import dataclass

EXIT_MEMORY = 13
"""What a worker exits with when Python, not the engine, finds no memory."""

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Limits:
    """The limits of a worker.

    Attributes:
        seconds: how long an evaluation may take; a client may ask for less.
        memory: bytes that a worker may map beyond what it had mapped at birth.
        size: bytes that an answer may have.
    """

    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024
    size: int = 100 * 1024 * 1024


class Memory:
    """How many bytes this process has mapped; it can tell so when no file can be opened any more."""

    def __init__(self) -> None:
        self._file = os.open("/proc/self/statm", os.O_RDONLY)

    def mapped(self) -> int:
        """Return the number of bytes."""
        return int(os.pread(self._file, 64, 0).split()[0]) * resource.getpagesize()


def confine(most: int, files: bool) -> None:
    """Confine this process for good: `most` bytes mapped, no core dumps, and no new file or socket unless `files`."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # what is open stays open


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent ends; `parent` is the parent that it should have now."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(0)
