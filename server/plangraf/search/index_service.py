"""The index service: it opens the index file of a release, and has it made in a separate process if there is none."""

import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from plangraf.errors import IndexUnavailable, InputError
from plangraf.languages import N_
from plangraf.release.files import ReleaseFile
from plangraf.release.job_process import run_program
from plangraf.release.use import ReleaseUse
from plangraf.search.index import SearchIndex
from plangraf.search.release_index import IndexJob, find_index, make_index

_log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that a request waits for the index; the process that makes it continues after that."""
_RETRY = 10


class IndexService:
    """The search index and the texts of one release.

    The release is in use, and is not pruned, until the service is closed.

    An index that has to be made first is in the directory of the file of quads, where later servers find it, or in a
    temporary directory if that one is not writable or full.

    Args:
        quads: the file of quads of the release.
        files: the files of the release that its manifest lists.
        write: makes the index, and returns when it is there; concurrent calls with the same job share the work.
        scratch: the directory for an index if that of the quads is not writable; by default a temporary one.

    Attributes:
        opened: the index, or None if it is not ready yet.
    """

    def __init__(
        self,
        quads: Path,
        files: Mapping[str, ReleaseFile],
        write: Callable[[IndexJob], Awaitable[None]] | None = None,
        scratch: Path | None = None,
    ) -> None:
        self._quads = quads
        self._use = ReleaseUse(quads.parent)
        self._write = write or write_index
        self._scratch = scratch
        self._files = files
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._opening: asyncio.Task[SearchIndex] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self.opened: SearchIndex | None = None

    def prepare(self, after: float) -> "asyncio.Task[None]":
        """Open the index now, or else have it made in `after` seconds, because that would delay the first answers.

        Returns:
            the task, which ends when the index is open or has failed; it need not be awaited.
        """
        self._preparing = asyncio.create_task(self._prepare(after))
        return self._preparing

    async def index(self) -> SearchIndex:
        """Return the index; the first call has it made if there is none.

        Raises:
            IndexUnavailable: the index is still being made, or making it failed.
        """
        if self.opened is not None:
            return self.opened
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.create_task(self._open())
        try:
            # The cancellation of one waiting request must not affect the others.
            return await asyncio.wait_for(asyncio.shield(self._opening), PATIENCE)
        except TimeoutError as error:
            raise IndexUnavailable(
                N_("The search index of this release is being made. Ask again a little later."), retry_after=_RETRY
            ) from error

    async def found(self) -> SearchIndex | None:
        """Return the index, or None if it has to be made first or cannot be opened; it is not made for this call."""
        if self.opened is not None:
            return self.opened
        if await asyncio.to_thread(find_index, self._quads.parent, self._files) is None:
            return None
        try:
            return await self.index()
        except IndexUnavailable:
            return None

    async def close(self) -> None:
        """Stop the process that makes the index, close the index, and remove a temporary one."""
        tasks = [task for task in (self._preparing, self._opening) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.opened is not None:
            self.opened.close()
        if self._temporary is not None:
            self._temporary.cleanup()
        self._use.end()

    async def _prepare(self, after: float) -> None:
        if await asyncio.to_thread(find_index, self._quads.parent, self._files) is None:
            await asyncio.sleep(after)
        try:
            await self.index()
        except IndexUnavailable as error:
            _log.warning("There is no search index yet: %s", error)

    async def _open(self) -> SearchIndex:
        path = await asyncio.to_thread(find_index, self._quads.parent, self._files)
        if path is None:
            path = await self._make()
        try:
            self.opened = await asyncio.to_thread(SearchIndex, path)
        except InputError as error:
            _log.error("%s", error)
            raise IndexUnavailable(N_("The search index of this release could not be made.")) from error
        return self.opened

    async def _make(self) -> Path:
        beside = self._quads.parent
        if os.access(beside, os.W_OK):
            try:
                return await self._made_in(beside)
            except IndexUnavailable:
                _log.warning("the search index is made in a temporary folder, because that of the release is full")
        return await self._made_in(self._temporary_folder())

    async def _made_in(self, parent: Path) -> Path:
        await self._write(IndexJob(quads=self._quads, parent=parent))
        return await asyncio.to_thread(make_index, self._quads, parent)

    def _temporary_folder(self) -> Path:
        if self._scratch is not None:
            return self._scratch
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="plangraf-index-")
        return Path(self._temporary.name)


async def write_index(job: IndexJob) -> None:
    """Make an index in a process, which ends early if the caller is cancelled.

    Raises:
        IndexUnavailable: the process failed.
    """
    said = await run_program("plangraf.search.release_index", job)
    if said is not None:
        _log.error("making the search index failed: %s", said)
        raise IndexUnavailable(N_("The search index of this release could not be made."))
