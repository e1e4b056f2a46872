"""The messages between the validation service and its processes: tasks and their outcomes."""

from dataclasses import dataclass

from plangraf.errors import PackedError
from plangraf.languages import InterfaceLanguage


@dataclass(frozen=True)
class ValidationTask:
    """The parameters of a validation: the format of the data and the form of the report.

    Besides the forms of a report, there is a copy of a workbook with the report as notes on its cells (xlsx), and the
    report as JSON with that copy in it (page).

    Attributes:
        source: the key of the format of the data.
        report: the form of the report: json, turtle, csv, xlsx or page.
        language: the language of the messages in CSV and of notes; the other forms have all languages.
    """

    source: str
    report: str
    language: InterfaceLanguage


@dataclass(frozen=True)
class ValidationOutcome:
    """The outcome of a task: a report, which follows the message, or an error about the data."""

    error: PackedError | None = None
