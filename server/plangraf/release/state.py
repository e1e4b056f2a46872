"""The state folder: the releases of a publisher, the current one, and the history of the switches between them.

DIR/
├── r3f9a51c0d2e4/       a release, see `plangraf.release.release`
├── current -> r3f9a51c0d2e4
├── history.jsonl        a line for each switch, see `plangraf.release.history`
├── changes.sqlite       what each switch has changed, see `plangraf.release.change_log`
├── ledger.txt           all IRIs that have been published, see `plangraf.release.ledger`
├── layout.json          the version of this layout, see `plangraf.release.layout`
└── lock                 who changes the folder, see `plangraf.release.writer_lock`

A switch is one rename. Whatever a process leaves that ends half-way, the current release is whole, and the next
writer completes or removes the rest.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plangraf.errors import InputError
from plangraf.release.change_log import CHANGES, recorded_time, update_log
from plangraf.release.files import synchronize_folder
from plangraf.release.history import HISTORY, Action, HistoryEntry, append_history, next_time, read_history
from plangraf.release.layout import LAYOUT, check_layout, mark_layout
from plangraf.release.ledger import LEDGER, extend_ledger, published_iris
from plangraf.release.release import CURRENT, MANIFEST, QUADS, RELEASE_NAME, Manifest, is_pruned, read_manifest

_DRAFT = ".building-"
DAMAGED = ".damaged-"
"""The beginning of the name of a folder that holds a damaged release which a build has moved away."""


@dataclass(frozen=True)
class Switch:
    """The entry of a switch in the history, without its time.

    Attributes:
        action: the command that switches.
        by: who gives the command.
        message: what the operator says about the change.

    Raises:
        InputError: one of the texts is not Unicode, as when a shell passes bytes of another encoding.
    """

    action: Action
    by: str = ""
    message: str = ""

    def __post_init__(self) -> None:
        try:
            f"{self.by}{self.message}".encode()
        except UnicodeEncodeError as error:
            raise InputError("the message and the name for the history must be UTF-8") from error


class StateFolder:
    """A state folder; methods that change it are called by the holder of its lock.

    Attributes:
        path: the path of the folder, which may not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], tuple[HistoryEntry, ...]] | None = None

    @classmethod
    def around(cls, served: Path) -> "StateFolder":
        """Return the state folder of what a server serves: a release that lies in it, or the folder itself."""
        return cls(served.resolve().parent if (served / MANIFEST).is_file() else served)

    @property
    def current(self) -> str | None:
        """The name of the current release, or None if there is none."""
        try:
            return (self.path / CURRENT).readlink().name
        except OSError:
            return None

    def find(self, name: str) -> Path:
        """Return the folder of a release, which may have been pruned.

        Args:
            name: the name of a release, or `CURRENT`.

        Raises:
            InputError: there is no release of this name, or a newer version of Plangraf has written the state folder.
        """
        check_layout(self.path)
        folder = self.path / name
        if not (re.fullmatch(RELEASE_NAME, name) or name == CURRENT) or not (folder / MANIFEST).is_file():
            raise InputError(f"has no release of this name: {name}; plangraf releases lists all", self.path)
        return folder.resolve()

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return the switches, oldest first; the file is read again only if it has changed.

        Raises:
            InputError: the history cannot be read, or a newer version of Plangraf has written the state folder.
        """
        check_layout(self.path)
        try:
            status = (self.path / HISTORY).stat()
        except OSError:
            return read_history(self.path)
        stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, read_history(self.path))
        return self._read[1]

    def holds(self, name: str) -> bool:
        """Return whether the folder has the data of a release."""
        folder = self.path / name
        return bool(re.fullmatch(RELEASE_NAME, name)) and all((folder / file).is_file() for file in (MANIFEST, QUADS))

    def switched(self, name: str) -> datetime | None:
        """Return when a release first became the current one; None if it never was.

        Raises:
            InputError: the history cannot be read.
        """
        return next((entry.time for entry in self.history() if entry.release == name), None)

    def knows(self, name: str) -> bool:
        """Return whether a release has been current, or is in the folder, perhaps without its data.

        Raises:
            InputError: the history cannot be read.
        """
        if not re.fullmatch(RELEASE_NAME, name):
            return False
        return (self.path / name / MANIFEST).is_file() or any(entry.release == name for entry in self.history())

    def releases(self) -> dict[str, Manifest]:
        """Return the manifests of all releases in the folder, by name, also of those that have been pruned.

        Raises:
            InputError: the folder cannot be read, or a manifest is not one that this version reads.
        """
        check_layout(self.path)
        try:
            folders = sorted(entry.name for entry in self.path.iterdir() if (entry / MANIFEST).is_file())
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", self.path) from error
        return {name: read_manifest(self.path / name) for name in folders if name != CURRENT}

    def switch_to(self, release: str, switch: Switch, iris: set[bytes] | None = None) -> None:
        """Make a release the current one, and record it; nothing happens if it is the current one.

        Args:
            release: the name of the release.
            switch: what the history says of it.
            iris: the IRIs that it describes and that the ledger may lack; None means all that it describes.

        Raises:
            OSError: the folder cannot be written.
            InputError: the history cannot be read.
        """
        self.reconcile()
        if self.current == release:
            return
        history = self.history()
        entry = HistoryEntry(
            time=next_time(history), release=release, action=switch.action, by=switch.by, message=switch.message
        )
        update_log(self.path, (*history, entry))
        link = self.path / CURRENT
        fresh = link.with_name(f".{link.name}-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(release)
        fresh.replace(link)
        synchronize_folder(self.path)
        extend_ledger(self.path, published_iris(self.path / release) if iris is None else iris)
        append_history(self.path, entry)

    def reconcile(self) -> None:
        """Record a switch whose process ended before it could, and remove what interrupted builds have left.

        Raises:
            OSError: the folder cannot be written.
            InputError: the history cannot be read, or a newer version of Plangraf has written the state folder.
        """
        check_layout(self.path)
        mark_layout(self.path)
        self._remove_drafts()
        current = self.current
        if current is None:
            return
        if not (self.path / LEDGER).exists():
            extend_ledger(self.path, set().union(*map(published_iris, self._whole())))
        entries = self.history()
        if not entries or entries[-1].release != current:
            extend_ledger(self.path, published_iris(self.path / current))
            changed = recorded_time(self.path, len(entries) + 1, current) or datetime.fromtimestamp(
                int((self.path / CURRENT).lstat().st_mtime), UTC
            )
            append_history(
                self.path,
                HistoryEntry(time=next_time(entries, changed), release=current, action=Action.UNRECORDED),
            )
        update_log(self.path, self.history())

    def _whole(self) -> Iterator[Path]:
        """Yield the folders of the releases that have not been pruned."""
        return (folder for name in self.releases() if not is_pruned(folder := self.path / name))

    def _remove_drafts(self) -> None:
        for name in (LEDGER, LAYOUT, CHANGES):
            for file in self.path.glob(f".{name}-*"):
                file.unlink()
        for folder in self.path.glob(f"{_DRAFT}*"):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # its build is running
            else:
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


@contextmanager
def draft_folder(parent: Path) -> Iterator[Path]:
    """Yield a new folder for a release that is being written, which is locked, and removed if it is still there.

    Raises:
        OSError: it cannot be made.
    """
    folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=parent))
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)
