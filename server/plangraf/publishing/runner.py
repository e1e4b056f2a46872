"""The process that makes a change, as the publishing service runs it."""

import asyncio
import os
import sys
from collections.abc import Sequence

import orjson

from plangraf.confinement import reason_of
from plangraf.errors import (
    PublishingBusy,
    RequestError,
    ValidationCrashed,
    ValidationMemory,
    ValidationTimeout,
    unpack,
)
from plangraf.languages import N_
from plangraf.publishing.change import ChangeOutcome, GraphChange, GraphDocument
from plangraf.settings import Settings

_RETRY = 5


class ChangeRunner:
    """Runs a process for one change; the process loads its libraries while the body of the request arrives.

    Args:
        settings: the limits of the process: seconds of processor, and memory in bytes.
    """

    def __init__(self, settings: Settings) -> None:
        self._limits = {"seconds": settings.publishing_seconds, "memory": settings.publishing_memory}
        self._process = asyncio.get_running_loop().create_task(self._start())

    async def run(self, change: GraphChange, documents: Sequence[GraphDocument]) -> ChangeOutcome:
        """Make the change.

        Raises:
            RequestError: it is refused, or the process has exceeded a limit or crashed.
        """
        process = await self._process
        header = change.model_dump_json().encode() + b"\n"
        answer, _ = await process.communicate(header + b"".join(document.data for document in documents))
        if process.returncode != 0 or not answer:
            raise self._ended(process.returncode or 1)
        found = orjson.loads(answer)
        if found["error"] is not None:
            raise unpack(found["error"])
        return ChangeOutcome.model_validate(found["outcome"])

    async def close(self) -> None:
        """End the process, if it runs."""
        try:
            process = await self._process
        except PublishingBusy:
            return  # it could not be started
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *(
                    sys.executable,
                    "-m",
                    "plangraf.publishing.change_process",
                    str(os.getpid()),
                    orjson.dumps(self._limits).decode(),
                ),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        except OSError as lacking:  # processes or descriptors
            raise busy() from lacking

    def _ended(self, code: int) -> RequestError:
        reason = reason_of(code)
        if reason == "time":
            return ValidationTimeout(
                N_("The change was ended after {seconds} seconds. Nothing has changed; send a smaller graph."),
                seconds=self._limits["seconds"],
                members={"limit": "time", "seconds": self._limits["seconds"]},
            )
        if reason == "memory":
            return ValidationMemory(
                N_("The change was ended at {bytes} bytes of memory. Nothing has changed; send a smaller graph."),
                bytes=self._limits["memory"],
                members={"limit": "memory", "bytes": self._limits["memory"]},
            )
        return ValidationCrashed(
            N_("The process that made the change has ended. Read the graph to see whether it has changed."),
            members={"limit": "crash"},
        )


def busy() -> PublishingBusy:
    """Return the error for a change that must wait for another one."""
    return PublishingBusy(
        N_("Another change of the release is under way; send yours again in a moment."), retry_after=_RETRY
    )
