"""Exponential back-off for processes that end and are started again; callers pass the time."""

from dataclasses import dataclass

_FIRST = 0.2
_MOST = 10.0
_STABLE = 30.0
"""A process that has run for this many seconds has started well, so the delays begin anew."""


@dataclass
class Backoff:
    """The delay before the next start of a process: none at first, then doubled up to 10 seconds.

    Attributes:
        failures: the number of starts, one after the other, that did not last.
    """

    failures: int = 0
    _started: float | None = None

    def start(self, now: float) -> None:
        """Record that the process starts, or that an attempt to start it is made, at `now` in seconds."""
        if self._started is not None:
            self.failures = 0 if now - self._started > _STABLE + self._delay else self.failures + 1
        self._started = now

    def due(self, now: float) -> float:
        """Return the time of the next start, at or after `now`, of a process that has ended."""
        if self._started is None:
            return now
        return max(now, self._started + self._delay)

    @property
    def _delay(self) -> float:
        return min(_MOST, _FIRST * 2.0**self.failures)
