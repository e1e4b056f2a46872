"""A release that a server serves, or that is on its way to visitors."""

from dataclasses import dataclass, field
from enum import Enum, auto

from plangraf.engine.backoff import Backoff
from plangraf.engine.keeper_process import KeeperProcess
from plangraf.engine.store_update import StoreUpdate
from plangraf.serving.candidate import Candidate
from plangraf.serving.messages import ReportKind
from plangraf.serving.opener import ReleaseOpener


class Step(Enum):
    """A step of a release on its way to visitors."""

    OPENING = auto()
    """A process opens and checks it, or builds it."""
    LOADING = auto()
    """The keeper loads it."""
    PREPARING = auto()
    """The fronts make their services for it, beside those of the release before."""
    SWITCHING = auto()
    """All fronts are ready, and change to it one after the other."""
    SERVED = auto()


@dataclass(eq=False)
class Generation:
    """A release, from the process that opens it to the one that replaces it.

    Attributes:
        number: its number among the releases that this server has opened, counted from 1.
        begun: when it was opened, in seconds of a monotonic clock.
        step: how far it has come.
        opener: the process that opens it, until its result has been read.
        candidate: the release, once it has been opened.
        update: the difference from the release before, until a keeper is updated with it.
        keeper: the process that has loaded it, or None while there is none.
        backoff: the delay before the keeper is started again.
        since: when the fronts were told to switch to it, in seconds since 1970.
        deaths: the number of fronts that have ended while it was on its way.
        told: the roles of the fronts that have been told to prepare it.
        reports: the last step that each front has reported, by role.
    """

    number: int
    begun: float
    step: Step = Step.OPENING
    opener: ReleaseOpener | None = None
    candidate: Candidate | None = None
    update: StoreUpdate | None = None
    keeper: KeeperProcess | None = None
    backoff: Backoff = field(default_factory=Backoff)
    since: int = 0
    deaths: int = 0
    told: set[str] = field(default_factory=set)
    reports: dict[str, ReportKind] = field(default_factory=dict)

    @property
    def offered(self) -> bool:
        """Whether fronts may prepare it."""
        return self.candidate is not None and self.step not in (Step.OPENING, Step.LOADING)

    @property
    def refusable(self) -> bool:
        """Whether the release before can stay; not once a front has been told to change to this one."""
        return self.step not in (Step.SWITCHING, Step.SERVED)

    def names(self, candidate: Candidate) -> bool:
        """Return whether it is the release that a candidate is, in the same folder."""
        own = self.candidate
        return own is not None and (own.release, own.folder, own.location) == (
            candidate.release,
            candidate.folder,
            candidate.location,
        )

    def forget(self, role: str) -> None:
        """Record that a front has ended; the next one with its role is told to prepare the release."""
        self.reports.pop(role, None)
        self.told.discard(role)
