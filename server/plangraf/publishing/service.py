"""The publishing service: it lets publishers change their graphs, one change at a time, and keeps the audit log."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from plangraf.errors import (
    GraphForbidden,
    InputError,
    RequestError,
    RequestMalformed,
    ServerFault,
    TokenInvalid,
)
from plangraf.languages import N_
from plangraf.namespaces import GRAPH
from plangraf.publishing.audit import AuditEntry, InvalidTokenLimit, append_audit
from plangraf.publishing.change import ChangeOutcome, GraphChange, GraphDocument, GraphRequest
from plangraf.publishing.failures import Failures
from plangraf.publishing.ownership import owns_graph
from plangraf.publishing.runner import ChangeRunner, busy
from plangraf.publishing.tokens import TokenFile, TokenRecord
from plangraf.release.state import StateFolder
from plangraf.settings import Settings

_log = logging.getLogger(__name__)

_ARRIVING = 4
"""The number of requests of publishers whose bodies are in memory at once."""
_LOOK = 0.05
"""The time in seconds between two looks at the release that is served."""
_SERVED_WITHIN = 30.0
"""The time in seconds in which the server should answer from a new release, before the publisher is told to wait."""
_LONGEST_GRAPH = 2000
_STATUSES = {"created": 201, "changed": 204, "unchanged": 204, "deleted": 204}
_ACCEPTED = 202
_STOPPED = 503


@dataclass(frozen=True)
class ReleaseWatch:
    """How the service learns from which release the server answers.

    Attributes:
        read: returns the name of the release from which all fronts answer; None if it is not known.
        look: makes the server look for a new release at once.
    """

    read: Callable[[], str | None]
    look: Callable[[], None]


class PublishingPlace(Protocol):
    """The place of one request to change a graph, whose token and graph have been checked."""

    async def change(self, documents: Sequence[GraphDocument]) -> ChangeOutcome:
        """Make the change.

        Raises:
            RequestError: the change is refused, and the current release stays.
        """


@dataclass
class _Attempt:
    """A request and what is known of it so far, for the audit log."""

    request: GraphRequest
    before: str | None
    owner: TokenRecord | None = None
    status: int | None = None


class PublishingService:
    """Changes graphs on behalf of publishers.

    Args:
        settings: the state folder, and the limits of the process that makes a change.
        status_of: returns the HTTP status of an error, for the audit log.
        served: how to learn which release is served; None if the server does not follow the state folder.

    Attributes:
        folder: the state folder.
    """

    def __init__(
        self, settings: Settings, status_of: Callable[[RequestError], int], served: ReleaseWatch | None = None
    ) -> None:
        self._settings = settings
        self.folder = settings.served or Path()
        self._status_of = status_of
        self._served = served
        self._tokens = TokenFile(self.folder)
        self._failures = Failures()
        self._strangers = InvalidTokenLimit()
        self._publishers: set[str] = set()
        self._changing = False

    @asynccontextmanager
    async def place(self, request: GraphRequest) -> AsyncIterator[PublishingPlace]:
        """Hold a place for a request, and record in the audit log what becomes of it.

        An error that is raised within the context is recorded as the answer.

        Raises:
            TokenInvalid: there is no such token.
            TooManyRequests: the client sends too many requests with wrong tokens.
            GraphForbidden: the graph does not belong to the publisher.
            PublishingBusy: another change is under way.
        """
        attempt = _Attempt(request, StateFolder(self.folder).current)
        try:
            owner = await self._admit(attempt)
            self._publishers.add(owner.publisher)
            runner = ChangeRunner(self._settings)
            try:
                yield _Place(self, attempt, owner, runner)
            finally:
                self._publishers.discard(owner.publisher)
                await runner.close()
        except RequestError as error:
            attempt.status = self._status_of(error)
            raise
        except (EOFError, ConnectionError):  # the client has gone, or its front
            attempt.status = self._status_of(RequestMalformed(N_("The body of the request ends too early.")))
            raise
        except asyncio.CancelledError:
            attempt.status = _STOPPED
            raise
        finally:
            await self._record(attempt)

    async def _admit(self, attempt: _Attempt) -> TokenRecord:
        request = attempt.request
        try:
            owner = attempt.owner = self._tokens.owner(request.token_digest)
        except InputError as error:
            _log.error("tokens cannot be checked: %s", error)
            raise ServerFault(N_("The fault is ours and is in the server's log.")) from error
        if owner is None:
            await self._failures.slow(request.client)
            raise TokenInvalid(
                N_("The token is not known here, or it was withdrawn. Ask the operator for a new one.")
            )
        if not owns_graph(owner.publisher, request.graph):
            raise GraphForbidden(
                N_("This token changes the graph {graph} and those below it, and no others."),
                graph=GRAPH + owner.publisher,
            )
        if self._changing or owner.publisher in self._publishers or len(self._publishers) >= _ARRIVING:
            raise busy()
        return owner

    async def change(
        self, runner: ChangeRunner, change: GraphChange, documents: Sequence[GraphDocument]
    ) -> ChangeOutcome:
        """Make a change, and wait until the server answers from the release with it, but not for ever.

        Raises:
            RequestError: the change is refused, and the current release stays.
        """
        if self._changing:
            raise busy()
        self._changing = True
        try:
            outcome = await runner.run(change, documents)
        finally:
            self._changing = False
        return outcome.model_copy(update={"served": await self._is_served(outcome.release)})

    async def _is_served(self, release: str) -> bool:
        """Wait until the server answers from a release, or from one that has become current after it."""
        if self._served is None:
            return False
        until = asyncio.get_running_loop().time() + _SERVED_WITHIN
        seen: str | None = None
        while True:
            now = self._served.read()
            if now == release or (now != seen and now in self._since(release)):
                return True
            if seen is None:
                self._served.look()
            seen = now or ""
            if asyncio.get_running_loop().time() >= until:
                return False
            await asyncio.sleep(_LOOK)

    def _since(self, release: str) -> set[str]:
        """Return the releases that have become current since this one did."""
        try:
            releases = [entry.release for entry in StateFolder(self.folder).history()]
        except InputError:
            return set()
        return set(releases[len(releases) - 1 - releases[::-1].index(release) :]) if release in releases else set()

    async def _record(self, attempt: _Attempt) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        if attempt.status is None or (attempt.owner is None and not self._strangers.admits(now)):
            return
        entry = AuditEntry(
            time=now,
            publisher=attempt.owner.publisher if attempt.owner else "",
            client=attempt.request.client,
            method=attempt.request.method,
            graph=attempt.request.graph[:_LONGEST_GRAPH],
            status=attempt.status,
            before=attempt.before,
            after=StateFolder(self.folder).current,
            omitted=self._strangers.take_omitted(),
        )
        try:
            await asyncio.to_thread(append_audit, self.folder, entry)
        except OSError as error:
            _log.error("the audit log cannot be written: %s", error)


class _Place:
    def __init__(
        self, service: PublishingService, attempt: _Attempt, owner: TokenRecord, runner: ChangeRunner
    ) -> None:
        self._service = service
        self._attempt = attempt
        self._owner = owner
        self._runner = runner

    async def change(self, documents: Sequence[GraphDocument]) -> ChangeOutcome:
        change = GraphChange(
            folder=str(self._service.folder),
            publisher=self._owner.publisher,
            by=f"{self._owner.publisher} (token …{self._owner.ending})",
            request=self._attempt.request,
            documents=tuple((document.format, len(document.data)) for document in documents),
        )
        outcome = await self._service.change(self._runner, change, documents)
        self._attempt.status = _STATUSES[outcome.kind] if outcome.served else _ACCEPTED
        return outcome
