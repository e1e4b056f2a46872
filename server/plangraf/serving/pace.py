"""The time that the body of a request may take."""

from plangraf.errors import RequestTimeout
from plangraf.languages import N_


class BodyPace:
    """Adds up the seconds in which a body could arrive, and compares what has arrived with them.

    Args:
        seconds: the time in which every body may arrive, however slowly.
        rate: the rate that a longer body must have on average, in bytes a second.

    Attributes:
        step: the seconds between two checks.
    """

    def __init__(self, seconds: float, rate: int) -> None:
        self.step = min(1.0, seconds / 4)
        self._seconds = seconds
        self._rate = rate
        self._passed = 0.0

    def check(self, received: int, *, counted: bool) -> RequestTimeout | None:
        """Return the error of a body that comes too slowly, or None.

        Args:
            received: the number of bytes that have arrived.
            counted: whether the last step counts; not if the server had the client wait.
        """
        self._passed += self.step if counted else 0.0
        if self._passed < self._seconds or received >= self._rate * self._passed:
            return None
        return RequestTimeout(
            N_("The body of a request must arrive within {seconds} seconds, or at {rate} bytes a second."),
            seconds=self._seconds,
            rate=self._rate,
        )
