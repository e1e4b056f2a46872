"""The state folder: the releases of a publisher, the current one, and the history of the switches between them.

DIR/
├── r3f9a51c0d2e4/       a release, see `plangraf.release.release`
├── current -> r3f9a51c0d2e4
├── history.jsonl        a line for each switch, see `plangraf.release.history`
├── changes.sqlite       what each switch has changed, see `plangraf.release.change_log`
├── ledger.txt           all IRIs that have been published, see `plangraf.release.ledger`
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
from plangraf.release.history import Action, HistoryEntry, append_history, next_time, read_history
from plangraf.release.ledger import LEDGER, extend_ledger, published_iris
from plangraf.release.release import CURRENT, MANIFEST, RELEASE_NAME, Manifest, read_manifest

_DRAFT = ".building-"


@dataclass(frozen=True)
class Switch:
    """What the history says of a switch, beside its time.

    Attributes:
        action: the command that switches.
        by: who gives the command.
        message: what the operator says about the change.
    """

    action: Action
    by: str = ""
    message: str = ""


class StateFolder:
    """A state folder; methods that change it are called by the holder of its lock.

    Attributes:
        path: the path of the folder, which may not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

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
        """Return the folder of a release.

        Args:
            name: the name of a release, or `CURRENT`.

        Raises:
            InputError: there is no release of this name.
        """
        folder = self.path / name
        if not (re.fullmatch(RELEASE_NAME, name) or name == CURRENT) or not (folder / MANIFEST).is_file():
            raise InputError(f"has no release of this name: {name}; plangraf releases lists all", self.path)
        return folder.resolve()

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return the switches, oldest first.

        Raises:
            InputError: the history cannot be read.
        """
        return read_history(self.path)

    def releases(self) -> dict[str, Manifest]:
        """Return the manifests of all releases in the folder, by name.

        Raises:
            InputError: the folder cannot be read, or a manifest is not one that this version reads.
        """
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
            InputError: the history cannot be read.
        """
        self._remove_drafts()
        current = self.current
        if current is None:
            return
        if not (self.path / LEDGER).exists():
            extend_ledger(self.path, set().union(*(published_iris(self.path / name) for name in self.releases())))
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

    def _remove_drafts(self) -> None:
        for name in (LEDGER, CHANGES):
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
