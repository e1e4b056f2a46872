"""The limits of a query."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a worker may use for a query.

    Attributes:
        seconds: how long an evaluation may take; a client may ask for less.
        memory: bytes that a worker may map beyond what it had mapped at its start.
        size: bytes that an answer may have.
    """

    seconds: float = 10.0
    memory: int = 1024 * 1024 * 1024
    size: int = 100 * 1024 * 1024
