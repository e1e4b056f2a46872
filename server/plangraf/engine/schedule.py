"""The scheduling of queries: which one runs next, fairly between clients; pure functions of a clock.

The number of queries that one client has running and waiting is bounded. Nobody knows in advance whether a query will
run long, but clients repeat themselves, so a client is expected to send what it has sent lately. Short queries
go first, and only a part of the workers is for long ones, so that short ones always find a worker. Queries of our own
pages count as short and go before all others, but take only a part of the workers too.
"""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Policy:
    """How workers are shared.

    Attributes:
        workers: how many queries run at once.
        reserve: how many of the workers are for pages and for clients who are known to ask short queries, the last of
            them for pages alone; pages leave as many to visitors.
        client_running: how many queries of one client run at once.
        client_waiting: how many more of one client wait.
        waiting: how many queries of visitors wait in all.
        page_waiting: how many queries of pages wait.
        longest_wait: seconds after which a query that waits is turned away.
        long_after: seconds after which a query counts as long.
        forget_after: seconds after which the expectation of a client who has asked nothing is dropped.
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
        """How many long queries may run while short ones wait."""
        return max(1, (self.workers - self.reserve) // 2)

    @property
    def pages(self) -> int:
        """How many queries of pages may run at once."""
        return max(1, self.workers - self.reserve)


@dataclass(eq=False)
class Ticket:
    """A query that waits or runs.

    Attributes:
        client: who asks; None is a page.
        begun: when it began to run, in seconds of a clock that only goes on.
    """

    client: str | None
    begun: float | None = None


_WEIGHT = 0.25
"""How much the last query of a client tells of its next one, against all before it."""


@dataclass(frozen=True)
class _Expected:
    seconds: float
    at: float


@dataclass
class Schedule:
    """The tickets that wait and run, and what is expected of each client."""

    policy: Policy
    waiting: list[Ticket] = field(default_factory=list)
    running: list[Ticket] = field(default_factory=list)
    _expected: dict[str, _Expected] = field(default_factory=dict)

    def has_room(self, client: str | None) -> bool:
        """Return whether one more query may wait at all."""
        pages = sum(t.client is None for t in self.waiting)
        if client is None:
            return pages < self.policy.page_waiting
        return len(self.waiting) - pages < self.policy.waiting

    def client_has_room(self, client: str | None) -> bool:
        """Return whether `client` may have one more query waiting."""
        return client is None or sum(t.client == client for t in self.waiting) < self.policy.client_waiting

    def expected(self, client: str | None) -> float:
        """Return how many seconds the next query of `client` is expected to run; of an unknown one, none."""
        known = self._expected.get(client) if client is not None else None
        return known.seconds if known else 0.0

    def next(self, now: float) -> Ticket | None:
        """Return the ticket that may run next, if any, given that a worker is idle."""
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
            if visitors >= self.policy.workers - (1 if known_short else self.policy.reserve):
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
        """Return the running tickets that are to yield the processor: the long ones, while short ones run or wait.

        What a client of long queries has just begun is not short: it keeps nobody from running on.
        """
        long_clients = self._long_clients(now)
        long = [t for t in self.running if self._overdue(t, now)]
        short = any(t not in long and t.client not in long_clients for t in self.running)
        return long if short or self._short_waiting(now) else []

    def to_end(self, now: float) -> list[Ticket]:
        """Return the running tickets that are to make place for short ones that wait, if there must be any."""
        long = [t for t in self.running if self._overdue(t, now)]
        excess = min(len(long) - self.policy.long, self._short_waiting(now))
        if excess <= 0:
            return []
        running = Counter(t.client for t in self.running)
        long.sort(key=lambda t: (-running[t.client], t.begun or now))
        return long[:excess]

    def begin(self, ticket: Ticket, now: float) -> None:
        """Move a ticket from those that wait to those that run."""
        self.waiting.remove(ticket)
        ticket.begun = now
        self.running.append(ticket)

    def end(self, ticket: Ticket, now: float) -> None:
        """Take a ticket out, and learn from how long it ran."""
        if ticket in self.waiting:
            self.waiting.remove(ticket)
        if ticket not in self.running or ticket.begun is None:
            return
        self.running.remove(ticket)
        if ticket.client is not None:
            before = self.expected(ticket.client)
            after = before + _WEIGHT * (now - ticket.begun - before)
            # One long query is enough to expect another.
            if self._overdue(ticket, now):
                after = max(after, 2 * self.policy.long_after)
            self._expected[ticket.client] = _Expected(after, now)
            self._forget(now)

    def _overdue(self, ticket: Ticket, now: float) -> bool:
        return ticket.client is not None and ticket.begun is not None and now - ticket.begun > self.policy.long_after

    def _short_waiting(self, now: float) -> int:
        """Return how many short queries wait that may run."""
        running = Counter(t.client for t in self.running)
        long = self._long_clients(now)
        pages = sum(t.client is None for t in self.waiting)
        visitors = sum(
            t.client is not None and t.client not in long and running[t.client] < self.policy.client_running
            for t in self.waiting
        )
        return visitors + max(0, min(pages, self.policy.pages - running[None]))

    def _long_clients(self, now: float) -> set[str | None]:
        """Return the clients of whom long queries are expected, those included that have one running."""
        long_after = self.policy.long_after
        expected = {t.client for t in self.waiting if self.expected(t.client) > long_after}
        return expected | {
            t.client for t in self.running if self._overdue(t, now) or self.expected(t.client) > long_after
        }

    def _forget(self, now: float) -> None:
        """Drop clients that have not asked for some time, once there are many."""
        if len(self._expected) > 4 * self.policy.waiting:
            self._expected = {c: e for c, e in self._expected.items() if now - e.at < self.policy.forget_after}
