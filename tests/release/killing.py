"""Processes that are killed while they change a state folder: at a step that they take, or at some time.

A step is a call of the system that the interpreter tells its audit hooks of: a file that is opened, renamed or
removed, a link, a folder. The kernel kills the process at once, so nothing of it runs afterwards.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_DONE = 7
_STEPS = ("open", "os.", "shutil.", "sqlite3.connect")


def steps(act: Callable[[], object], folder: Path) -> int:
    """Do something in a process of its own, and return the number of steps that it takes with paths in `folder`."""
    reader, writer = os.pipe()

    def count() -> None:
        taken = _counted(folder, None)
        act()
        os.write(writer, str(taken()).encode())

    assert _run(count)
    os.close(writer)
    number = int(os.read(reader, 100))
    os.close(reader)
    return number


def killed_at_step(act: Callable[[], object], folder: Path, step: int) -> bool:
    """Do something in a process that is killed at a step, and return whether it came so far."""

    def end_early() -> None:
        _counted(folder, step)
        act()

    return not _run(end_early)


def killed_after(act: Callable[[], object], seconds: float) -> bool:
    """Do something in a process that is killed after some time, and return whether it took longer."""

    def end_early() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        act()
        signal.setitimer(signal.ITIMER_REAL, 0)

    return not _run(end_early)


def _counted(folder: Path, fatal: int | None) -> Callable[[], int]:
    """Count steps from now on, end this process at the fatal one, and return what tells the number."""
    taken = 0

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal taken
        if event.startswith(_STEPS) and any(_is_below(each, str(folder)) for each in arguments):
            taken += 1
            if taken == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    return lambda: taken


def _is_below(argument: object, folder: str) -> bool:
    return isinstance(argument, str | os.PathLike) and os.fspath(argument).startswith(folder)


def _run(act: Callable[[], object]) -> bool:
    """Do something in a forked process, and return whether it was not killed."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            act()
            code = _DONE
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (_DONE, -signal.SIGKILL, -signal.SIGALRM)
    return code == _DONE
