"""The limits on the time, memory and answer size of a query."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of a worker for each query.

    Attributes:
        seconds: the maximum time of an evaluation; a client may request a lower limit.
        memory: the maximum number of bytes that a worker may map in addition to those mapped at its start.
        size: the maximum size of an answer in bytes.
    """

    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024
    size: int = 100 * 1024 * 1024
