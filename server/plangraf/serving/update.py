"""The update with which the store of a served release becomes that of the next one."""

from pathlib import Path

from plangraf.engine.store_update import Span, StoreUpdate
from plangraf.release.described import DescribedPart, DescribedRelease
from plangraf.release.release import QUADS, Release

_MOST_CHANGED = 0.25
"""The share of a release that may have changed; with more, loading it from the beginning is hardly slower."""


def find_update(before: Path, after: Release) -> StoreUpdate | None:
    """Return the update from one release to another, or None if it should be loaded from the beginning.

    Args:
        before: the folder of the release that is served.
        after: the next release.
    """
    old, new = DescribedRelease.open(before), DescribedRelease.open(after.path)
    if old is None or new is None:
        return None
    names = sorted(new.differing(old))
    removed = _spans(old, names)
    added = _spans(new, names)
    if sum(span.size for span in (*removed, *added)) > 2 * _MOST_CHANGED * after.manifest.size:
        return None
    counts = after.manifest.counts
    return StoreUpdate(
        before=str(before / QUADS),
        removed=removed,
        after=str(after.quads),
        added=added,
        quads=counts.triples + sum(counts.graphs.values()),
    )


def _spans(release: DescribedRelease, names: list[str]) -> tuple[Span, ...]:
    parts: list[DescribedPart] = [release.parts[name] for name in names if name in release.parts]
    return tuple(Span(part.offset, part.size) for part in parts)
