from collections.abc import Callable
from pathlib import Path

import pytest
from tests.release.test_publish import BACK, SWITCH, write_plan

from plangraf.errors import InputError
from plangraf.release.layout import LAYOUT
from plangraf.release.prune import Retention, prune
from plangraf.release.publish import publish, rollback
from plangraf.release.state import StateFolder
from plangraf.release.withdraw import withdraw


def test_the_first_writer_marks_the_folder(tmp_path: Path) -> None:
    publish([write_plan(tmp_path / "data", "vik/havna")], tmp_path / "state", SWITCH)
    assert (tmp_path / "state" / LAYOUT).read_text(encoding="ascii") == '{"layout":1}\n'


def test_a_folder_of_an_older_version_has_no_mark_and_is_read_and_written(tmp_path: Path) -> None:
    state = tmp_path / "state"
    publish([write_plan(tmp_path / "data", "vik/havna")], state, SWITCH)
    (state / LAYOUT).unlink()
    assert len(StateFolder(state).history()) == 1
    publish([write_plan(tmp_path / "data", "vik/havna", "Havna er hel")], state, SWITCH)
    assert (state / LAYOUT).exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda state, plan: publish([plan], state, SWITCH),
        lambda state, _: rollback(state, BACK),
        lambda state, _: withdraw("vik/havna", state, SWITCH),
        lambda state, _: prune(state, Retention(releases=1)),
        lambda state, _: prune(state, Retention(releases=1), dry_run=True),
        lambda state, _: StateFolder(state).releases(),
        lambda state, _: StateFolder(state).history(),
        lambda state, _: StateFolder(state).find("current"),
    ],
)
@pytest.mark.parametrize(
    ("mark", "words"),
    [('{"layout": 2}', "use the version that wrote the folder"), ("{", "is not the version of a state folder")],
)
def test_a_folder_of_a_newer_version_is_neither_read_nor_changed(
    tmp_path: Path, act: Callable[[Path, Path], object], mark: str, words: str
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    plan = write_plan(tmp_path / "data", "vik/havna")
    (state / LAYOUT).write_text(mark, encoding="ascii")
    with pytest.raises(InputError, match=words):
        act(state, plan)
    assert (state / LAYOUT).read_text(encoding="ascii") == mark
    assert {path.name for path in state.iterdir()} <= {LAYOUT, "lock"}
