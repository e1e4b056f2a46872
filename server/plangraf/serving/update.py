"""The update with which the store of a served release becomes that of the next one."""

from pathlib import Path

from plangraf.engine.store_update import ByteRange, StoreUpdate
from plangraf.errors import InputError
from plangraf.release.described import DescribedPart, DescribedRelease
from plangraf.release.release import QUADS, Manifest, Release, read_manifest

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
    try:
        served = read_manifest(before)
    except (OSError, InputError):
        return None
    return StoreUpdate(
        before=str(before / QUADS),
        quads_before=_quads(served),
        removed=removed,
        after=str(after.quads),
        quads_after=_quads(after.manifest),
        added=added,
    )


def _quads(manifest: Manifest) -> int:
    return manifest.counts.triples + sum(manifest.counts.graphs.values())


def _spans(release: DescribedRelease, names: list[str]) -> tuple[ByteRange, ...]:
    parts: list[DescribedPart] = [release.parts[name] for name in names if name in release.parts]
    return tuple(ByteRange(part.offset, part.size) for part in parts)
