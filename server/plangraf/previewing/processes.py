"""The processes that render previews: one may load its libraries while the upload is still validated."""

import asyncio
import os
import sys

import orjson

from plangraf.settings import Settings

_IDLE = 60.0
"""The time in seconds for which a process waits for an upload."""
_METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""A variable with which the process would write among the metrics of the server."""


class PreviewProcesses:
    """Starts a process for each preview, in advance if it is told to.

    Args:
        settings: the settings of the server, which the process takes its limits from.
    """

    def __init__(self, settings: Settings) -> None:
        self._job = orjson.dumps(settings.model_dump(mode="json")).decode()
        self._ready: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._ending: asyncio.Task[None] | None = None

    def get_ready(self) -> None:
        """Start a process for the next upload, unless there is one; it ends if none comes soon."""
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_task(self._start())
            asyncio.get_running_loop().call_later(_IDLE, self._let_go, self._ready)

    async def take(self) -> asyncio.subprocess.Process:
        """Return a process, which the caller ends.

        Raises:
            OSError: there are not enough processes or descriptors.
        """
        ready, self._ready = self._ready, None
        if ready is not None:
            process = await ready
            if process.returncode is None:
                return process
        return await self._start()

    async def close(self) -> None:
        """End the process that waits for an upload."""
        ready, self._ready = self._ready, None
        if ready is not None:
            await asyncio.wait([ready])
            await _end(ready)

    def _let_go(self, ready: asyncio.Task[asyncio.subprocess.Process]) -> None:
        if self._ready is ready:
            self._ready = None
            self._ending = asyncio.get_running_loop().create_task(_end(ready))

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "plangraf.serving.preview_process", str(os.getpid()), self._job),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != _METRICS},
        )


async def _end(ready: asyncio.Task[asyncio.subprocess.Process]) -> None:
    if ready.done() and ready.exception() is None:
        await end(ready.result())


async def end(process: asyncio.subprocess.Process) -> None:
    """Kill a process, unless it has ended."""
    if process.returncode is None:
        process.kill()
    await process.wait()
