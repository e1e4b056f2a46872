"""The validation service: each upload has a process, which a template forks that has loaded everything."""

import asyncio
import os
import socket
import struct
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

EXIT_CODE = struct.Struct("!i")
"""The exit code at the end of an answer; negative if a signal ended the process."""
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
        self._template: asyncio.Task[_Template] | None = None

    def get_ready(self) -> None:
        """Start the template, unless it runs."""
        template = self._template
        if template is None or (template.done() and (template.exception() is not None or template.result().ended)):
            self._template = asyncio.get_running_loop().create_task(self._start())

    async def close(self) -> None:
        """End the template, and with it the processes that it has forked."""
        template, self._template = self._template, None
        if template is not None and not (template.done() and template.exception() is not None):
            await (await template).end()

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
            answer, code = await self._ask(orjson.dumps(asdict(task)) + b"\n" + data)
        if code == os.EX_TEMPFAIL:  # the template could not fork
            raise _too_many()
        if code != 0 or not answer:
            raise self._error(code or 1)
        header, _, body = answer.partition(b"\n")
        error = orjson.loads(header)["error"]
        if error is not None:
            raise unpack(error)
        return body

    async def _ask(self, upload: bytes) -> tuple[bytes, int]:
        """Return what a process answers to an upload, and its exit code; cancelled, the process is killed.

        Raises:
            TooManyUploads: there are not enough processes or descriptors.
        """
        for _ in range(2):
            self.get_ready()
            assert self._template is not None  # noqa: S101  # it has just been made ready
            try:
                template = await asyncio.shield(self._template)
                answer = await template.ask(upload)
            except OSError as lacking:
                raise _too_many() from lacking
            if len(answer) >= EXIT_CODE.size:
                [code] = EXIT_CODE.unpack(answer[-EXIT_CODE.size :])
                return answer[: -EXIT_CODE.size], code
            await template.end()  # something has killed it, and with it the process of the upload
        return b"", 1

    async def _start(self) -> "_Template":
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "plangraf.validation.template", str(os.getpid())),
                    orjson.dumps(self._limits).decode(),
                    stdin=theirs.fileno(),
                    stdout=asyncio.subprocess.DEVNULL,
                )
            except OSError:
                ours.close()
                raise
        return _Template(process, ours)

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


class _Template:
    """The process that forks others.

    Args:
        process: the process.
        control: the socket on which it takes uploads.
    """

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._process = process
        self._control = control
        control.setblocking(False)

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.returncode is not None

    async def ask(self, upload: bytes) -> bytes:
        """Return the answer to an upload with the exit code of its process; less if the template ends.

        Raises:
            OSError: there are not enough processes or descriptors.
        """
        if self._control.fileno() == -1:  # it has been ended for another upload
            return b""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"\0"], [theirs.fileno()])
            except ConnectionError:
                ours.close()
                return b""
            except OSError:
                ours.close()
                raise
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            writer.write(upload)
            await writer.drain()
            writer.write_eof()
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def end(self) -> None:
        """Kill it, unless it has ended; the kernel kills the processes that it has forked."""
        self._control.close()
        if not self.ended:
            self._process.kill()
        await self._process.wait()
