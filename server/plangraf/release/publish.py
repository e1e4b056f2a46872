"""Publication: parts of the current release are replaced or withdrawn, all others are carried over.

The new release is built and validated as a whole and written beside the current one; the switch is one rename. Only
the holder of the lock of the state folder publishes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plangraf.errors import InputError, PlangrafError
from plangraf.release.build import build_release
from plangraf.release.composition import compose
from plangraf.release.ledger import described_iris
from plangraf.release.parts import Progress
from plangraf.release.placement import Placement, place
from plangraf.release.records import PreviousRelease
from plangraf.release.release import CURRENT, Release
from plangraf.release.state import StateFolder, Switch
from plangraf.release.vanished import refuse_vanished
from plangraf.release.write import MakeFiles, ReleaseContent, no_files
from plangraf.release.writer_lock import writer_lock


@dataclass(frozen=True)
class Publication:
    """The outcome of a publication, a withdrawal or a rollback.

    Attributes:
        release: the release that is current now.
        before: the name of the release that was current before, or None if there was none.
    """

    release: Release
    before: str | None

    @property
    def changed(self) -> bool:
        """Whether another release is current now."""
        return self.before != self.release.manifest.release


def publish(
    paths: Sequence[Path],
    folder: Path,
    switch: Switch,
    progress: Progress | None = None,
    make_files: MakeFiles = no_files,
) -> Publication:
    """Publish files: they replace the plans that they describe, and everything else is carried over.

    Args:
        paths: files, and folders of files.
        folder: the state folder.
        switch: what the history says of the switch.
        progress: called with the number of finished parts and the total.
        make_files: writes the files that are made from the quads, such as the search index.

    Raises:
        InputError: a file cannot be read or parsed, or the state folder cannot be used.
        NonconformingError: the release would violate the shapes, or lose an IRI that has been published.
        StateLockedError: another process changes the state folder.
    """
    with writer_lock(folder, switch.action):
        state = recovered(folder)
        return publish_placement(place(paths), state, switch, progress, make_files)


def publish_placement(
    placement: Placement,
    state: StateFolder,
    switch: Switch,
    progress: Progress | None,
    make_files: MakeFiles,
    previous: PreviousRelease | None = None,
    look: Callable[[ReleaseContent], None] | None = None,
) -> Publication:
    """Publish files with their graphs; the caller holds the lock of the state folder.

    Args:
        placement: the files, and the graphs that they replace.
        state: the state folder.
        switch: what the history says of the switch.
        progress: called with the number of finished parts and the total.
        make_files: writes the files that are made from the quads, such as the search index.
        previous: the current release, if the caller has opened it.
        look: is called with the content of the release that is published.

    Raises:
        InputError: a file cannot be read or parsed, or the state folder cannot be used.
        NonconformingError: the release would violate the shapes, or lose an IRI that has been published.
    """
    before = state.current
    previous = previous or PreviousRelease.begin(state.path)
    iris: set[bytes] = set()

    def check(content: ReleaseContent) -> None:
        content.previous.verify()
        refuse_vanished(content)
        changed = (part for part in content.parts if not part.reused)
        iris.update(described_iris(content.lines(changed), content.uri_spaces.values()))
        if look is not None:
            look(content)

    try:
        composition = compose(placement, previous, state.path / CURRENT if before else None)
        release = build_release(
            composition.files,
            state.path,
            progress,
            make_files=make_files,
            recorded=composition.recorded,
            check=check,
            previous=previous,
            switch=lambda _, name: state.switch_to(name, switch, iris),
        )
    except PlangrafError:
        previous.verify()  # whatever follows from a damaged release has that reason
        raise
    return Publication(release, before)


def rollback(folder: Path, switch: Switch, name: str | None = None) -> Publication:
    """Go back to a release that was current before.

    Args:
        folder: the state folder.
        switch: what the history says of the switch.
        name: the name of the release; the one that was current before this one if None.

    Raises:
        InputError: there is no such release, or it is damaged.
        StateLockedError: another process changes the state folder.
    """
    with writer_lock(folder, switch.action):
        state = recovered(folder)
        before = state.current
        release = Release.open(state.find(name or _earlier(state)))
        try:
            state.switch_to(release.manifest.release, switch, set())
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", folder) from error
        return Publication(release, before)


def _earlier(state: StateFolder) -> str:
    """Return the release that was current before the current one."""
    for entry in reversed(state.history()):
        if entry.release != state.current:
            return entry.release
    raise InputError("has no earlier release to go back to; plangraf releases lists all", state.path)


def recovered(folder: Path) -> StateFolder:
    """Return the state folder after what an interrupted process has left was completed or removed.

    Raises:
        InputError: the state folder cannot be read or written.
    """
    state = StateFolder(folder)
    try:
        state.reconcile()
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", folder) from error
    return state
