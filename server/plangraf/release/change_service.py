"""The change log of a server: it is asked in a thread of its own, which keeps the file open."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from plangraf.release.change_reader import ChangeReader
from plangraf.release.release import Manifest
from plangraf.release.state import StateFolder

T = TypeVar("T")


class ChangeService:
    """The questions of a server to the change log, as of the release that it serves.

    Args:
        quads: the file of quads of the release.
        manifest: the manifest of the release.
    """

    def __init__(self, quads: Path, manifest: Manifest) -> None:
        self._quads = quads
        self._manifest = manifest
        self._reader: ChangeReader | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="changes")  # SQLite must not block the event loop

    async def ask(self, question: Callable[[ChangeReader], T]) -> T:
        """Return the answer to a question about the change log.

        Args:
            question: reads what it needs, in another thread.

        Raises:
            PlangrafError: what `question` raises.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask, question)

    async def close(self) -> None:
        """Wait for the last answer, and close the file."""
        await asyncio.to_thread(self._thread.shutdown)
        if self._reader is not None:
            self._reader.close()

    def _ask(self, question: Callable[[ChangeReader], T]) -> T:
        if self._reader is None:
            folder = StateFolder.around(self._quads.parent).path
            self._reader = ChangeReader(folder, self._manifest.release, self._built())
        return question(self._reader)

    def _built(self) -> datetime:
        """Return the time of the release that is told where there is no history."""
        if self._manifest.built is not None:
            return self._manifest.built
        try:
            return datetime.fromtimestamp(int(self._quads.stat().st_mtime), UTC)
        except OSError:
            return datetime.fromtimestamp(0, UTC)
