"""The index file of a release: found in its folder and verified, or made from its quads.

`plangraf build` writes it as `index.sqlite`, with its hash in the manifest. A release without it, or with one of
another version, gets a directory of its own for it, in its folder or elsewhere:

index-6d1f0a4b9c33/     the digest of the code that reads and writes it
├── index.json          its size and its SHA-256 hash
└── index.sqlite

As a program (`python -m plangraf.search.release_index`), the module reads an `IndexJob` as JSON from standard input
and makes the directory. It ends early at end of file, which means that the process that started it has ended.
"""

import fcntl
import gc
import logging
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ValidationError

from plangraf.errors import InputError
from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.reports import Reports
from plangraf.release.files import ReleaseFile, synchronize
from plangraf.release.job_process import perform_job
from plangraf.search.index_file import changing, layout, layout_of, write_index
from plangraf.search.report_tables import write_reports
from plangraf.search.statements import IndexSource

INDEX = "index.sqlite"
_RECORD = "index.json"
_DRAFT = ".index-"

_log = logging.getLogger(__name__)


def find_index(folder: Path, files: Mapping[str, ReleaseFile]) -> Path | None:
    """Return the index file of the release in `folder`, or None if there is none that this version reads.

    Args:
        folder: the folder of the release.
        files: the files of the release that its manifest lists.
    """
    path = folder / INDEX
    if INDEX in files and _is_whole(path, files[INDEX]) and layout_of(path) == layout():
        return path
    return _made(folder)


def make_index(quads: Path, parent: Path) -> Path:
    """Make the index file of a release in a directory in `parent`, unless it is there, and return its path.

    The directory is written under a temporary name and renamed, so it never exists incomplete. Of several processes
    that make it at once, one does, and the others wait for it.

    Args:
        quads: the N-Quads file of the release, in canonical form.
        parent: the folder for the directory.

    Raises:
        InputError: the quads cannot be read, or the directory cannot be written.
    """
    target = parent / f"index-{layout()}"
    try:
        with _locked(parent):
            found = _made(parent)
            if found is not None:
                return found
            for left in parent.glob(f"{_DRAFT}*"):  # by a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=parent))
            try:
                _write(draft / INDEX, quads)
                (draft / _RECORD).write_text(ReleaseFile.of(draft / INDEX).model_dump_json(), encoding="utf-8")
                for name in (INDEX, _RECORD):
                    synchronize(draft / name)
                draft.chmod(0o755)
                shutil.rmtree(target, ignore_errors=True)  # it is damaged
                draft.rename(target)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"the search index cannot be written: {error}", parent) from error
    return target / INDEX


def _write(path: Path, quads: Path) -> None:
    with ThreadPoolExecutor(1) as reporter, quads.open("rb") as lines, quads.open("rb") as same_lines:
        reporting = reporter.submit(lambda: Reports.of_release(ReleaseStore(same_lines)))
        source = IndexSource()
        source.read(lines)
        write_index(path, source)
        with changing(path) as database:
            write_reports(database, reporting.result())


def _made(parent: Path) -> Path | None:
    folder = parent / f"index-{layout()}"
    try:
        record = ReleaseFile.model_validate_json((folder / _RECORD).read_bytes())
    except (OSError, ValidationError):
        return None
    return folder / INDEX if _is_whole(folder / INDEX, record) else None


def _is_whole(path: Path, record: ReleaseFile) -> bool:
    try:
        whole = ReleaseFile.of(path) == record
    except OSError as error:
        _log.warning("%s cannot be read (%s); the search index is made anew.", path, error.strerror)
        return False
    if not whole:
        _log.warning("%s is damaged (its hash is not the one on record); the search index is made anew.", path)
    return whole


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Wait until no other process makes the index in `folder`; the kernel frees the lock of a process that ends."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


class IndexJob(BaseModel):
    """The input of the program.

    Attributes:
        quads: the file of quads of the release.
        parent: the folder for the directory of the index.
    """

    quads: Path
    parent: Path


def _perform(job: IndexJob) -> None:
    gc.disable()  # it creates many objects that all live to its end, which is soon
    make_index(job.quads, job.parent)


if __name__ == "__main__":
    sys.exit(perform_job(IndexJob, _perform))
