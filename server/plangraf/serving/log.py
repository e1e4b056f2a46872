"""The log on standard error: a line for each record, at most a few of a kind in a minute."""

import asyncio
import logging
import sys
from collections.abc import Callable
from time import monotonic

from plangraf.http.query_responder import Broken
from plangraf.settings import Settings

_MOST = 20
"""The number of records of one kind that are logged in a minute; attackers can cause any number of some kinds."""
_MINUTE = 60.0
_QUERIES = "plangraf.query"
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(9), *range(10, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


def prepare_log(settings: Settings) -> None:
    """Configure logging to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    handler.addFilter(_is_fault)
    handler.addFilter(RateLimit())
    logging.getLogger().addHandler(handler)  # for all libraries too, whose messages may quote a request
    logging.getLogger(_QUERIES).setLevel(logging.INFO if settings.log_queries else logging.WARNING)


class LineFormatter(logging.Formatter):
    """Formats the message of a record as one line; what it quotes of a request cannot begin another one."""

    def __init__(self) -> None:
        super().__init__("%(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging names it
        """Return the message with its control characters escaped."""
        return super().formatMessage(record).translate(_CONTROL)

    def formatException(self, ei: object) -> str:  # noqa: N802  # logging names it
        """Return a traceback, of which each line is indented, so that it cannot pass for a record."""
        text = super().formatException(ei)  # type: ignore[arg-type]  # logging's own type has another name in 3.11
        return "\n".join(f"  {line.translate(_CONTROL)}" for line in text.split("\n"))


class RateLimit(logging.Filter):
    """Lets through the first records of each kind in a minute, and then one that says how many were left out.

    The kind of a record is the line of code that logs it. The log of queries has no limit.

    Args:
        clock: returns the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._begun: dict[tuple[str, int], float] = {}
        self._counts: dict[tuple[str, int], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a record; the first one of a new minute says how many of the last were left out."""
        if record.name == _QUERIES:
            return True
        kind, now = (record.pathname, record.lineno), self._clock()
        if now - self._begun.get(kind, -_MINUTE) >= _MINUTE:
            left_out = self._counts.get(kind, 0) - _MOST
            self._begun[kind], self._counts[kind] = now, 0
            if left_out > 0:
                record.msg = f"{record.getMessage()} (and {left_out} more of this kind since the minute before)"
                record.args = ()
        self._counts[kind] += 1
        return self._counts[kind] <= _MOST


def _is_fault(record: logging.LogRecord) -> bool:
    """Return whether a record may be a fault of the server; visitors cause the ends of connections.

    Metrics count broken answers, and uvicorn itself logs how many requests it cancels at shutdown.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, Broken | asyncio.CancelledError)
