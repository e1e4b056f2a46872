"""Drafts: releases as a publication would make them, in a folder of their own, to be looked at before."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from plangraf.release.build import build_release
from plangraf.release.composition import compose
from plangraf.release.parts import Progress
from plangraf.release.placement import place
from plangraf.release.records import PreviousRelease
from plangraf.release.release import CURRENT, MANIFEST, Release, read_manifest
from plangraf.release.use import unused
from plangraf.release.vanished import refuse_vanished
from plangraf.release.write import MakeFiles, no_files


class Drafts:
    """A folder of drafts. A server that serves `served` follows to each new one.

    Args:
        folder: an existing folder for the drafts, which nobody else uses.
        base: the folder of the release in which a draft replaces plans; None for the reference data alone.

    Attributes:
        base: the same.
        served: the path to serve, once there is a draft.
    """

    def __init__(self, folder: Path, base: Path | None) -> None:
        self.base = base
        self.served = folder / "served"
        self._built = folder / "built"
        for each in (self.served, self._built):
            each.mkdir()
        if base is not None:
            # A build compares with the current release of its folder, and reuses the parts of that.
            (self._built / CURRENT).symlink_to(base)

    def build(
        self, paths: Sequence[Path], progress: Progress | None = None, make_files: MakeFiles = no_files
    ) -> Release:
        """Build and validate the draft in which files replace the plans that they describe, and have it served.

        Args:
            paths: files, and folders of files, as for a publication.
            progress: called with the number of finished parts and the total.
            make_files: writes the files that are made from the quads, such as the search index.

        Raises:
            InputError: a file cannot be read or parsed, or the folder cannot be written.
            NonconformingError: the release would violate the shapes, or lose an IRI that has been published.
        """
        previous = PreviousRelease.open(self._built)
        composition = compose(place(paths), previous, self.base)
        return build_release(
            composition.files,
            self._built,
            progress,
            make_files=make_files,
            recorded=composition.recorded,
            check=refuse_vanished,
            previous=previous,
            switch=self._serve,
        )

    def _serve(self, built: Path, name: str) -> None:
        """Mark a release as a draft, and make it the one that is served."""
        release = built / name
        marked = read_manifest(release).model_copy(update={"draft": True})
        fresh = release / f".{MANIFEST}"
        fresh.write_text(marked.model_dump_json(indent=2), encoding="utf-8")
        fresh.replace(release / MANIFEST)
        link = self.served / f".{CURRENT}"
        link.symlink_to(release)
        link.replace(self.served / CURRENT)
        self._remove_unused(release)

    def _remove_unused(self, newest: Path) -> None:
        for release in self._built.iterdir():
            if release.is_symlink() or release == newest or not (release / MANIFEST).is_file():
                continue
            with unused(release) as free:
                if free:
                    shutil.rmtree(release)
