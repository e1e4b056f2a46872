from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.release.test_publish import BACK, SWITCH, write_plan

from plangraf.errors import InputError
from plangraf.release.difference import difference
from plangraf.release.ledger import LEDGER
from plangraf.release.prune import Retention, prune
from plangraf.release.publish import publish, rollback
from plangraf.release.release import MANIFEST, PARTS, QUADS, Release, is_pruned
from plangraf.release.state import DAMAGED, StateFolder
from plangraf.release.store_cache import CACHE, cached_store
from plangraf.release.use import ReleaseUse

NOW = datetime(2126, 1, 1, tzinfo=UTC)
"""A time long after all releases of a test."""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return a state folder with four releases, of which the first is current again."""
    for number in range(4):
        publish([write_plan(tmp_path / "data", "vik/havna", f"Visjon {number}")], tmp_path / "state", SWITCH)
    rollback(tmp_path / "state", BACK, _names(tmp_path / "state")[0])
    return tmp_path / "state"


def _names(state: Path) -> list[str]:
    """Return the releases in the order in which they were current first."""
    return list(dict.fromkeys(entry.release for entry in StateFolder(state).history()))


def _whole(state: Path) -> list[str]:
    return [name for name in _names(state) if not is_pruned(state / name)]


def test_those_that_were_current_last_are_kept(state: Path) -> None:
    first, second, third, fourth = _names(state)
    done = prune(state, Retention(releases=2))
    assert [folder.name for folder in done.folders] == [second, third]
    assert _whole(state) == [first, fourth]
    assert done.size == sum(folder.size for folder in done.folders) > 2 * Release.open(state).manifest.size
    for name in (second, third):
        assert {path.name for path in (state / name).iterdir()} == {MANIFEST}
    assert StateFolder(state).current == first
    assert len(StateFolder(state).history()) == 5


def test_the_stores_of_pruned_releases_are_removed_unless_they_are_in_use(state: Path) -> None:
    first, second, third, fourth = _names(state)
    for name in (first, second, third, fourth):
        with cached_store(Release.open(state / name), state / CACHE, 2**40):
            pass
    (state / CACHE / "other").mkdir()
    with cached_store(Release.open(state / third), state / CACHE, 2**40):
        prune(state, Retention(releases=2), dry_run=True)
        assert len(list((state / CACHE).iterdir())) == 5
        prune(state, Retention(releases=2))
        assert {path.name for path in (state / CACHE).iterdir()} == {first, third, fourth}
    prune(state, Retention(releases=2))
    assert {path.name for path in (state / CACHE).iterdir()} == {first, fourth}


def test_what_was_current_within_some_days_is_kept(state: Path) -> None:
    assert prune(state, Retention(days=1)).folders == ()
    assert prune(state, Retention(releases=3, days=1), now=NOW).folders[0].name == _names(state)[1]
    prune(state, Retention(days=1), now=NOW)
    assert _whole(state) == _names(state)[:1]


def test_the_time_of_the_last_switch_counts_and_not_that_of_the_build(tmp_path: Path) -> None:
    state = tmp_path / "state"
    for number in (0, 1):
        publish([write_plan(tmp_path / "data", "vik/havna", f"Visjon {number}")], state, SWITCH)
    history = state / "history.jsonl"
    first, second = history.read_text(encoding="utf-8").splitlines()
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    yesterday = (datetime.now(UTC) - timedelta(days=9)).strftime("%Y-%m-%d")
    history.write_text(f"{first.replace(today, yesterday)}\n{second.replace(today, yesterday)}\n", encoding="utf-8")
    assert len(prune(state, Retention(days=10)).folders) == 0
    assert len(prune(state, Retention(days=8)).folders) == 1


def test_nothing_is_removed_in_a_dry_run(state: Path) -> None:
    before = set(state.rglob("*"))
    told = prune(state, Retention(releases=1), dry_run=True)
    assert len(told.folders) == 3
    assert set(state.rglob("*")) == before
    assert prune(state, Retention(releases=1)) == told


def test_a_release_that_is_in_use_stays_until_it_is_not(state: Path) -> None:
    second = _names(state)[1]
    use = ReleaseUse(state / second)
    assert prune(state, Retention(releases=1)).in_use == (second,)
    assert second in _whole(state)
    use.end()
    assert [folder.name for folder in prune(state, Retention(releases=1)).folders] == [second]


@pytest.mark.parametrize("left", [(QUADS,), (QUADS, PARTS)])
def test_an_interrupted_run_is_completed_by_the_next(state: Path, left: tuple[str, ...]) -> None:
    folder = state / _names(state)[1]
    (folder / ".pruning").touch()
    for name in left:
        (folder / name).unlink()
    (folder / "index-000000000000").mkdir()
    assert is_pruned(folder)
    with pytest.raises(InputError, match="has been pruned"):
        rollback(state, BACK, folder.name)
    prune(state, Retention(releases=4))
    assert {path.name for path in folder.iterdir()} <= {MANIFEST, ".pruning", PARTS, "index-000000000000"}
    prune(state, Retention(releases=1))
    assert {path.name for path in folder.iterdir()} == {MANIFEST}


def test_a_pruned_release_is_neither_gone_back_to_nor_compared_nor_opened(state: Path) -> None:
    second = _names(state)[1]
    prune(state, Retention(releases=1))
    with pytest.raises(InputError, match=f"{second}: has been pruned"):
        rollback(state, BACK, second)
    with pytest.raises(InputError, match=f"{second}: has been pruned"):
        difference(state / second, Release.open(state).path)
    with pytest.raises(InputError, match=f"{second}: has been pruned"):
        Release.open(state / second)
    assert StateFolder(state).releases()[second].release == second


def test_a_pruned_release_that_is_published_again_is_whole_and_keeps_its_date(state: Path, tmp_path: Path) -> None:
    second = _names(state)[1]
    before = StateFolder(state).releases()[second]
    prune(state, Retention(releases=1))
    again = publish([write_plan(tmp_path / "data", "vik/havna", "Visjon 1")], state, SWITCH)
    assert again.release.manifest.release == second
    assert Release.open(state).manifest.built == before.built
    assert not list(state.glob(f"{DAMAGED}*"))
    assert publish([write_plan(tmp_path / "data", "vik/havna", "Visjon 9")], state, SWITCH).changed


def test_what_damaged_releases_left_is_removed(state: Path) -> None:
    left = state / f"{DAMAGED}abc" / "r000000000000"
    left.mkdir(parents=True)
    (left / QUADS).write_bytes(b"12345")
    assert [(folder.name, folder.size) for folder in prune(state, Retention(releases=9)).folders] == [
        (f"{DAMAGED}abc", 5)
    ]
    assert not left.parent.exists()


def test_a_lost_ledger_is_made_again_from_the_releases_that_are_whole(state: Path) -> None:
    prune(state, Retention(releases=1))
    before = (state / LEDGER).read_bytes()
    (state / LEDGER).unlink()
    StateFolder(state).reconcile()
    assert (state / LEDGER).read_bytes() == before


def test_what_to_keep_must_be_said(state: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--keep N"):
        prune(state, Retention())
    with pytest.raises(InputError, match="no such state folder"):
        prune(tmp_path / "none", Retention(releases=1))
    assert not (tmp_path / "none").exists()
