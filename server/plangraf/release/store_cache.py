"""The stores of older releases: made when a release is asked for, and removed when they take too much space.

They are in a folder of their own, one for each release, with a lock that is held while a process uses the store.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plangraf.errors import InputError
from plangraf.release.disk import STORE, disk_store
from plangraf.release.files import size_of
from plangraf.release.release import Release

CACHE = "cache"
"""The name of the folder in a state folder."""
_LOCK = "lock"


@contextmanager
def cached_store(release: Release, cache: Path, most: int) -> Iterator[Path]:
    """Yield the store on disk of a release, which is not removed meanwhile.

    Args:
        release: the release.
        cache: the folder of the stores.
        most: the size in bytes from which those are removed that were used longest ago, if nobody uses them.

    Raises:
        InputError: the store cannot be made.
    """
    if (release.path / STORE).is_dir():
        yield release.path / STORE
        return
    folder = cache / release.manifest.release
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", folder) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # others may be making the same store
        store = disk_store(release, folder)
        os.utime(folder)
        fcntl.flock(lock, fcntl.LOCK_SH)
        _remove_oldest(cache, most)
        yield store
    finally:
        os.close(lock)


def remove_stores(cache: Path, stays: Callable[[str], bool]) -> None:
    """Remove the stores of all releases but those that `stays` is true of and those that a process uses.

    Args:
        cache: the folder of the stores.
        stays: returns whether the store of a release stays, by the name of the release.
    """
    for folder in [entry for entry in cache.glob("*") if entry.is_dir()]:
        if not stays(folder.name):
            _removed(folder)


def _remove_oldest(cache: Path, most: int) -> None:
    """Remove the stores that were used longest ago, until the others are within the limit."""
    folders = sorted((entry for entry in cache.iterdir() if entry.is_dir()), key=lambda entry: entry.stat().st_mtime)
    sizes = {folder: size_of(folder) for folder in folders}
    for folder in folders:
        if sum(sizes.values()) <= most:
            return
        if _removed(folder):
            del sizes[folder]


def _removed(folder: Path) -> bool:
    """Remove a store unless a process uses it, and return whether it was removed."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(lock)
