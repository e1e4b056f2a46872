"""The release that a server serves and the next one, as the supervisor sees them: the live switch."""

import logging
import signal
from collections.abc import Callable
from functools import partial
from time import monotonic, time

from plangraf.engine.keeper_process import KeeperProcess
from plangraf.http.metrics import count_ended_process, count_switch
from plangraf.serving.candidate import Rejection, release_stamp
from plangraf.serving.configuration import Configuration
from plangraf.serving.generation import Generation, Step
from plangraf.serving.messages import FrontReport, Order, OrderKind, ReportKind, send
from plangraf.serving.opener import ReleaseOpener
from plangraf.serving.process import Child, Closeable
from plangraf.serving.served import note_served

_log = logging.getLogger(__name__)

_LOOK = 0.1
"""The time in seconds between looks at the release that is current in the directory of releases."""
_PATIENCE = 600.0
"""The time in seconds in which a release must be opened, loaded and prepared, before it is refused."""
_DEATHS = 3
"""The number of fronts that may end while a release is on its way, before it is refused."""


class StartFailed(Exception):  # noqa: N818  # named for the state of the server
    """The first release cannot be served.

    Attributes:
        rejection: the reason, and the exit code of the command.
    """

    def __init__(self, rejection: Rejection) -> None:
        self.rejection = rejection
        super().__init__(rejection.reason)


class Releases:
    """Takes a release through its steps, and refuses one that cannot be served while the release before stays.

    Args:
        configuration: the configuration of the server.
        fronts: the fronts.
        unneeded: returns the sockets of the supervisor that no child needs.
        greet: called with the identifier of the first release when all fronts serve it.
    """

    def __init__(
        self,
        configuration: Configuration,
        fronts: list[Child],
        unneeded: Callable[[], list[Closeable]],
        greet: Callable[[str], None],
    ) -> None:
        self._configuration = configuration
        self._fronts = fronts
        self._unneeded = unneeded
        self._greet = greet
        self._current: Generation | None = None
        self._next: Generation | None = None
        self._retired: list[KeeperProcess] = []
        self._opened = 0
        self._stamp = self._read_stamp()
        self._looked = 0.0

    @property
    def served(self) -> bool:
        """Whether there is a release that all fronts have served."""
        return self._current is not None

    @property
    def opened(self) -> bool:
        """Whether there is a release that fronts can prepare or serve."""
        return any(generation.offered for generation in self._generations)

    @property
    def keepers(self) -> list[KeeperProcess]:
        """The keepers whose sockets are open."""
        return [generation.keeper for generation in self._generations if generation.keeper is not None]

    @property
    def sources(self) -> dict[int, Callable[[], None]]:
        """What to call when a descriptor is readable."""
        found: dict[int, Callable[[], None]] = {}
        for generation in self._generations:
            if generation.opener is not None:
                found[generation.opener.fileno()] = partial(self._read_result, generation)
            if generation.keeper is not None:
                found[generation.keeper.fileno()] = partial(self._read_keeper, generation)
        return found

    def open_next(self) -> None:
        """Start a process that opens the release, unless one is on its way.

        Raises:
            StartFailed: there is no process for the first release.
        """
        if self._next is not None:
            return
        self._stamp = self._read_stamp()
        self._opened += 1
        generation = self._next = Generation(self._opened, monotonic())
        try:
            served = self._current.candidate if self._current is not None else None
            generation.opener = ReleaseOpener(self._configuration, served, self._unneeded())
        except OSError as error:
            self._reject(generation, Rejection(f"no process can be started to open it: {error.strerror}", 1))

    def do_due(self, now: float) -> float:
        """Look for another release, start keepers whose delay is over, and return when something is due again."""
        until = float("inf")
        if self._stamp is not None and self._current is not None:
            if now >= self._looked + _LOOK:
                self._looked = now
                if self._read_stamp() not in (None, self._stamp):
                    self.open_next()
            until = self._looked + _LOOK
        if self._next is not None and self._current is not None:
            if now >= self._next.begun + _PATIENCE:
                self._give_up(self._next)
            until = min(until, now + 1.0)
        for generation in self._generations:
            if generation.candidate is not None and generation.keeper is None:
                if generation.backoff.due(now) <= now:
                    self._start_keeper(generation, now)
                if generation.keeper is None:
                    until = min(until, generation.backoff.due(now))
        return until

    def follow(self) -> None:
        """Open the release that is current in the directory of releases, even if it has been refused before."""
        if self._stamp is not None and self._current is not None:
            self.open_next()

    def offer(self, front: Child) -> None:
        """Tell a front that has been started to prepare the release that is served, and the next one."""
        for generation in self._generations:
            self._pass_keeper(front, generation)

    def record(self, front: Child, report: FrontReport) -> None:
        """Record what a front has done, and take the next step if all have done it.

        Raises:
            StartFailed: the first release cannot be served.
        """
        generation = next((known for known in self._generations if known.number == report.generation), None)
        if generation is None:  # it has been refused or replaced meanwhile
            if report.kind == ReportKind.PREPARED:
                self._order(front, Order(OrderKind.DISCARD, report.generation))
            return
        if report.kind == ReportKind.FAILED:
            if generation.refusable:
                self._reject(generation, Rejection(report.reason, 1))
            else:  # other fronts serve this release, so this one is started again
                front.signal(signal.SIGKILL)
            return
        generation.reports[front.role] = report.kind
        if generation.step in (Step.SWITCHING, Step.SERVED) and report.kind == ReportKind.PREPARED:
            # A front that has been started during a switch must not change back to the release before.
            late = generation is self._current and self._next is not None and self._next.step == Step.SWITCHING
            kind = OrderKind.DISCARD if late else OrderKind.SWITCH
            self._order(front, Order(kind, generation.number, since=generation.since))
        self._advance(generation)

    def _advance(self, generation: Generation) -> None:
        """Take the next step of a release if all fronts have taken the one before."""
        done = [generation.reports.get(each.role) for each in self._fronts]
        verified = generation.candidate is not None and generation.candidate.verified
        if generation.step == Step.PREPARING and None not in done and verified:
            generation.step = Step.SWITCHING
            generation.since = int(time())
            for each in self._fronts:
                self._order(each, Order(OrderKind.SWITCH, generation.number, since=generation.since))
        elif generation.step == Step.SWITCHING and all(kind == ReportKind.SWITCHED for kind in done):
            self._serve(generation)

    def forget(self, front: Child) -> None:
        """Record that a front has ended.

        Raises:
            StartFailed: it was one of the first, and the next ones would end too.
        """
        for generation in self._generations:
            generation.forget(front.role)
        if self._current is None:
            raise StartFailed(Rejection("the server cannot be started; the log has the reason", 1))
        if self._next is not None and self._next.refusable:
            self._next.deaths += 1
            if self._next.deaths >= _DEATHS:
                self._reject(self._next, Rejection("processes end while they prepare it", 1))

    def reaped(self, pid: int, code: int) -> None:
        """Record the end of a process, which may have been a keeper."""
        for keeper in (*self._retired, *self.keepers):
            if keeper.pid == pid:
                keeper.reaped(code)
        self._retired = [keeper for keeper in self._retired if keeper.pid != pid]
        for generation in self._generations:
            if generation.opener is not None:
                generation.opener.reaped(pid)

    def end(self) -> None:
        """End all keepers and the process that opens a release."""
        for generation in self._generations:
            self._end_opener(generation)
        for keeper in (*self._retired, *self.keepers):
            keeper.kill()

    def _end_opener(self, generation: Generation) -> None:
        if generation.opener is not None:
            generation.opener.end()
            generation.opener = None

    @property
    def _generations(self) -> list[Generation]:
        return [generation for generation in (self._current, self._next) if generation is not None]

    def _read_stamp(self) -> tuple[str, int, int] | None:
        path = self._configuration.settings.served
        return release_stamp(path) if path is not None else None

    def _read_result(self, generation: Generation) -> None:
        """Read what the process says that opens a release, and have the release loaded."""
        opener = generation.opener
        if opener is None:
            return  # it has been given up by what was handled just before
        found = opener.read()
        if opener.ended:
            generation.opener = None
        if isinstance(found, Rejection):
            self._reject(generation, found)
        elif found is not None and self._current is not None and self._current.names(found):
            self._end_opener(generation)
            self._next = None  # the same release as before
        elif found is not None and generation.candidate is not None:
            generation.candidate = found  # it has been verified
            self._advance(generation)
        elif found is not None:
            generation.candidate, generation.update = found, found.update
            # The first fronts are prepared while the keeper loads; later, a release must have been loaded first.
            generation.step = Step.PREPARING if self._current is None else Step.LOADING

    def _reject(self, generation: Generation, rejection: Rejection) -> None:
        """Refuse a release that cannot be served."""
        self._next = None
        self._end_opener(generation)
        self._retire(generation)
        if self._current is None:
            raise StartFailed(rejection)
        count_switch("refused")
        _log.error("the new release is refused, and the one before stays: %s", rejection.reason)
        for front in self._fronts:
            if front.role in generation.told:
                self._order(front, Order(OrderKind.DISCARD, generation.number))

    def _give_up(self, generation: Generation) -> None:
        """End what a release has been waiting for too long."""
        if generation.refusable:
            self._reject(generation, Rejection(f"it is not ready after {_PATIENCE:.0f} seconds", 1))
            return
        generation.begun = monotonic()
        for front in self._fronts:
            if generation.reports.get(front.role) != ReportKind.SWITCHED:
                _log.error("%s does not change to the new release, and is started again", front.role)
                front.signal(signal.SIGKILL)

    def _retire(self, generation: Generation) -> None:
        """Let the keeper of a release end, once the last front has closed its socket."""
        if generation.keeper is not None:
            generation.keeper.close()
            if generation.keeper.pid is not None:
                self._retired.append(generation.keeper)
            generation.keeper = None

    def _start_keeper(self, generation: Generation, now: float) -> None:
        assert generation.candidate is not None  # noqa: S101  # the caller has checked it
        generation.backoff.start(now)
        try:
            generation.keeper = self._updated_keeper(generation) or KeeperProcess.start(
                generation.candidate.location, self._configuration.limits
            )
        except OSError as error:
            _log.error("the keeper cannot be started, and will be tried again: %s", error)
            return
        for front in self._fronts:
            self._pass_keeper(front, generation)

    def _updated_keeper(self, generation: Generation) -> KeeperProcess | None:
        """Return a copy of the keeper of the served release that is updated, or None if a keeper must load all.

        Raises:
            OSError: there are not enough descriptors.
        """
        update, generation.update = generation.update, None
        served = self._current.keeper if self._current is not None and self._current is not generation else None
        return served.copy(update) if update is not None and served is not None and served.ready else None

    def _read_keeper(self, generation: Generation) -> None:
        keeper = generation.keeper
        if keeper is None:
            return  # it has been retired by what was handled just before
        alive = keeper.receive()
        if keeper.ready and generation.step == Step.LOADING:
            generation.step = Step.PREPARING
            for front in self._fronts:
                self._pass_keeper(front, generation)
        if alive:
            return
        if not keeper.ready and keeper.copied:
            _log.warning("the release is loaded from the beginning: %s", keeper.failure or "the keeper ended")
            self._retire(generation)
            return
        if not keeper.ready and generation.refusable:
            self._reject(generation, Rejection(f"it cannot be loaded: {keeper.failure or 'the keeper ended'}", 2))
            return
        _log.error("the keeper has ended; starting another")
        self._end_keeper(generation)

    def _end_keeper(self, generation: Generation) -> None:
        """End a keeper, so that another is started when its delay is over."""
        if generation.keeper is not None:
            generation.keeper.kill()
            self._retire(generation)
            count_ended_process("keeper")

    def _pass_keeper(self, front: Child, generation: Generation) -> None:
        """Tell a front to prepare a release, with a socket to its keeper, or pass it the socket to another keeper."""
        if not generation.offered or generation.candidate is None:
            return
        if generation.keeper is None or front.control is None:
            return
        kind = OrderKind.KEEPER if front.role in generation.told else OrderKind.PREPARE
        try:
            stream = generation.keeper.attach()
        except OSError as error:
            _log.error("a front cannot be connected with the keeper, which is started again: %s", error)
            self._end_keeper(generation)
            return
        generation.told.add(front.role)
        with stream:
            self._order(front, Order(kind, generation.number, generation.candidate.folder), stream.fileno())

    def _order(self, front: Child, order: Order, descriptor: int | None = None) -> None:
        """Send a front an order; a front that has ended is told when it has been started again."""
        if front.control is not None:
            try:
                send(front.control, order, descriptor)
            except OSError as error:
                _log.error("%s cannot be told to %s, and is started again: %s", front.role, order.kind, error)
                front.signal(signal.SIGKILL)

    def _serve(self, generation: Generation) -> None:
        """Make a release the current one, after all fronts have switched to it."""
        before, self._current, self._next = self._current, generation, None
        generation.step = Step.SERVED
        assert generation.candidate is not None  # noqa: S101  # it has been loaded
        note_served(self._configuration.folder, generation.candidate.release)
        if before is None:
            self._greet(generation.candidate.release)
            return
        self._retire(before)
        count_switch("switched")
        _log.warning("serving release %s", generation.candidate.release)
