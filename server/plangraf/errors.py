"""The errors of Plangraf, in one tree. Its largest branch, what is answered over HTTP, has a module of its own.

    PlangrafError
    ├── InputError               what was given cannot be used           exit 2
    ├── NonconformingError       the data break the shapes               exit 1
    ├── AddressInUseError        another program holds the port          exit 2
    └── Problem                  answered over HTTP: see `plangraf.problems`

Errors of other libraries are translated where they are called, once.
"""

from pathlib import Path
from typing import ClassVar


class PlangrafError(Exception):
    """The root of all errors that Plangraf raises on purpose.

    Attributes:
        exit_code: what a command ends with.
    """

    exit_code: ClassVar[int] = 2


class InputError(PlangrafError):
    """A file, a folder or an option that cannot be used; says which, where, and how to mend it.

    Attributes:
        message: what is wrong.
        path: of which file or folder.
        line: where in the file, counted from 1.
        column: where in the line, counted from 1.
        reason: what a parser says of it, if that is what made it unusable; the message ends in it.
    """

    def __init__(
        self,
        message: str,
        path: Path | None = None,
        line: int | None = None,
        column: int | None = None,
        reason: str | None = None,
    ) -> None:
        self.message = message if reason is None else f"{message}: {reason}"
        self.path = path
        self.line = line
        self.column = column
        self.reason = reason
        place = [str(part) for part in (path, line, column) if part is not None]
        super().__init__(": ".join([":".join(place), self.message]) if place else self.message)


class NonconformingError(PlangrafError):
    """Data that break the shapes, so that no release is written.

    Attributes:
        report_text: the validation report, for people.
    """

    exit_code = 1

    def __init__(self, report_text: str) -> None:
        self.report_text = report_text
        super().__init__("the data break the shapes; no release was written")


class AddressInUseError(PlangrafError):
    """The address to serve on is taken by another program."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is in use by another program; "
            f"stop that program, or choose another port with --port"
        )
