"""Releases that are in use: a process that serves or reads one keeps it from being pruned.

A reader holds a shared lock on the file of quads, which the kernel releases when its process ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plangraf.release.release import QUADS


class ReleaseUse:
    """The use of a release, from the call until `end`.

    Args:
        folder: the folder of the release. Where files cannot be locked, as on some network file systems, nothing is
            held.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = os.open(folder / QUADS, os.O_RDONLY | os.O_CLOEXEC)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def end(self) -> None:
        """End the use; calling it again does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep the release in `folder` from being pruned while it is read."""
    use = ReleaseUse(folder)
    try:
        yield
    finally:
        use.end()


@contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Yield whether nobody uses the release in `folder`; nobody begins to use it until the context ends.

    Raises:
        OSError: the file of quads cannot be opened.
    """
    try:
        descriptor = os.open(folder / QUADS, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield True
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
