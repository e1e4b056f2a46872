"""The reports on a release that is being built: on all of it, or on the parts that have changed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.linkeddata.release_store import ReleaseStore
from plangraf.linkeddata.reports import ReportKeys, Reports
from plangraf.release.write import ReleaseContent, ReleasePart
from plangraf.search.report_tables import update_reports, write_reports


@dataclass(frozen=True)
class ReportChange:
    """A change to the reports in the index file.

    Attributes:
        before: what the replaced reports are about, or None for all.
        after: the reports to write.
    """

    before: ReportKeys | None
    after: Reports

    def write(self, database: sqlite3.Connection) -> None:
        """Write the reports.

        Raises:
            sqlite3.Error: the file cannot be written.
        """
        if self.before is None:
            write_reports(database, self.after)
        else:
            update_reports(database, self.before, self.after)


def whole_change(lines: Iterable[bytes]) -> ReportChange:
    """Return the reports on a release, from its quads."""
    return ReportChange(None, Reports.of_release(ReleaseStore(lines)))


def changed_parts(content: ReleaseContent) -> ReportChange:
    """Return the reports on the changed parts of a release; see `reports_are_separable`."""
    replaced = content.replaced
    before = ReportKeys.of(
        (plan for record in replaced for plan in record.plans), ReleaseStore(content.previous_lines(replaced))
    )
    changed = [part for part in content.parts if not part.reused]
    store = ReleaseStore(content.lines(changed))
    keys = ReportKeys.of((plan for part in changed for plan in part.source.plans), store)
    store.load(content.lines(_referred_to(content, changed)))
    return ReportChange(before, Reports.of_parts(keys, store))


def reports_are_separable(content: ReleaseContent) -> bool:
    """Return whether the reports on the unchanged parts do not depend on the changed ones.

    Links to the concepts of a plan are measured, and the claims about a resource are replaced together. A part that
    refers to a changed part, or whose graphs one describes, is not unchanged.

    Args:
        content: a release of which `search.index_build.is_separable` is true.
    """
    indexes = [record.index for record in content.replaced]
    indexes += [part.index for part in content.parts if not part.reused]
    return not any(
        (part.source.plans and index.refers_into(part.index)) or not part.index.claimed.isdisjoint(index.claimed)
        for part in content.parts
        if part.reused
        for index in indexes
    )


def _referred_to(content: ReleaseContent, changed: Iterable[ReleasePart]) -> list[ReleasePart]:
    indexes = [part.index for part in changed]
    return [part for part in content.parts if part.reused and any(index.refers_into(part.index) for index in indexes)]
