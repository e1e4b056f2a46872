"""The destination of a serialized answer."""

from typing import Protocol

from plangraf.engine.interface import AnswerForm


class ByteOutput(Protocol):
    """The destination of the bytes of an answer."""

    def write(self, data: bytes) -> int:
        """Write some bytes, and return their number."""

    def flush(self) -> None:
        """Send buffered bytes; called after the last `write`."""


class Output(ByteOutput, Protocol):
    """The destination of an answer."""

    def begin(self, form: AnswerForm, *, cut: bool) -> None:
        """Receive the form of the answer, and whether the row limit truncates it; called first."""
