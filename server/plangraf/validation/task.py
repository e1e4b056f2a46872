"""The messages between the validation service and its processes: a task, and how it has ended."""

from dataclasses import dataclass

from plangraf.languages import InterfaceLanguage
from plangraf.problems import Packed


@dataclass(frozen=True)
class ValidationTask:
    """How a process reads an upload and writes the report on it.

    Attributes:
        source: the key of the format of the data.
        report: json, turtle or csv.
        language: of the messages in CSV; the other reports have all languages.
    """

    source: str
    report: str
    language: InterfaceLanguage


@dataclass(frozen=True)
class ValidationOutcome:
    """How a task has ended: the report follows, or the data have a problem."""

    problem: Packed | None = None
