"""The report of a command that switches to another release."""

import sys
from pathlib import Path

from plangraf.errors import InputError
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
        try:
            summary = difference(folder / publication.before, publication.release.path).summary()
        except InputError as error:  # the release before may be the damaged one that the operator leaves
            summary = f"not compared; {error}"
        sys.stdout.write(f"Against {publication.before}: {summary}\n")
