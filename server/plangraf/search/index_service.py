"""The index service: it opens the index file of a release, and has it made in a separate process if there is none."""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from plangraf.errors import IndexUnavailable, InputError
from plangraf.languages import N_
from plangraf.release.files import ReleaseFile
from plangraf.search.index import SearchIndex
from plangraf.search.release_index import IndexJob, find_index, make_index

_log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that a request waits for the index; the process that makes it continues after that."""
_RETRY = 10


class IndexService:
    """The search index and the texts of one release.

    An index that has to be made first is in the directory of the file of quads, where later servers find it, or in a
    temporary directory if that one is not writable or full.

    Args:
        quads: the file of quads of the release.
        files: the files of the release that its manifest lists.

    Attributes:
        opened: the index, or None if it is not ready yet.
    """

    def __init__(self, quads: Path, files: Mapping[str, ReleaseFile]) -> None:
        self._quads = quads
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
        for parent in (beside, None) if os.access(beside, os.W_OK) else (None,):
            folder = parent or self._temporary_folder()
            if await self._run(IndexJob(quads=self._quads, parent=folder)):
                return await asyncio.to_thread(make_index, self._quads, folder)
        raise IndexUnavailable(N_("The search index of this release could not be made."))

    def _temporary_folder(self) -> Path:
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="plangraf-index-")
        return Path(self._temporary.name)

    async def _run(self, job: IndexJob) -> bool:
        """Run the program that makes the index, and return whether it has succeeded."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "plangraf.search.release_index",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None  # noqa: S101  # it is a pipe, see above
        assert process.stderr is not None  # noqa: S101  # it is a pipe, see above
        try:
            # Standard input stays open: end of file tells the process that this server has ended.
            process.stdin.write(job.model_dump_json().encode() + b"\n")
            await process.stdin.drain()
            said = await process.stderr.read()
            status = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if status != 0:
            _log.error("making the search index failed: %s", said.decode(errors="replace").strip())
        return status == 0
