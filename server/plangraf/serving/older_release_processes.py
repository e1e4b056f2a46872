"""The processes that answer from older releases: two at most, which end when nobody has asked them for a while."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from plangraf.errors import InputError, ReleaseUnavailable
from plangraf.languages import N_
from plangraf.release.state import StateFolder
from plangraf.release.store_cache import CACHE
from plangraf.serving.configuration import Configuration
from plangraf.serving.older_release import READY, OlderReleaseJob

_log = logging.getLogger(__name__)

_MOST = 2
_IDLE = 120.0
"""The time in seconds after the last request at which a process is ended."""
_PATIENCE = 600.0
"""The time in seconds in which a release must be ready."""
_RETRY = 2
_RETRY_WHEN_OTHERS_ARE_USED = 15
_FAILED = 30.0
"""The time in seconds before a release that could not be made ready is tried again."""


@dataclass(eq=False)
class _Process:
    """A process that answers from a release.

    Attributes:
        socket: the path of its socket.
        running: the task that starts it, and waits for its end.
        ready: whether it answers.
        failed: when it has failed, in seconds of a monotonic clock, or None.
        lent: the number of requests that it answers.
        used: when it was last used.
    """

    socket: Path
    running: asyncio.Task[None] | None = None
    ready: bool = False
    failed: float | None = None
    lent: int = 0
    used: float = field(default_factory=monotonic)


class OlderReleaseProcesses:
    """Starts and ends the processes.

    Args:
        configuration: the configuration of the server.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._processes: dict[str, _Process] = {}
        self._started = 0

    @contextmanager
    def lent(self, release: str) -> Iterator[Path]:
        """Yield the path of the socket on which a release answers; its process does not end meanwhile.

        Raises:
            ReleaseUnavailable: the release is being made ready, or others are in use.
        """
        process = self._processes.get(release) or self._start(release)
        if process.failed is not None and monotonic() < process.failed + _FAILED:
            raise ReleaseUnavailable(
                N_("Release {release} cannot be opened; the operator finds the reason in the log."),
                release=release,
                retry_after=int(_FAILED),
                members={"release": release},
            )
        if process.failed is not None:
            process = self._start(release)
        if not process.ready:
            raise ReleaseUnavailable(
                N_("Release {release} is being made ready. Ask again in a moment."),
                release=release,
                retry_after=_RETRY,
                members={"release": release},
            )
        process.lent += 1
        try:
            yield process.socket
        finally:
            process.lent -= 1
            process.used = monotonic()

    async def close(self) -> None:
        """End all processes."""
        await self._end([*self._processes])

    def _start(self, release: str) -> _Process:
        self._processes.pop(release, None)
        running = {name: each for name, each in self._processes.items() if each.failed is None}
        if len(running) >= _MOST:
            unused = [name for name, each in running.items() if each.ready and not each.lent]
            if not unused:
                raise ReleaseUnavailable(
                    N_("Other older releases are in use. Ask again in a moment."),
                    retry_after=_RETRY_WHEN_OTHERS_ARE_USED,
                    members={"release": release},
                )
            self._forget(min(unused, key=lambda name: running[name].used))
        self._started += 1
        process = _Process(self._configuration.folder / f"older-{self._started}.sock")
        self._processes[release] = process
        process.running = asyncio.create_task(self._run(release, process))
        return process

    def _forget(self, release: str) -> None:
        process = self._processes.pop(release)
        if process.running is not None:
            process.running.cancel()

    async def _end(self, names: list[str]) -> None:
        tasks = [task for name in names if (task := self._processes[name].running) is not None]
        for name in names:
            self._forget(name)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, release: str, process: _Process) -> None:
        """Start the process of a release, and end it when it is no longer needed."""
        said = b""
        try:
            running = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "plangraf.serving.older_release",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            _log.error("release %s cannot be opened: %s", release, error)
            process.failed = monotonic()
            return
        assert running.stdin is not None  # noqa: S101  # they are pipes, see above
        assert running.stdout is not None  # noqa: S101  # they are pipes, see above
        try:
            running.stdin.write(self._job(release, process).model_dump_json().encode() + b"\n")
            async with asyncio.timeout(_PATIENCE):
                said = await running.stdout.readline()
            process.ready = said == READY
            process.used = monotonic()
            ended = asyncio.ensure_future(running.wait())
            while process.ready and not ended.done():
                idle = process.used + _IDLE - monotonic()
                if not process.lent and idle <= 0:
                    break
                await asyncio.wait([ended], timeout=max(1.0, idle))
            if not process.ready or ended.done():
                _log.error("the process of release %s has ended", release)
        except (InputError, TimeoutError) as error:
            _log.error("release %s cannot be opened: %s", release, error or "it takes too long")
        finally:
            if running.returncode is None:
                running.stdin.close()  # which ends it
                await running.wait()
            process.socket.unlink(missing_ok=True)
            if self._processes.get(release) is process:
                if process.ready:
                    del self._processes[release]
                else:
                    process.failed = monotonic()

    def _job(self, release: str, process: _Process) -> OlderReleaseJob:
        settings = self._configuration.settings
        assert settings.served is not None  # noqa: S101  # fronts ask for releases of a state folder
        state = StateFolder.around(settings.served)
        return OlderReleaseJob(
            folder=(state.path / release).resolve(),
            socket=process.socket,
            cache=state.path.resolve() / CACHE,
            settings=settings.model_dump(mode="json", exclude_none=True),
            switched=state.switched(release),
        )
