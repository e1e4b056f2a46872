"""The outcome of making a preview, and the reasons why there is none."""

from dataclasses import dataclass
from enum import StrEnum


class PreviewFailure(StrEnum):
    """Why there is no preview: a fact, for which the page of the report has a sentence."""

    NO_PLAN = "no-plan"
    TOO_LARGE = "too-large"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    BUSY = "busy"


@dataclass(frozen=True)
class PreviewOutcome:
    """The outcome of a preview.

    Attributes:
        token: the secret part of its address; empty if there is none.
        failure: why there is none.
    """

    token: str = ""
    failure: PreviewFailure | None = None


@dataclass(frozen=True)
class PreviewTask:
    """The task of the process that renders.

    Attributes:
        source: the key of the format of the data.
        token: the secret part of the address, for the links between the pages.
    """

    source: str
    token: str
