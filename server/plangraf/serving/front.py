"""A front: a process with an event loop and the whole application, which answers the requests of some connections."""

import asyncio
import gc
import logging
import signal
import socket
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import uvicorn

from plangraf.app import assemble_app, make_services
from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.keeper_source import PassedKeepers
from plangraf.errors import PlangrafError
from plangraf.http.metrics import Metrics, count_refusal, set_role
from plangraf.http.services import Services
from plangraf.release.release import Release
from plangraf.serving.configuration import Configuration
from plangraf.serving.connections import ConnectionLimits, Connections
from plangraf.serving.messages import FrontReport, Order, OrderKind, ReportKind, receive_order, send
from plangraf.serving.protocol import limited_protocol
from plangraf.serving.release_proxy import BackgroundReleaseProxy
from plangraf.serving.remote_background import RemoteBackground
from plangraf.serving.switching import ServedRelease, SwitchingApp
from plangraf.serving.warm import warm

_log = logging.getLogger(__name__)


_STOP = (signal.SIGTERM, signal.SIGINT)


def front_role(number: int) -> str:
    """Return the name of a front, counted from 0, in metrics and logs."""
    return f"front-{number}"


def run_front(configuration: Configuration, number: int, control: socket.socket, listener: socket.socket) -> int:
    """Answer requests until the process is told to stop, and return the exit code.

    Args:
        configuration: the configuration of the server.
        number: the number of the front, counted from 0.
        control: the socket to the supervisor.
        listener: the socket on which the front accepts connections.
    """
    set_role(front_role(number))
    for ending in _STOP:
        signal.signal(ending, lambda *_: None)  # uvicorn raises a signal again after it has stopped
    return _Front(configuration, number, control, listener).run()


_COLLECTED_AFTER = (5_000, 10, 400)
"""The thresholds of garbage collection. Caches fill with objects that live long: by default, looking through all of
them again and again takes a tenth of the time of a short query, and 50 ms at once."""


class _Front:
    def __init__(
        self, configuration: Configuration, number: int, control: socket.socket, listener: socket.socket
    ) -> None:
        self._configuration = configuration
        self._number = number
        self._control = control
        self._listener = listener
        self._app = SwitchingApp()
        self._prepared: dict[int, ServedRelease] = {}
        self._keepers: dict[int, PassedKeepers] = {}
        self._preparing: dict[int, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._first: asyncio.Event = asyncio.Event()

    def run(self) -> int:
        settings = self._configuration.settings
        config = uvicorn.Config(
            self._app,
            http=limited_protocol(Connections(ConnectionLimits.of(settings), count_refusal)),
            log_config=None,
            server_header=False,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            timeout_graceful_shutdown=settings.drain_seconds,
        )
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            return runner.run(self._serve(uvicorn.Server(config)))

    async def _serve(self, server: uvicorn.Server) -> int:
        loop = asyncio.get_running_loop()
        self._control.setblocking(False)
        loop.add_reader(self._control, self._receive)
        stop = asyncio.Event()

        def end() -> None:
            stop.set()
            server.should_exit = True  # until uvicorn has handlers of its own

        for number in _STOP:
            loop.add_signal_handler(number, end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP)  # one that has arrived meanwhile is handled now
        waiting = [asyncio.ensure_future(event.wait()) for event in (self._first, stop)]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if not stop.is_set():
            gc.collect()
            gc.freeze()  # exclude permanent objects from garbage collection, which would delay responses
            gc.set_threshold(*_COLLECTED_AFTER)
            await server.serve([self._listener])
        loop.remove_reader(self._control)
        for running in self._tasks:
            running.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        served = [*self._prepared.values(), *([self._app.served] if self._app.served is not None else [])]
        for release in served:
            await release.services.close()
        return 0

    def _receive(self) -> None:
        while True:
            try:
                received = receive_order(self._control)
            except BlockingIOError:
                return
            if received is None:  # the supervisor has ended, and the kernel ends this process
                asyncio.get_running_loop().remove_reader(self._control)
                return
            order, descriptors = received
            if order.kind in (OrderKind.PREPARE, OrderKind.KEEPER):
                if not descriptors:
                    _log.error(
                        "there is no free descriptor for the keeper; this process ends, and another is started"
                    )
                    signal.raise_signal(signal.SIGTERM)
                    return
                stream = socket.socket(fileno=descriptors[0])
                if order.kind == OrderKind.PREPARE:
                    self._keepers[order.generation] = PassedKeepers()
                if order.generation in self._keepers:
                    self._keepers[order.generation].put(stream)
                else:
                    stream.close()  # the release has been replaced meanwhile
            if order.kind != OrderKind.KEEPER:
                task = asyncio.get_running_loop().create_task(self._obey(order))
                self._tasks.add(task)
                task.add_done_callback(partial(self._finish, order))
                if order.kind == OrderKind.PREPARE:
                    self._preparing[order.generation] = task

    def _finish(self, order: Order, task: asyncio.Task[None]) -> None:
        """Report an unexpected exception, so that the supervisor refuses the release instead of waiting for it."""
        self._tasks.discard(task)
        if order.kind == OrderKind.PREPARE:
            self._preparing.pop(order.generation, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("release %d failed to %s", order.generation, order.kind, exc_info=error)
            self._report(FrontReport(ReportKind.FAILED, order.generation, "an error of the server, see its log"))

    async def _obey(self, order: Order) -> None:
        match order.kind:
            case OrderKind.PREPARE:
                await self._prepare(order)
            case OrderKind.SWITCH:
                await self._switch(order)
            case OrderKind.DISCARD:
                preparing = self._preparing.get(order.generation)
                if preparing is not None:
                    preparing.cancel()
                    await asyncio.wait([preparing])
                prepared = self._prepared.pop(order.generation, None)
                if prepared is not None:
                    await self._close(prepared)

    async def _prepare(self, order: Order) -> None:
        """Open a release beside the one that is served, and free it again if that does not succeed."""
        async with AsyncExitStack() as failing:
            failing.push_async_callback(self._keepers[order.generation].close)
            failing.callback(self._keepers.pop, order.generation)
            try:
                services = await self._open(order)
            except (PlangrafError, OSError) as error:
                self._report(FrontReport(ReportKind.FAILED, order.generation, str(error)))
                return
            failing.push_async_callback(services.close)
            settings = self._configuration.settings
            address = self._configuration.jobs.getsockname()
            app = assemble_app(services, BackgroundReleaseProxy(address, settings.max_body))
            self._prepared[order.generation] = ServedRelease(order.generation, services, app)
            failing.pop_all()
        self._report(FrontReport(ReportKind.PREPARED, order.generation))

    async def _switch(self, order: Order) -> None:
        """Answer all further requests from a release, and close the one before after its last answer."""
        prepared = self._prepared.pop(order.generation)
        prepared.since = order.since
        before = self._app.switch(prepared)
        prepared.services.metrics.serve(prepared.services.manifest.release)
        self._first.set()
        self._report(FrontReport(ReportKind.SWITCHED, order.generation))
        if before is not None:
            # These requests are answered from the release that is served then, and keep no release open.
            warming = asyncio.create_task(warm(self._app, prepared.services.manifest))
            self._tasks.add(warming)
            warming.add_done_callback(self._tasks.discard)
            await self._close(before)

    async def _close(self, release: ServedRelease) -> None:
        await release.close()
        self._keepers.pop(release.generation, None)

    async def _open(self, order: Order) -> Services:
        folder, manifest = await asyncio.to_thread(Release.locate, Path(order.folder))
        release = Release(folder, manifest)
        settings = self._configuration.front_settings
        metrics = Metrics()
        services = make_services(
            EmbeddedEngine(
                self._keepers[order.generation],
                self._configuration.limits,
                self._configuration.policy(self._number),
                metrics,
            ),
            manifest,
            release.quads,
            self._configuration.shapes,
            self._configuration.examples,
            settings,
            RemoteBackground(self._configuration.jobs.getsockname(), self._configuration.folder),
            metrics,
        )
        try:
            await services.start()
        except BaseException:
            await services.close()
            raise
        return services

    def _report(self, report: FrontReport) -> None:
        send(self._control, report)
