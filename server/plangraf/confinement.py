"""Limits that the kernel enforces on a process, even inside native code."""

import ctypes
import os
import resource
import signal

EXIT_MEMORY = 13
"""The exit code of a confined process on MemoryError; native code that runs out of memory aborts."""

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_PR_SET_CHILD_SUBREAPER = 36


class Memory:
    """The mapped memory of this process; readable even after `confine` has forbidden to open files."""

    def __init__(self) -> None:
        self._file = os.open("/proc/self/statm", os.O_RDONLY)

    def mapped(self) -> int:
        """Return the size of the process's mappings in bytes."""
        return int(os.pread(self._file, 64, 0).split()[0]) * resource.getpagesize()


def confine(most: int, files: bool) -> None:
    """Limit this process permanently: at most `most` bytes mapped, no core dumps, no new files unless `files`."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # open files and sockets stay usable


def name_process(name: str) -> None:
    """Name this process, with at most 15 characters, for `ps -o comm`, `top` and `pgrep`."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NAME, name.encode(), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when its parent ends; `parent` is the expected process ID of the parent."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(0)


def adopt_orphans() -> None:
    """Let the kernel make this process the parent of its descendants whose own parent has ended."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def reason_of(code: int) -> str:
    """Return why a confined process failed (time, memory or crash), from its exit code (negative for a signal)."""
    if code in (-signal.SIGALRM, -signal.SIGPROF):
        return "time"
    if code in (-signal.SIGABRT, EXIT_MEMORY):
        return "memory"
    return "crash"
