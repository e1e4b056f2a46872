"""The lines of one statement."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementLine:
    """The lines of a statement in its file, counted from 1.

    Attributes:
        value: the line of the value, or None where it cannot be told.
        subject: the line of the first mention of the subject, or None.
    """

    value: int | None
    subject: int | None
