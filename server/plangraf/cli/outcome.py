"""What a command that switches to another release tells about it."""

import sys
from pathlib import Path

from plangraf.release.difference import difference
from plangraf.release.publish import Publication


def write_publication(publication: Publication, folder: Path) -> None:
    """Write which release is current now, and what has changed in it, in words."""
    manifest = publication.release.manifest
    if not publication.changed:
        sys.stdout.write(f"{folder}: nothing has changed; release {manifest.release} stays\n")
        return
    sys.stdout.write(
        f"{folder}: release {manifest.release} is current, {manifest.counts.triples} triples "
        f"in {len(manifest.counts.graphs)} graphs\n"
    )
    if publication.before is not None:
        changes = difference(folder / publication.before, publication.release.path)
        sys.stdout.write(f"Against {publication.before}: {changes.summary()}\n")
