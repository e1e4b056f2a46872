"""The background process: it does for all fronts what is done once for a server.

It has the only validation service and the only publishing service, so their limits hold for the server as a whole,
it makes the files of a release that are not needed for the first answers, and it has older releases opened.
"""

import asyncio
import os
import signal
import socket
from collections.abc import Coroutine
from functools import partial
from typing import Any, TypeVar

import orjson

from plangraf.errors import RequestError, unpack
from plangraf.http.metrics import PreviewMetrics, set_role
from plangraf.http.problems import problem_of
from plangraf.once import SingleFlight
from plangraf.previewing.bundle import PreviewPage
from plangraf.previewing.service import PreviewService
from plangraf.publishing.change import GraphDocument, GraphRequest
from plangraf.publishing.service import PublishingService, ReleaseWatch
from plangraf.release.dump_service import write_dumps
from plangraf.search.index_service import write_index
from plangraf.serving.configuration import Configuration
from plangraf.serving.jobs import Job, PreviewUpload, Streams, listen, read_line, write_result
from plangraf.serving.older_release_processes import OlderReleaseProcesses
from plangraf.serving.served import read_served
from plangraf.validation.service import ValidationService
from plangraf.validation.task import ValidationTask

T = TypeVar("T")


def run_background(configuration: Configuration, control: socket.socket) -> int:
    """Do the jobs of the fronts until the supervisor closes `control`, and return the exit code."""
    set_role("background")
    asyncio.run(_BackgroundServer(configuration).serve(control))
    return 0


class _BackgroundServer:
    def __init__(self, configuration: Configuration) -> None:
        self._jobs = configuration.jobs
        self._validation = ValidationService(configuration.settings)
        self._previews = PreviewService(configuration.settings, PreviewMetrics())
        self._older = OlderReleaseProcesses(configuration)
        self._publishing = PublishingService(
            configuration.settings,
            lambda error: problem_of(error).status,
            ReleaseWatch(partial(read_served, configuration.folder), partial(os.kill, os.getppid(), signal.SIGHUP)),
        )
        self._writing: SingleFlight[str, None] = SingleFlight()
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, control: socket.socket) -> None:
        server = await listen(self._accept, self._jobs)
        control.setblocking(False)
        await asyncio.get_running_loop().sock_recv(control, 1)
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._older.close()
        await self._writing.close()
        await self._previews.close()
        await self._validation.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # asyncio runs this in a task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self._do(Job.model_validate(await read_line(reader)), (reader, writer))
        except RequestError as error:
            write_result(writer, error)
        except (EOFError, ConnectionError):
            pass  # the front, or its client, has gone
        except asyncio.CancelledError:
            pass  # this process ends, which is no fault for asyncio to log
        finally:
            writer.close()

    async def _do(self, job: Job, streams: Streams) -> None:
        _, writer = streams
        if job.kind == "ready":
            self._validation.get_ready()
        elif job.kind == "ready-preview":
            self._previews.get_ready()
        elif job.kind == "place":
            await self._validate(job.client, *streams)
            return
        elif job.preview is not None:
            await self._make_preview(job.preview, *streams)
            return
        elif job.page is not None:
            page = PreviewPage(job.page.number, job.page.language)
            write_result(writer, None, self._previews.page(job.page.token, page) or b"")
            await writer.drain()
            return
        elif job.kind == "release":
            await self._lend(job.release, *streams)
            return
        elif job.change is not None:
            write_result(writer, None, await self._change(job.change, *streams))
            await writer.drain()
            return
        else:
            await self._writing.do(job.model_dump_json(), lambda: _write(job))
        write_result(writer, None)
        await writer.drain()

    async def _lend(self, release: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._older.lent(release) as socket_path:
            write_result(writer, None, str(socket_path).encode())
            await writer.drain()
            await reader.read()  # until the front closes the connection

    async def _change(
        self, request: GraphRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes:
        """Change a graph, and return the outcome; once the documents have arrived, the front may go."""
        async with self._publishing.place(request) as place:
            write_result(writer, None)
            sent = await read_line(reader)
            if sent["error"] is not None:
                raise unpack(sent["error"])
            documents = [GraphDocument(key, await reader.readexactly(size)) for key, size in sent["documents"]]
            outcome = await place.change(documents)
        return outcome.model_dump_json().encode()

    async def _validate(self, client: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with self._validation.place(client) as place:
            write_result(writer, None)
            asked = await read_line(reader)
            data = await reader.readexactly(asked["size"])
            report = await _unless_left(reader, place.check(data, ValidationTask(**asked["task"])))
            if report is not None:
                write_result(writer, None, report)
                await writer.drain()

    async def _make_preview(
        self, upload: PreviewUpload, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        data = await reader.readexactly(upload.size)
        outcome = await _unless_left(reader, self._previews.make(data, upload.source))
        if outcome is not None:
            write_result(writer, None, orjson.dumps(outcome))
            await writer.drain()


async def _unless_left(reader: asyncio.StreamReader, work: Coroutine[Any, Any, T]) -> T | None:
    """Return the result of `work`, or None if the front closes the connection before, which cancels it."""
    doing = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(reader.read(1))
    try:
        await asyncio.wait([doing, leaving], return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, leaving):
            task.cancel()
        await asyncio.wait([doing, leaving])
        if not doing.cancelled():
            doing.exception()  # it has been raised above, or the front has gone


async def _write(job: Job) -> None:
    if job.dumps is not None:
        await write_dumps(job.dumps)
    if job.index is not None:
        await write_index(job.index)
