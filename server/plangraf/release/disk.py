"""The Oxigraph directory of a release: its quads, indexed on disk, written once and then read-only."""

import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.release.release import Release

STORE = "store"


def disk_store(release: Release, folder: Path | None = None) -> Path:
    """Return the Oxigraph directory of a release; the first call creates it.

    It is written under a temporary name and renamed, so it never exists incomplete.

    Args:
        release: the release.
        folder: where the directory is; by default with the release.

    Raises:
        InputError: the directory cannot be written.
    """
    parent = release.path if folder is None else folder
    target = parent / STORE
    if target.is_dir():
        return target
    try:
        draft = Path(tempfile.mkdtemp(prefix=".store-", dir=parent))
    except OSError as error:
        raise InputError(f"cannot be written, and has no {STORE} yet: {error.strerror}", parent) from error
    try:
        store = ox.Store(str(draft))
        store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        del store
        draft.rename(target)
    except OSError as error:
        raise InputError(f"cannot be written: {error}", target) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target
