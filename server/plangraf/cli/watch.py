"""Files that are watched: a loop that notices when one of them changes."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plangraf.errors import InputError
from plangraf.sources.dataset import list_files

LOOK = 0.3
"""The time in seconds between two looks at the files."""


@dataclass(frozen=True)
class FileState:
    """The state of a file, which differs after each change.

    Attributes:
        path: the path of the file.
        inode: its number, which changes when an editor replaces the file.
        modified: the time of its last change in nanoseconds.
        size: its size in bytes.
    """

    path: Path
    inode: int
    modified: int
    size: int


class FileWatch:
    """Looks at files again and again, and notices when they have changed.

    Args:
        paths: the files, and folders of files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._told = self._last = _look(paths)

    def changed(self) -> bool:
        """Look at the files, and return whether they have changed since the start or the last time it was said.

        Two looks must see the same, so that an editor that writes in pieces has finished.
        """
        seen = _look(self._paths)
        settled = seen == self._last
        self._last = seen
        if not settled or seen == self._told:
            return False
        self._told = seen
        return True


def changes(paths: Sequence[Path]) -> Iterator[None]:
    """Yield now, and then whenever a file among `paths`, or in a folder among them, has changed; never end."""
    watch = FileWatch(paths)
    yield
    while True:
        time.sleep(LOOK)
        if watch.changed():
            yield


def clear_terminal() -> None:
    """Clear the screen and its history, if standard output is a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[3J\x1b[H")


def _look(paths: Sequence[Path]) -> tuple[FileState, ...]:
    """Return the states of the files; those that are missing at the moment have none."""
    found = []
    for path in paths:
        try:
            files = list_files([path])
        except InputError:
            continue
        for file in files:
            try:
                status = file.path.stat()
            except OSError:
                continue
            found.append(FileState(file.path, status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)
