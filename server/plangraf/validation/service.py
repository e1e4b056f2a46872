"""The validation service: it runs a process for each upload and keeps one idle process ready for the next."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Protocol

import orjson

from plangraf.confinement import reason_of
from plangraf.errors import (
    RequestError,
    TooManyUploads,
    ValidationCrashed,
    ValidationMemory,
    ValidationTimeout,
    unpack,
)
from plangraf.languages import N_
from plangraf.settings import Settings
from plangraf.validation.task import ValidationTask

_AT_ONCE = 2
_WAITING = 8
_OF_CLIENT = 4
"""The number of places that one client may have."""
_RETRY = 5


class ValidationPlace(Protocol):
    """The place of one upload among those that are validated or wait."""

    async def check(self, data: bytes, task: ValidationTask) -> bytes:
        """Return the serialized report on `data`.

        Raises:
            UploadMalformed: the data cannot be parsed.
            ValidationTimeout, ValidationMemory, ValidationCrashed: the process exceeded a limit or crashed.
        """


class ValidationService:
    """Validates uploads, a few at a time, each in its own process.

    An upload takes a place before its body is read, so the number of places also bounds the memory of the bodies.

    Args:
        settings: the limits of each process: wall time in seconds, and memory in bytes.
    """

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.upload_seconds
        self._limits = {"seconds": settings.upload_seconds, "memory": settings.upload_memory}
        self._running = asyncio.Semaphore(_AT_ONCE)
        self._taken: Counter[str] = Counter()
        self._ready: asyncio.Task[asyncio.subprocess.Process] | None = None

    def get_ready(self) -> None:
        """Start an idle process for the next upload, unless there is one."""
        if self._ready is None or (self._ready.done() and self._ready.exception() is not None):
            self._ready = asyncio.get_running_loop().create_task(self._start())

    async def close(self) -> None:
        """Stop the idle process; uploads under validation must have ended."""
        ready, self._ready = self._ready, None
        if ready is not None and not (ready.done() and ready.exception() is not None):
            await _end(await ready)

    @asynccontextmanager
    async def place(self, client: str) -> AsyncIterator["ValidationPlace"]:
        """Hold a place for an upload of `client`.

        Raises:
            TooManyUploads: all places, or those that one client may have, are taken.
        """
        if self._taken.total() >= _AT_ONCE + _WAITING or self._taken[client] >= _OF_CLIENT:
            raise _too_many()
        self._taken[client] += 1
        try:
            yield self
        finally:
            self._taken[client] -= 1
            self._taken += Counter()  # drop clients without a place

    async def check(self, data: bytes, task: ValidationTask) -> bytes:
        """Return the serialized report on `data`, which has a place; see `ValidationPlace`."""
        async with self._running:
            try:
                process = await self._take()
            except OSError as lacking:  # processes or descriptors
                raise _too_many() from lacking
            try:
                answer, _ = await process.communicate(orjson.dumps(asdict(task)) + b"\n" + data)
            finally:
                await _end(process)
        if process.returncode != 0 or not answer:
            raise self._error(process.returncode or 1)
        header, _, body = answer.partition(b"\n")
        error = orjson.loads(header)["error"]
        if error is not None:
            raise unpack(error)
        return body

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-m",
                "plangraf.validation.process",
                str(os.getpid()),
                orjson.dumps(self._limits).decode(),
            ),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )

    async def _take(self) -> asyncio.subprocess.Process:
        """Return the idle process, and start another one for the next upload."""
        while True:
            self.get_ready()
            ready, self._ready = self._ready, None
            assert ready is not None  # noqa: S101  # it has just been made ready
            self.get_ready()
            process = await ready
            if process.returncode is None:
                return process

    def _error(self, code: int) -> RequestError:
        reason = reason_of(code)
        if reason == "time":
            return ValidationTimeout(
                N_(
                    "The validation was ended after {seconds} seconds. Send fewer statements at once: one plan, or "
                    "one file of it."
                ),
                seconds=self._seconds,
                members={"limit": "time", "seconds": self._seconds},
            )
        if reason == "memory":
            return ValidationMemory(
                N_(
                    "The validation was ended at {bytes} bytes of memory. Send fewer statements at once: one plan, "
                    "or one file of it."
                ),
                bytes=self._limits["memory"],
                members={"limit": "memory", "bytes": self._limits["memory"]},
            )
        return ValidationCrashed(
            N_(
                "The data ended the process that validated them; they may be nested too deeply. Send them in smaller"
                " parts."
            ),
            members={"limit": "crash"},
        )


def _too_many() -> TooManyUploads:
    return TooManyUploads(N_("Too many uploads wait; send yours again in a moment."), retry_after=_RETRY)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
