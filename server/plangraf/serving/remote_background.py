"""The background process, as a front uses it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import orjson

from plangraf.errors import (
    DumpsUnavailable,
    IndexUnavailable,
    RequestError,
    TooManyUploads,
    ValidationCrashed,
    pack,
)
from plangraf.languages import N_
from plangraf.previewing.bundle import PreviewPage
from plangraf.previewing.outcome import PreviewFailure, PreviewOutcome
from plangraf.publishing.change import ChangeOutcome, GraphDocument, GraphRequest
from plangraf.publishing.service import PublishingPlace
from plangraf.release.dump_writer import DumpJob
from plangraf.search.release_index import IndexJob
from plangraf.serving.jobs import Job, PreviewAddress, PreviewUpload, Streams, connect, read_result, write_line
from plangraf.validation.service import ValidationPlace
from plangraf.validation.task import ValidationTask

_RETRY = 5
_ANSWERS_WITHIN = 10.0
"""The time in seconds for the background process to answer; it may just be started again."""
_ADMITTED_WITHIN = 30.0
"""The same for a request to change a graph; the answer to a wrong token is delayed."""


class RemoteBackground:
    """Passes jobs to the background process; see `plangraf.http.background.Background`.

    Args:
        address: the path of the socket of the process.
        scratch: the directory for files of a release whose own directory is not writable.
    """

    def __init__(self, address: str, scratch: Path) -> None:
        self._address = address
        self.scratch: Path | None = scratch

    async def get_ready(self) -> None:
        """Start a process for the next upload, unless there is one."""
        await self._get_ready(Job(kind="ready"))

    async def get_preview_ready(self) -> None:
        """Start a process for the next preview, unless there is one."""
        await self._get_ready(Job(kind="ready-preview"))

    async def _get_ready(self, job: Job) -> None:
        reader, writer = await self._begin(job)
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await read_result(reader)
        except (EOFError, TimeoutError):
            return  # it is only about time: the next upload starts the process
        finally:
            writer.close()

    @asynccontextmanager
    async def validation_place(self, client: str) -> AsyncIterator[ValidationPlace]:
        """Hold a place for an upload; the end of the connection gives it back."""
        reader, writer = await self._begin(Job(kind="place", client=client))
        try:
            try:
                async with asyncio.timeout(_ANSWERS_WITHIN):
                    await read_result(reader)
            except (EOFError, TimeoutError) as error:
                raise TooManyUploads(
                    N_("Too many uploads wait; send yours again in a moment."), retry_after=_RETRY
                ) from error
            yield _RemotePlace((reader, writer))
        finally:
            writer.close()

    async def make_preview(self, data: bytes, source: str) -> PreviewOutcome:
        """Have the background process make a preview; the end of the connection cancels it."""
        upload = PreviewUpload(source=source, size=len(data))
        reader, writer = await self._begin(Job(kind="preview", preview=upload))
        try:
            writer.write(data)
            await writer.drain()
            found = orjson.loads(await read_result(reader))
        except (EOFError, ConnectionError):
            return PreviewOutcome(failure=PreviewFailure.CRASH)
        finally:
            writer.close()
        return PreviewOutcome(found["token"], found["failure"] and PreviewFailure(found["failure"]))

    async def preview_page(self, token: str, page: PreviewPage) -> bytes | None:
        """Return a page of a preview, which the background process keeps."""
        address = PreviewAddress(token=token, number=page.number, language=page.language)
        reader, writer = await self._begin(Job(kind="preview-page", page=address))
        try:
            return await read_result(reader) or None
        except EOFError:
            return None  # the previews have ended with the process
        finally:
            writer.close()

    @asynccontextmanager
    async def publishing_place(self, request: GraphRequest) -> AsyncIterator[PublishingPlace]:
        """Hold a place for a request to change a graph; the background process is told why its body is refused."""
        reader, writer = await self._begin(Job(kind="change", change=request))
        place = _RemotePublishingPlace((reader, writer))
        try:
            try:
                async with asyncio.timeout(_ADMITTED_WITHIN):
                    await read_result(reader)
            except (EOFError, TimeoutError) as error:
                raise _lost() from error
            try:
                yield place
            except RequestError as error:
                place.refuse(error)
                raise
        finally:
            writer.close()

    async def write_dumps(self, job: DumpJob) -> None:
        """Write dumps in the background process."""
        try:
            await self._make(Job(kind="files", dumps=job))
        except EOFError as error:
            raise DumpsUnavailable(
                N_("The downloads of this release are being made. Ask again a little later."), retry_after=_RETRY
            ) from error

    async def write_index(self, job: IndexJob) -> None:
        """Make a search index in the background process."""
        try:
            await self._make(Job(kind="files", index=job))
        except EOFError as error:
            raise IndexUnavailable(
                N_("The search index of this release is being made. Ask again a little later."), retry_after=_RETRY
            ) from error

    async def close(self) -> None:
        """Do nothing: the supervisor ends the process."""

    async def _make(self, job: Job) -> None:
        reader, writer = await self._begin(job)
        try:
            await read_result(reader)
        finally:
            writer.close()

    async def _begin(self, job: Job) -> Streams:
        streams = await connect(self._address)
        write_line(streams[1], job.model_dump(mode="json"))
        return streams


class _RemotePlace:
    def __init__(self, streams: Streams) -> None:
        self._reader, self._writer = streams

    async def check(self, data: bytes, task: ValidationTask) -> bytes:
        write_line(self._writer, {"task": asdict(task), "size": len(data)})
        self._writer.write(data)
        try:
            await self._writer.drain()
            return await read_result(self._reader)
        except (EOFError, ConnectionError) as error:
            raise ValidationCrashed(
                N_(
                    "The data ended the process that validated them; they may be nested too deeply. Send them in "
                    "smaller parts."
                ),
                members={"limit": "crash"},
            ) from error


class _RemotePublishingPlace:
    def __init__(self, streams: Streams) -> None:
        self._reader, self._writer = streams
        self._sent = False

    async def change(self, documents: Sequence[GraphDocument]) -> ChangeOutcome:
        self._sent = True
        sizes = [(document.format, len(document.data)) for document in documents]
        write_line(self._writer, {"error": None, "documents": sizes})
        for document in documents:
            self._writer.write(document.data)
        try:
            await self._writer.drain()
            return ChangeOutcome.model_validate_json(await read_result(self._reader))
        except (EOFError, ConnectionError) as error:
            raise _lost() from error

    def refuse(self, error: RequestError) -> None:
        if not self._sent:
            write_line(self._writer, {"error": pack(error)})


def _lost() -> ValidationCrashed:
    return ValidationCrashed(
        N_("The process that made the change has ended. Read the graph to see whether it has changed."),
        members={"limit": "crash"},
    )
