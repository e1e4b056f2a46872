"""How the kernel holds a process to limits, whatever native code it is in."""

import ctypes
import os
import resource
import signal

EXIT_MEMORY = 13
"""What a confined process exits with when Python finds no memory; native code that finds none aborts."""

_PR_SET_PDEATHSIG = 1


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


def reason_of(code: int) -> str:
    """Return why a confined process has failed, from its exit code (negative for a signal): time, memory or crash."""
    if code == -signal.SIGALRM:
        return "time"
    if code in (-signal.SIGABRT, EXIT_MEMORY):
        return "memory"
    return "crash"
