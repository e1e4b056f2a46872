"""The folder of the temporary files of a running server, which the next server removes if this one is killed."""

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "plangraf-"
_NEW = ".new"
_LOCK = "lock"


@contextmanager
def runtime_folder() -> Iterator[Path]:
    """Yield a new folder, and remove it in the end, after those of servers of this user that were killed.

    A process and its children hold a lock in the folder while they run, so a folder without it belongs to nobody.

    Raises:
        OSError: the folder for temporary files is not writable.
    """
    parent = Path(tempfile.gettempdir())
    _remove_abandoned(parent)
    made = parent / f"{_PREFIX}{secrets.token_hex(8)}{_NEW}"
    folder, owner = made.with_name(made.name.removesuffix(_NEW)), os.getpid()
    try:
        made.mkdir(0o700)
        with (made / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Under its final name, the folder is locked from the beginning.
            made.rename(folder)
            yield folder
    finally:  # a signal may end the process at any place above
        if os.getpid() == owner:
            for left in (made, folder):
                shutil.rmtree(left, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another server removes it too, or it belongs to another user
            if folder.name.endswith(_NEW) or folder.stat().st_uid != os.getuid():
                continue
            with (folder / _LOCK).open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
