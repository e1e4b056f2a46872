"""The preview service: it has the pages of an upload rendered in a process of their own, and keeps them."""

import asyncio
import secrets
from dataclasses import asdict

import orjson

from plangraf.confinement import reason_of
from plangraf.previewing.bundle import PreviewBundle, PreviewPage
from plangraf.previewing.limits import LIMITS, PreviewLimits
from plangraf.previewing.outcome import PreviewFailure, PreviewOutcome, PreviewTask
from plangraf.previewing.previews import PreviewObserver, Previews
from plangraf.previewing.processes import PreviewProcesses, end
from plangraf.settings import Settings

_AT_ONCE = 2
"""The number of previews that are rendered at once; what waits has a place among the uploads that are validated."""
_SECRET = 24
"""The number of random bytes in an address."""
_FAILURES = {"time": PreviewFailure.TIME, "memory": PreviewFailure.MEMORY, "crash": PreviewFailure.CRASH}


class PreviewService:
    """Makes previews of uploads that have been validated.

    Args:
        settings: the limits of each process, which are those of a validation, and what every page says of the
            operator.
        observer: is told of previews.
        limits: the limits of the previews that are kept.
    """

    def __init__(self, settings: Settings, observer: PreviewObserver, limits: PreviewLimits = LIMITS) -> None:
        self._processes = PreviewProcesses(settings)
        self._observer = observer
        self._limits = limits
        self._previews = Previews(observer, limits)
        self._running = asyncio.Semaphore(_AT_ONCE)

    def get_ready(self) -> None:
        """Start a process for the next preview, which loads its libraries while the upload is validated."""
        self._processes.get_ready()

    async def close(self) -> None:
        """Stop the process that waits; previews under way must have ended."""
        await self._processes.close()

    async def make(self, data: bytes, source: str) -> PreviewOutcome:
        """Render the pages of an upload, and keep them.

        Args:
            data: the upload.
            source: the key of its format.
        """
        task = PreviewTask(source, secrets.token_urlsafe(_SECRET))
        async with self._running:
            found = await self._render(data, task)
        if isinstance(found, PreviewFailure):
            self._observer.preview_made(found.value)
            return PreviewOutcome(failure=found)
        self._previews.add(task.token, found)
        self._observer.preview_made("made")
        asyncio.get_running_loop().call_later(self._limits.seconds + 1, self._previews.remove_expired)
        return PreviewOutcome(task.token)

    def page(self, token: str, page: PreviewPage) -> bytes | None:
        """Return a page, compressed with zlib; None if there is none."""
        return self._previews.page(token, page)

    async def _render(self, data: bytes, task: PreviewTask) -> PreviewBundle | PreviewFailure:
        try:
            process = await self._processes.take()
        except OSError:  # processes or descriptors
            return PreviewFailure.BUSY
        try:
            answer, _ = await process.communicate(orjson.dumps(asdict(task)) + b"\n" + data)
        finally:
            await end(process)
        if process.returncode != 0 or not answer:
            return _FAILURES[reason_of(process.returncode or 1)]
        header, _, body = answer.partition(b"\n")
        failure = orjson.loads(header)["failure"]
        return PreviewBundle.from_bytes(body) if failure is None else PreviewFailure(failure)
