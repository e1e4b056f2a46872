"""The dump service: it writes the dumps of a release at the first request, once, in a separate process."""

import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from plangraf.errors import DumpsUnavailable
from plangraf.languages import N_
from plangraf.release.dump_writer import DumpJob
from plangraf.release.dumps import Dumps, DumpSelection, read_dumps
from plangraf.release.job_process import run_program

_log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that a request waits for the dumps; the process continues after that."""
_RETRY = 30


class DumpService:
    """The dumps of one release, written at the first request and reused by later servers.

    They are in the directory of the file of quads, or in a temporary directory if that one is not writable.

    Args:
        quads: the file of quads.
        write: writes the dumps, and returns when they are there; concurrent calls with the same job share the work.
        scratch: the directory for dumps if that of the quads is not writable; by default a temporary one.
    """

    def __init__(
        self, quads: Path, write: Callable[[DumpJob], Awaitable[None]] | None = None, scratch: Path | None = None
    ) -> None:
        self._quads = quads
        self._write = write or write_dumps
        self._scratch = scratch
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._making: asyncio.Task[Dumps] | None = None
        self._folder = quads.parent

    def path(self, file_name: str) -> Path:
        """Return the path of the file `file_name` of the dumps, which must have been written."""
        return self._folder / file_name

    async def dumps(self, selection: DumpSelection) -> Dumps:
        """Return the list of dumps; every call must have the same `selection`.

        Raises:
            DumpsUnavailable: the dumps are still being written, or writing them failed.
        """
        try:
            # The cancellation of one waiting request must not affect the others.
            return await asyncio.wait_for(asyncio.shield(self.begin(selection)), PATIENCE)
        except TimeoutError as error:
            raise DumpsUnavailable(
                N_("The downloads of this release are being made. Ask again a little later."),
                retry_after=_RETRY,
            ) from error

    def begin(self, selection: DumpSelection) -> "asyncio.Task[Dumps]":
        """Have the dumps written, unless they are or are being written, and return the task of it."""
        if self._making is None or (self._making.done() and self._making.exception() is not None):
            self._making = asyncio.create_task(self._make(selection))
            self._making.add_done_callback(_note)
        return self._making

    def made(self, selection: DumpSelection) -> Dumps | None:
        """Return the list of dumps if they have been written, without waiting and without having them written."""
        if self._making is None:
            return read_dumps(self._quads.parent / selection.folder)
        return self._making.result() if self._making.done() and self._making.exception() is None else None

    async def close(self) -> None:
        """Stop the process that writes dumps, and remove temporary dumps."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
            await asyncio.wait([self._making])
        if self._temporary is not None:
            self._temporary.cleanup()

    async def _make(self, selection: DumpSelection) -> Dumps:
        parent = self._parent()
        for folder in {self._quads.parent / selection.folder: None, parent / selection.folder: None}:
            found = await asyncio.to_thread(read_dumps, folder)
            if found is not None:
                self._folder = folder
                return found
        await self._write(DumpJob(quads=self._quads, selection=selection, parent=parent))
        self._folder = parent / selection.folder
        made = await asyncio.to_thread(read_dumps, self._folder)
        if made is None:
            raise DumpsUnavailable(N_("The downloads of this release could not be made."))
        return made

    def _parent(self) -> Path:
        if os.access(self._quads.parent, os.W_OK):
            return self._quads.parent
        if self._scratch is not None:
            return self._scratch
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="plangraf-dumps-")
        return Path(self._temporary.name)


def _note(making: "asyncio.Task[Dumps]") -> None:
    """Take note of the exception of a task that perhaps nobody waits for; `write_dumps` has logged the cause."""
    if not making.cancelled():
        making.exception()


async def write_dumps(job: DumpJob) -> None:
    """Write dumps in a process, which ends early if the caller is cancelled.

    Raises:
        DumpsUnavailable: the process failed.
    """
    said = await run_program("plangraf.release.dump_writer", job)
    if said is not None:
        _log.error("making dumps failed: %s", said)
        raise DumpsUnavailable(N_("The downloads of this release could not be written."))
