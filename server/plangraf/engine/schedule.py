"""Who may ask next: fairness between clients, as pure bookkeeping.

A client has a few queries running and a few waiting, and no more. Queries that run long count against their client,
and that fades; however many short ones do not. Who has less against it goes first; and only a part of the workers is
for queries that run long, or come from clients whose queries do, so that short queries always find a worker. Pages of
our own count as short and go first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, log


@dataclass(frozen=True)
class Policy:
    """How workers are shared.

    Attributes:
        workers: how many queries run at once.
        reserve: how many of the workers are for pages alone.
        client_running: how many queries of one client run at once.
        client_waiting: how many more of one client wait.
        waiting: how many queries wait in all.
        longest_wait: seconds after which a query that waits is turned away.
        patience: seconds after which a query counts as long.
        allowance: seconds of long queries after which their client counts as one whose queries are long.
        half_life: seconds after which half of what counts against a client is forgotten.
    """

    workers: int
    reserve: int = 1
    client_running: int = 4
    client_waiting: int = 32
    waiting: int = 256
    longest_wait: float = 30.0
    patience: float = 0.25
    allowance: float = 1.0
    half_life: float = 5.0

    @property
    def long(self) -> int:
        """How many long queries may run while short ones wait."""
        return max(1, (self.workers - self.reserve) // 2)


@dataclass(eq=False)
class Ticket:
    """A query that waits or runs.

    Attributes:
        client: who asks; None is a page.
        begun: when it began to run, in seconds of a clock that only goes on.
    """

    client: str | None
    begun: float | None = None


@dataclass
class _Usage:
    seconds: float = 0.0
    at: float = 0.0


@dataclass
class Schedule:
    """The tickets that wait and run, and what each client has used."""

    policy: Policy
    waiting: list[Ticket] = field(default_factory=list)
    running: list[Ticket] = field(default_factory=list)
    _used: dict[str, _Usage] = field(default_factory=dict)

    def has_room(self, client: str | None) -> bool:
        """Return whether one more query may wait at all."""
        return client is None or len(self.waiting) < self.policy.waiting

    def client_has_room(self, client: str | None) -> bool:
        """Return whether `client` may have one more query waiting."""
        return client is None or sum(t.client == client for t in self.waiting) < self.policy.client_waiting

    def usage(self, client: str, now: float) -> float:
        """Return the seconds that count against `client`: those that its queries ran beyond the policy's patience."""
        used = self._used.get(client)
        past = used.seconds * exp(-log(2) * (now - used.at) / self.policy.half_life) if used else 0.0
        return past + sum(self._excess(t, now) for t in self.running if t.client == client)

    def _excess(self, ticket: Ticket, now: float) -> float:
        return max(0.0, now - ticket.begun - self.policy.patience) if ticket.begun is not None else 0.0

    def is_long(self, ticket: Ticket, now: float) -> bool:
        """Return whether a running ticket counts as long: by its own time, or by what counts against its client."""
        if ticket.client is None or ticket.begun is None:
            return False
        return self._excess(ticket, now) > 0 or self.usage(ticket.client, now) > self.policy.allowance

    def to_yield(self, now: float) -> list[Ticket]:
        """Return the running tickets that are to yield the processor: the long ones, while short ones run or wait."""
        long = [t for t in self.running if self._excess(t, now) > 0]
        short = len(self.running) > len(long) or self._short_waits(now)
        return long if short else []

    def next(self, now: float) -> Ticket | None:
        """Return the ticket that may run next, if any, given that a worker is idle."""
        running = Counter(t.client for t in self.running)
        visitors = sum(count for client, count in running.items() if client is not None)
        long = sum(self.is_long(t, now) for t in self.running)
        best: Ticket | None = None
        least = float("inf")
        for ticket in self.waiting:
            if ticket.client is None:
                return ticket
            if visitors >= self.policy.workers - self.policy.reserve:
                continue
            if running[ticket.client] >= self.policy.client_running:
                continue
            used = self.usage(ticket.client, now)
            if used > self.policy.allowance and long >= self.policy.long:
                continue
            if used < least:
                best, least = ticket, used
        return best

    def to_end(self, now: float) -> Ticket | None:
        """Return the running ticket that is to make place for a short one that waits, if there must be one."""
        long = [t for t in self.running if self.is_long(t, now)]
        if len(long) <= self.policy.long or not self._short_waits(now):
            return None
        return max(long, key=lambda t: (self.usage(t.client or "", now), now - (t.begun or now)))

    def _short_waits(self, now: float) -> bool:
        running = Counter(t.client for t in self.running)
        return any(
            t.client is None
            or (self.usage(t.client, now) <= self.policy.allowance and running[t.client] < self.policy.client_running)
            for t in self.waiting
        )

    def begin(self, ticket: Ticket, now: float) -> None:
        """Move a ticket from those that wait to those that run."""
        self.waiting.remove(ticket)
        ticket.begun = now
        self.running.append(ticket)

    def end(self, ticket: Ticket, now: float) -> None:
        """Take a ticket out, and count what it has used."""
        if ticket in self.waiting:
            self.waiting.remove(ticket)
        if ticket not in self.running or ticket.begun is None:
            return
        if ticket.client is not None:
            others = sum(self._excess(t, now) for t in self.running if t.client == ticket.client and t is not ticket)
            counted = self.usage(ticket.client, now) - others
            if counted > 0:
                self._used[ticket.client] = _Usage(counted, now)
        self.running.remove(ticket)
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop clients whose use has faded, once there are many."""
        if len(self._used) > 4 * self.policy.waiting:
            present = _clients((*self.waiting, *self.running))
            for client in [c for c in self._used if c not in present and self.usage(c, now) < 0.001]:
                del self._used[client]


def _clients(tickets: Iterable[Ticket]) -> set[str]:
    return {ticket.client for ticket in tickets if ticket.client is not None}
