"""All that the harvest of any source needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from plangraf.harvesting.client import HarvestClient
from plangraf.harvesting.limits import HarvestLimits
from plangraf.harvesting.records import SourceRecords
from plangraf.release.parts import Progress
from plangraf.release.state import StateFolder
from plangraf.release.write import MakeFiles
from plangraf.search.index_build import index_release


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class HarvestContext:
    """All that the harvest of any source needs.

    Attributes:
        state: the state folder.
        client: the HTTP client.
        limits: the limits.
        by: who harvests, for the history.
        progress: called with the number of finished parts of a release and the total.
        make_files: writes the files that are made from the quads, such as the search index.
        now: returns the time, in UTC.
    """

    state: StateFolder
    client: HarvestClient
    limits: HarvestLimits
    by: str = ""
    progress: Progress | None = None
    make_files: MakeFiles = index_release
    now: Callable[[], datetime] = _now

    @property
    def records(self) -> SourceRecords:
        """The records of the sources."""
        return SourceRecords(self.state.path)
