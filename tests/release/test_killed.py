"""Whatever kills a process that changes a state folder, the folder has a whole current release, and goes on."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.counts import chance, times
from tests.release.killing import killed_after, killed_at_step, steps
from tests.release.test_publish import BACK, SWITCH, write_plan

from plangraf.release.files import ReleaseFile
from plangraf.release.history import Action
from plangraf.release.ledger import Ledger, published_iris
from plangraf.release.prune import Retention, prune
from plangraf.release.publish import publish, rollback
from plangraf.release.release import Release, is_pruned
from plangraf.release.state import StateFolder, Switch
from plangraf.release.withdraw import withdraw
from plangraf.search.index_build import index_release

pytestmark = pytest.mark.soak


class Folder:
    """A state folder with a plan that is changed again and again.

    Attributes:
        path: its path.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state"
        self._data = folder / "data"
        self._number = 0
        for name in ("vik/havna", "vik/stranda"):
            publish([write_plan(self._data, name)], self.path, SWITCH, make_files=index_release)

    def publish(self) -> None:
        """Publish the plan as it is now."""
        publish([self._data / "vik" / "havna"], self.path, SWITCH, make_files=index_release)

    def change(self) -> None:
        """Change the plan."""
        self._number += 1
        write_plan(self._data, "vik/havna", f"Visjon {self._number}")

    def check(self) -> None:
        """Check that the current release is whole, and that all that it describes is known as published."""
        state = StateFolder(self.path)
        state.reconcile()
        release = Release.open(self.path)
        for name, file in release.manifest.files.items():
            assert ReleaseFile.of(release.path / name) == file
        assert state.history()[-1].release == state.current == release.manifest.release
        ledger = Ledger(self.path)
        assert [iri for iri in published_iris(release.path) if iri.decode() not in ledger] == []
        known = {"current", "history.jsonl", "changes.sqlite", "ledger.txt", "layout.json", "lock", *state.releases()}
        assert {path.name for path in self.path.iterdir()} <= known

    def goes_on(self) -> None:
        """Check the folder, and that the next publication works."""
        before = StateFolder(self.path).current
        self.check()
        self.change()
        self.publish()
        assert StateFolder(self.path).current != before
        self.check()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def _at_steps(folder: Folder, act: Callable[[], object], number: int, count: int, name: str) -> int:
    """Kill `act` at some of its steps; return how often it was killed."""
    chosen = chance(name)
    picked = chosen.sample(range(1, number + 1), min(count, number))
    killed = 0
    for step in [*picked, *(chosen.randint(1, number) for _ in range(count - len(picked)))]:
        before = StateFolder(folder.path).current
        folder.change()
        killed += killed_at_step(act, folder.path, step)
        assert StateFolder(folder.path).current is not None
        folder.check()
        if StateFolder(folder.path).current == before:
            act()
        folder.goes_on()
    return killed


def test_a_publication_that_is_killed_at_a_step_leaves_a_whole_release(folder: Folder) -> None:
    folder.change()
    number = steps(folder.publish, folder.path)
    assert number > 20
    assert _at_steps(folder, folder.publish, number, times(4), "publish") > 0


def test_a_publication_that_is_killed_at_some_time_leaves_a_whole_release(folder: Folder) -> None:
    folder.change()
    begun = time.monotonic()
    folder.publish()
    took = time.monotonic() - begun
    chosen = chance("time")
    for _ in range(times(2)):
        folder.change()
        killed_after(folder.publish, took * chosen.random())
        folder.goes_on()


def test_a_rollback_that_is_killed_leaves_a_whole_release(folder: Folder) -> None:
    act = partial(rollback, folder.path, BACK)
    number = steps(act, folder.path)
    assert _at_steps(folder, act, number, times(2), "rollback") > 0


def test_a_withdrawal_that_is_killed_leaves_a_whole_release(folder: Folder) -> None:
    act = partial(withdraw, "vik/stranda", folder.path, Switch(Action.WITHDRAW, message="Feil"))
    number = steps(act, folder.path)
    rollback(folder.path, BACK)
    for step in chance("withdraw").sample(range(1, number + 1), min(number, times(2))):
        killed_at_step(act, folder.path, step)
        folder.goes_on()


def test_a_pruning_that_is_killed_leaves_releases_whole_or_pruned(folder: Folder) -> None:
    act = partial(prune, folder.path, Retention(releases=1))
    folder.goes_on()
    number = steps(act, folder.path)
    assert number > 5
    for step in chance("prune").sample(range(1, number + 1), min(number, times(3))):
        folder.goes_on()
        killed_at_step(act, folder.path, step)
        for name in StateFolder(folder.path).releases():
            if not is_pruned(folder.path / name):
                Release.open(folder.path / name)
        act()
        for name in StateFolder(folder.path).releases():
            assert is_pruned(folder.path / name) == (name != StateFolder(folder.path).current)
    folder.goes_on()
