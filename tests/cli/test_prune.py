from pathlib import Path

from tests.cli.commands import run
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import serving

from plangraf.release.publish import publish
from plangraf.release.release import Release, is_pruned


def test_old_releases_go_and_are_told_of(tmp_path: Path) -> None:
    state = tmp_path / "state"
    for vision in ("Havna er hel", "Havna er stor"):
        publish([write_plan(tmp_path / "data", "vik/havna", vision)], state, SWITCH)
    first, second = (line.split()[1 if line.startswith(" ") else 2] for line in _list(state))
    assert "--keep N" in run(state, "prune").stderr
    assert "would be freed" in run(state, "prune", "--keep", "1", "--dry-run").stdout
    assert not is_pruned(state / first)
    told = run(state, "prune", "--keep", "1").stdout
    assert told.startswith(f"{first}  ")
    assert told.endswith(" bytes freed\n")
    assert [line.endswith("(pruned)") for line in _list(state)] == [True, False]
    assert f"release    {first} (pruned)" in run(state, "info", first).stdout
    for arguments in (("rollback", first), ("diff", first), ("query", "-", "--release", first)):
        ended = run(state, *arguments)
        assert ended.returncode == 2
        assert "has been pruned" in ended.stderr
    assert Release.open(state).manifest.release == second


def _list(state: Path) -> list[str]:
    return run(state, "releases").stdout.splitlines()


def test_a_release_that_is_served_stays(tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = publish([write_plan(tmp_path / "data", "vik/havna")], state, SWITCH).release
    with serving("--release", str(first.path)):
        publish([write_plan(tmp_path / "data", "vik/havna", "Havna er hel")], state, SWITCH)
        told = run(state, "prune", "--keep", "1").stdout
        assert f"{first.manifest.release}  stays: it is being served or read" in told
        assert not is_pruned(first.path)
    run(state, "prune", "--keep", "1")
    assert is_pruned(first.path)
