"""Pruning of a state folder: the data of old releases go, their manifests and their places in the history stay.

A release has been pruned from the moment when its quads are gone. Its folder has a mark while the rest is removed, so
that it is not taken for damaged if that is interrupted; the next run removes what is left.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plangraf.errors import InputError
from plangraf.release.files import size_of, synchronize_folder
from plangraf.release.history import HistoryEntry
from plangraf.release.publish import recovered
from plangraf.release.release import MANIFEST, PRUNING, QUADS, is_pruned
from plangraf.release.state import DAMAGED, StateFolder
from plangraf.release.store_cache import CACHE, remove_stores
from plangraf.release.use import unused
from plangraf.release.writer_lock import writer_lock


@dataclass(frozen=True)
class Retention:
    """Which releases are kept; a release that one of the rules keeps is kept.

    Attributes:
        releases: the number of releases that were current last, the current one included; None for no such rule.
        days: the number of days for which a release is kept after it was current last; None for no such rule.
    """

    releases: int | None = None
    days: float | None = None


@dataclass(frozen=True)
class PrunedFolder:
    """A folder whose content has been removed, or would be.

    Attributes:
        name: the name of the release, or of the folder with a damaged one.
        size: the bytes that it occupied.
    """

    name: str
    size: int


@dataclass(frozen=True)
class Pruning:
    """The files that a run has removed, or would remove.

    Attributes:
        folders: the releases, those that were current longest ago first, and then the folders with damaged releases.
        in_use: the names of the releases that are kept because they are served or read.
    """

    folders: tuple[PrunedFolder, ...]
    in_use: tuple[str, ...]

    @property
    def size(self) -> int:
        """The bytes that the folders occupied."""
        return sum(folder.size for folder in self.folders)


def prune(folder: Path, retention: Retention, *, dry_run: bool = False, now: datetime | None = None) -> Pruning:
    """Remove the data of releases that are neither kept, nor current, nor in use, and what damaged releases left.

    Args:
        folder: the state folder.
        retention: which releases are kept.
        dry_run: whether to remove nothing, and only return what would be removed.
        now: the present time; the clock's if None.

    Raises:
        InputError: there is no such folder, it cannot be read or written, or the retention keeps everything by
            having no rule.
        StateLockedError: another process changes the state folder.
    """
    if retention.releases is None and retention.days is None:
        raise InputError("say which releases to keep: --keep N, --older-than DAYS, or both")
    if not folder.is_dir():
        raise InputError("there is no such state folder", folder)
    now = now or datetime.now(UTC)
    if dry_run:
        return _prune(StateFolder(folder), retention, now, dry_run=True)
    with writer_lock(folder, "prune"):
        try:
            return _prune(recovered(folder), retention, now, dry_run=False)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", folder) from error


def _prune(state: StateFolder, retention: Retention, now: datetime, *, dry_run: bool) -> Pruning:
    folders: list[PrunedFolder] = []
    in_use: list[str] = []
    for name in _superfluous(state, retention, now):
        path = state.path / name
        size = _sizes(_removable(path))
        if all(each.name == MANIFEST for each in path.iterdir()):
            continue  # it has been pruned before
        with unused(path) as free:
            if free:
                folders.append(PrunedFolder(name, size))
                _empty(path, dry_run=dry_run)
            else:
                in_use.append(name)
    for path in sorted(state.path.glob(f"{DAMAGED}*")):
        folders.append(PrunedFolder(path.name, _sizes([path])))
        if not dry_run:
            _remove(path)
    if not dry_run:
        remove_stores(state.path / CACHE, state.holds)
    return Pruning(tuple(folders), tuple(in_use))


def _superfluous(state: StateFolder, retention: Retention, now: datetime) -> list[str]:
    """Return the releases that no rule keeps, those that were current longest ago first."""
    manifests = state.releases()
    entries = state.history()
    until = _last_current(entries, now)
    longest_ago = datetime.min.replace(tzinfo=UTC)
    # Only its build date is known of a release that was never current, or before there was a history.
    last = {name: until.get(name) or manifest.built or longest_ago for name, manifest in manifests.items()}
    places = {entry.release: place for place, entry in enumerate(entries)}  # times are exact to a second only
    ordered = sorted(manifests, key=lambda name: (places.get(name, -1), last[name], name))
    kept = {state.current}
    if retention.releases is not None:
        whole = [name for name in ordered if not is_pruned(state.path / name) and name != state.current]
        kept.update(whole[len(whole) - min(len(whole), max(0, retention.releases - 1)) :])
    if retention.days is not None:
        kept.update(name for name in ordered if now - last[name] <= timedelta(days=retention.days))
    return [name for name in ordered if name not in kept]


def _last_current(entries: tuple[HistoryEntry, ...], now: datetime) -> dict[str, datetime]:
    """Return until when each release was current last."""
    ends = [*(entry.time for entry in entries[1:]), now]
    return {entry.release: end for entry, end in zip(entries, ends, strict=True)} if entries else {}


def _removable(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name not in (MANIFEST, PRUNING))


def _empty(folder: Path, *, dry_run: bool) -> None:
    """Remove all that a release has but its manifest, the quads first."""
    if dry_run:
        return
    mark = folder / PRUNING
    mark.touch()
    synchronize_folder(folder)
    (folder / QUADS).unlink(missing_ok=True)
    synchronize_folder(folder)
    for path in _removable(folder):
        _remove(path)
    synchronize_folder(folder)
    mark.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _sizes(paths: Iterable[Path]) -> int:
    return sum(map(size_of, paths))
