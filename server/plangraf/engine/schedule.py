"""The scheduling of queries, fair between clients; callers pass the time, so the module reads no clock.

The policy limits the number of running and waiting queries of one client. The duration of a query is not known in
advance, so the schedule predicts it from the client's recent queries. Short queries have priority, and long ones may
use only some of the workers, so that short ones always find an idle worker. Queries of our own pages count as short
and precede all others, but they, too, may use only some of the workers.
"""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Policy:
    """The scheduling policy.

    Attributes:
        workers: the number of workers, and so the maximum number of running queries.
        reserve: the number of workers reserved for pages and for clients with only short queries, the last of them
            for pages alone; pages leave the same number to visitors.
        client_running: the maximum number of running queries of one client.
        client_waiting: the maximum number of waiting queries of one client.
        waiting: the maximum number of waiting queries of all visitors.
        page_waiting: the maximum number of waiting queries of pages.
        longest_wait: the time after which the engine rejects a waiting query, in seconds.
        long_after: the time after which a query counts as long, in seconds.
        forget_after: the time after which the prediction for an inactive client is deleted, in seconds.
    """

    workers: int
    reserve: int = 2
    client_running: int = 4
    client_waiting: int = 32
    waiting: int = 256
    page_waiting: int = 256
    longest_wait: float = 30.0
    long_after: float = 0.25
    forget_after: float = 120.0

    @property
    def long(self) -> int:
        """The maximum number of running long queries while short ones wait."""
        return max(1, (self.workers - self.reserve) // 2)

    @property
    def pages(self) -> int:
        """The maximum number of running queries of pages."""
        return max(1, self.workers - self.reserve)


@dataclass(eq=False)
class Ticket:
    """A waiting or running query.

    Attributes:
        client: the client, or None for a page.
        begun: the start of the evaluation, in seconds of a monotonic clock.
    """

    client: str | None
    begun: float | None = None


_WEIGHT = 0.25
"""The weight of a client's last query in the prediction of its next one; all earlier ones have the rest."""


@dataclass(frozen=True)
class _Expected:
    seconds: float
    at: float


@dataclass
class Schedule:
    """The waiting and running tickets, and the predicted duration of each client's next query."""

    policy: Policy
    waiting: list[Ticket] = field(default_factory=list)
    running: list[Ticket] = field(default_factory=list)
    _expected: dict[str, _Expected] = field(default_factory=dict)

    def has_room(self, client: str | None) -> bool:
        """Return whether the limit on waiting queries, of pages or of all visitors, allows one more."""
        pages = sum(t.client is None for t in self.waiting)
        if client is None:
            return pages < self.policy.page_waiting
        return len(self.waiting) - pages < self.policy.waiting

    def client_has_room(self, client: str | None) -> bool:
        """Return whether the limit on waiting queries of `client` allows one more."""
        return client is None or sum(t.client == client for t in self.waiting) < self.policy.client_waiting

    def expected(self, client: str | None) -> float:
        """Return the predicted duration of the next query of `client`, in seconds; 0 for an unknown client."""
        known = self._expected.get(client) if client is not None else None
        return known.seconds if known else 0.0

    def next(self, now: float) -> Ticket | None:
        """Return the ticket that may run next on an idle worker, or None."""
        if not self.waiting:
            return None
        running = Counter(t.client for t in self.running)
        visitors = sum(count for client, count in running.items() if client is not None)
        long_clients = self._long_clients(now)
        long = sum(t.client in long_clients for t in self.running)
        best: Ticket | None = None
        least = (True, float("inf"))
        for ticket in self.waiting:
            if ticket.client is None:
                if running[None] >= self.policy.pages:
                    continue
                return ticket
            known_short = ticket.client in self._expected and ticket.client not in long_clients
            reserve = min(1, self.policy.reserve) if known_short else self.policy.reserve
            if visitors >= self.policy.workers - reserve:
                continue
            if running[ticket.client] >= self.policy.client_running:
                continue
            is_long = ticket.client in long_clients
            if is_long and long >= self.policy.long:
                continue
            rank = (is_long, float(running[ticket.client]))
            if rank < least:
                best, least = ticket, rank
        return best

    def to_yield(self, now: float) -> list[Ticket]:
        """Return the running tickets whose priority must be lowered: long ones, while short ones run or wait.

        A query that a client of long queries has just started does not count as short.
        """
        long_clients = self._long_clients(now)
        long = [t for t in self.running if self._overdue(t, now)]
        short = any(t not in long and t.client not in long_clients for t in self.running)
        return long if short or self._short_waiting(now) else []

    def to_end(self, now: float) -> list[Ticket]:
        """Return the running tickets that must end so that waiting short ones can run."""
        long = [t for t in self.running if self._overdue(t, now)]
        excess = min(len(long) - self.policy.long, self._short_waiting(now))
        if excess <= 0:
            return []
        running = Counter(t.client for t in self.running)
        long.sort(key=lambda t: (-running[t.client], t.begun or now))
        return long[:excess]

    def begin(self, ticket: Ticket, now: float) -> None:
        """Move a ticket from the waiting to the running ones."""
        self.waiting.remove(ticket)
        ticket.begun = now
        self.running.append(ticket)

    def end(self, ticket: Ticket, now: float) -> None:
        """Remove a ticket, and update the prediction for its client with its duration."""
        if ticket in self.waiting:
            self.waiting.remove(ticket)
        if ticket not in self.running or ticket.begun is None:
            return
        self.running.remove(ticket)
        if ticket.client is not None:
            before = self.expected(ticket.client)
            after = before + _WEIGHT * (now - ticket.begun - before)
            # After one long query, the next one is also expected to be long.
            if self._overdue(ticket, now):
                after = max(after, 2 * self.policy.long_after)
            self._expected[ticket.client] = _Expected(after, now)
            self._forget(now)

    def _overdue(self, ticket: Ticket, now: float) -> bool:
        return ticket.client is not None and ticket.begun is not None and now - ticket.begun > self.policy.long_after

    def _short_waiting(self, now: float) -> int:
        """Return the number of waiting short queries that the limits of their clients allow to run."""
        running = Counter(t.client for t in self.running)
        long = self._long_clients(now)
        pages = sum(t.client is None for t in self.waiting)
        visitors = sum(
            t.client is not None and t.client not in long and running[t.client] < self.policy.client_running
            for t in self.waiting
        )
        return visitors + max(0, min(pages, self.policy.pages - running[None]))

    def _long_clients(self, now: float) -> set[str | None]:
        """Return the clients whose next query is expected to be long, or who have a long one running."""
        long_after = self.policy.long_after
        expected = {t.client for t in self.waiting if self.expected(t.client) > long_after}
        return expected | {
            t.client for t in self.running if self._overdue(t, now) or self.expected(t.client) > long_after
        }

    def _forget(self, now: float) -> None:
        """Delete the predictions for inactive clients, once there are many clients."""
        if len(self._expected) > 4 * self.policy.waiting:
            self._expected = {c: e for c, e in self._expected.items() if now - e.at < self.policy.forget_after}
