"""The change log: what it says of switches, and how it comes in line with the history."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.counts import chance, times
from tests.release.test_difference import GOAL
from tests.release.test_publish import BACK, SWITCH, write_plan

from plangraf.errors import NonconformingError
from plangraf.namespaces import ID, expand, is_derived_graph
from plangraf.release.change_log import CHANGES, update_log
from plangraf.release.change_reader import ChangeReader
from plangraf.release.changes import ChangeKind, Detail, ThingChange
from plangraf.release.history import HISTORY, Action
from plangraf.release.publish import publish, rollback
from plangraf.release.release import QUADS, Release
from plangraf.release.state import StateFolder, Switch
from plangraf.release.withdraw import withdraw

HAVNA = f"{ID}vik/havna"
WITHDRAWN = """
<{iri}> <http://www.w3.org/2002/07/owl#deprecated> true ; skos:changeNote "Ikke i bruk"@nb .
"""


def _publish(folder: Path, name: str, vision: str = "Vi ser langt fram", more: str = "") -> Release:
    return publish([write_plan(folder / "data", name, vision, more)], folder / "state", SWITCH).release


def _reader(state: Path, release: str | None = None) -> ChangeReader:
    return ChangeReader(state, release or StateFolder(state).current or "", datetime.now(UTC))


def _last(state: Path) -> dict[str, ChangeKind]:
    reader = _reader(state)
    [switch] = reader.switches(0, 1)
    return {each.iri: each.change for each in reader.of_switch(switch.number, 0, 1000)}


def replayed(changes: Iterable[ThingChange]) -> set[str]:
    """Return the things that there are after some changes, in their order."""
    there: set[str] = set()
    for each in changes:
        if each.change == ChangeKind.WITHDRAWN:
            there.remove(each.iri)
        else:
            assert (each.iri in there) == (each.change == ChangeKind.CHANGED)
            there.add(each.iri)
    return there


def things(release: Path) -> set[str]:
    """Return the things that a release describes, read with a parser of RDF."""
    found: set[str] = set()
    typed: set[str] = set()
    deprecated: set[str] = set()
    for quad in ox.parse(path=release / QUADS, format=ox.RdfFormat.N_QUADS):
        graph = quad.graph_name
        if not isinstance(graph, ox.NamedNode) or is_derived_graph(graph.value):
            continue
        if isinstance(quad.subject, ox.NamedNode):
            found.add(quad.subject.value)
            if quad.predicate.value == expand("rdf:type"):
                typed.add(quad.subject.value)
            if quad.predicate.value == expand("owl:deprecated"):
                deprecated.add(quad.subject.value)
    return found - (deprecated - typed)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return a state folder in which a plan of each of two publishers is published."""
    for name in ("fjell/ren-luft", "vik/havna"):
        write_plan(tmp_path / "data", name)
    publish([tmp_path / "data"], tmp_path / "state", SWITCH)
    return tmp_path / "state"


def test_at_the_first_release_all_things_are_added(state: Path) -> None:
    reader = _reader(state)
    assert [switch.detail for switch in reader.switches(0, 9)] == [Detail.WHOLE]
    changes = reader.between(1, reader.last)
    assert {each.change for each in changes} == {ChangeKind.ADDED}
    assert {each.iri for each in changes} == things(Release.open(state).path)
    [plan] = [each for each in changes if each.iri == HAVNA]
    assert (plan.kind, plan.plan) == ("plan", HAVNA)
    assert plan.labels == {"nb": "Planen havna", "en": "The plan havna"}
    kinds = {each.iri: each.kind for each in changes}
    assert kinds["http://metadata.un.org/sdg/13"] == "sdg-goal"


def test_things_are_added_changed_withdrawn_and_brought_back(state: Path, tmp_path: Path) -> None:
    goal = f"{HAVNA}/goal/1"
    first = StateFolder(state).current
    _publish(tmp_path, "vik/havna", more=GOAL.format(label='Havna er \\"ren\\"'))
    assert _last(state) == {goal: ChangeKind.ADDED}
    second = _publish(tmp_path, "vik/havna", more=GOAL.format(label="Havna er trygg"))
    assert _last(state) == {goal: ChangeKind.CHANGED}
    rollback(state, BACK, first)
    assert _last(state) == {goal: ChangeKind.WITHDRAWN}
    rollback(state, BACK, second.manifest.release)
    assert _last(state) == {goal: ChangeKind.RETURNED}
    versions = _reader(state).versions(goal, 9)
    assert [(each.switch.number, each.change) for each in versions] == [
        (5, "returned"),
        (4, "withdrawn"),
        (3, "changed"),
        (2, "added"),
    ]
    assert [each.switch.number for each in _reader(state).versions(goal, 2)] == [5, 4]
    labels = [each.labels for each in _reader(state).newest(0, 4, HAVNA)]
    assert labels == [{"nb": f"Havna er {how}"} for how in ("trygg", "trygg", "trygg", '"ren"')]


def test_a_withdrawn_plan_is_withdrawn_with_all_below_it(state: Path, tmp_path: Path) -> None:
    _publish(tmp_path, "vik/havna", more=GOAL.format(label="Havna er ren"))
    withdraw("vik/havna", state, Switch(Action.WITHDRAW, message="Feil"))
    changed = _last(state)
    assert changed[HAVNA] == changed[f"{HAVNA}/goal/1"] == ChangeKind.WITHDRAWN
    [switch] = _reader(state).switches(0, 1, HAVNA)
    assert (switch.number, switch.message) == (3, "Feil")
    _publish(tmp_path, "vik/havna", more=GOAL.format(label="Havna er ren"))
    changed = _last(state)
    assert changed[HAVNA] == changed[f"{HAVNA}/goal/1"] == ChangeKind.RETURNED


@pytest.mark.soak
def test_the_changes_add_up_to_the_things_of_the_current_release(state: Path, tmp_path: Path) -> None:
    chosen = chance("changes")
    names = ["fjell/ren-luft", "fjell/rent-vann", "vik/havna"]
    for _ in range(times(6)):
        goals = "".join(
            GOAL.format(label=f"Mål {number}").replace("goal/1", f"goal/{number}").replace("vik/havna", "NAME")
            for number in range(chosen.randrange(4))
        )
        name, what = chosen.choice(names), chosen.choice("ppppwr")
        history = StateFolder(state).history()
        if what == "r":
            rollback(state, BACK, chosen.choice(history).release)
        elif what == "w" and f"{ID}{name}" in Release.open(state).manifest.plans:
            withdraw(name, state, Switch(Action.WITHDRAW, message="Feil"))
        else:
            gone = "".join(
                WITHDRAWN.format(iri=f"{name}/goal/{number}") for number in range(4) if f"goal/{number}>" not in goals
            )
            with suppress(NonconformingError):  # an IRI would vanish
                _publish(tmp_path, name, f"Fase {chosen.random()}", goals.replace("NAME", name) + gone)
        reader = _reader(state)
        assert replayed(reader.between(1, reader.last)) == things(Release.open(state).path)


def test_a_server_sees_the_switches_up_to_its_own_release(state: Path, tmp_path: Path) -> None:
    """The log is written before the switch, and a switch may not come about."""
    first = StateFolder(state).current
    second = _publish(tmp_path, "vik/havna", "Havna er hel").manifest.release
    assert [each.release for each in _reader(state, first).switches(0, 9)] == [first]
    assert [each.release for each in _reader(state, second).switches(0, 9)] == [second, first]
    assert _reader(state, first).last < _reader(state, second).last
    assert _reader(state, first).switch(2) is None
    assert _reader(state, first).time_of(_reader(state, second).last) is None


def test_a_switch_that_did_not_come_about_is_taken_back(state: Path, tmp_path: Path) -> None:
    other = _publish(tmp_path, "vik/havna", "Havna er hel").manifest.release
    rollback(state, BACK)
    before = _reader(state).switches(0, 9)
    entries = StateFolder(state).history()
    update_log(state, (*entries, entries[1].model_copy(update={"time": datetime.now(UTC)})))
    assert _reader(state, other).count_switches() == 4
    StateFolder(state).reconcile()
    assert _reader(state).switches(0, 9) == before
    assert _reader(state, other).count_switches() == 2


def test_a_switch_whose_process_ended_has_the_same_time_in_the_history(state: Path, tmp_path: Path) -> None:
    _publish(tmp_path, "vik/havna", "Havna er hel")
    [switch] = _reader(state).switches(0, 1)
    lines = (state / HISTORY).read_bytes().splitlines(keepends=True)
    (state / HISTORY).write_bytes(lines[0] + lines[1][:20])
    StateFolder(state).reconcile()
    assert StateFolder(state).history()[-1].time == switch.time
    [recorded] = _reader(state).switches(0, 1)
    assert (recorded.time, recorded.action) == (switch.time, Action.UNRECORDED)


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_log_that_is_missing_or_damaged_is_made_anew(state: Path, tmp_path: Path, damage: bytes | None) -> None:
    _publish(tmp_path, "vik/havna", more=GOAL.format(label="Havna er ren"))
    withdraw("fjell", state, Switch(Action.WITHDRAW, message="Feil"))
    rollback(state, BACK)
    before = _reader(state)
    (state / CHANGES).unlink()
    if damage is not None:
        (state / CHANGES).write_bytes(damage)
        assert not _reader(state).recorded
    StateFolder(state).reconcile()
    after = _reader(state)
    assert after.switches(0, 9) == before.switches(0, 9)
    assert after.between(1, after.last) == before.between(1, before.last)


def test_a_log_made_anew_says_what_pruned_releases_leave_unknown(state: Path, tmp_path: Path) -> None:
    second = _publish(tmp_path, "vik/havna", "Havna er hel", GOAL.format(label="Havna er ren"))
    _publish(tmp_path, "fjell/rent-vann")
    first = StateFolder(state).history()[0].release
    for name in (first, second.manifest.release):
        (state / name / QUADS).unlink()
    (state / CHANGES).unlink()
    StateFolder(state).reconcile()
    reader = _reader(state)
    assert [each.detail for each in reader.switches(0, 9)] == [Detail.WHOLE, Detail.NONE, Detail.NONE]
    assert replayed(reader.between(1, reader.last)) == things(Release.open(state).path)


def test_what_came_and_went_is_known_where_the_release_before_is_pruned(state: Path, tmp_path: Path) -> None:
    first = StateFolder(state).history()[0].release
    (state / first / QUADS).unlink()
    release = _publish_beside(state, tmp_path)
    StateFolder(state).switch_to(release, SWITCH)
    [switch] = _reader(state).switches(0, 1)
    assert switch.detail == Detail.PRESENCE
    assert set(_last(state).values()) == {ChangeKind.ADDED, ChangeKind.WITHDRAWN}
    reader = _reader(state)
    assert replayed(reader.between(1, reader.last)) == things(Release.open(state).path)


def _publish_beside(state: Path, tmp_path: Path) -> str:
    """Put a release of another state folder into this one, and return its name."""
    other = publish([write_plan(tmp_path / "other", "dal/elva")], tmp_path / "beside", SWITCH).release
    shutil.copytree(other.path, state / other.manifest.release)
    return other.manifest.release


def test_a_folder_without_a_log_has_one_switch_of_which_nothing_is_known(tmp_path: Path) -> None:
    built = datetime(2026, 1, 2, tzinfo=UTC)
    reader = ChangeReader(tmp_path, "r0123456789ab", built)
    [switch] = reader.switches(0, 9)
    assert (switch.release, switch.time, switch.detail) == ("r0123456789ab", built, Detail.NONE)
    assert not reader.recorded
    assert (reader.last, reader.newest(0, 9), reader.counts(1), reader.plans()) == (0, [], [], [])


def test_plans_are_counted_and_their_switches_found(state: Path, tmp_path: Path) -> None:
    _publish(tmp_path, "vik/havna", more=GOAL.format(label="Havna er ren"))
    _publish(tmp_path, "fjell/ren-luft", "Luft")
    reader = _reader(state)
    assert [each.number for each in reader.switches(0, 9, HAVNA)] == [2, 1]
    assert [each.number for each in reader.switches(1, 9, HAVNA)] == [1]
    assert reader.count_switches(HAVNA) == 2
    assert reader.count_switches() == 3
    counts = {(each.plan, each.change): each.things for each in reader.counts(2)}
    assert counts == {(HAVNA, ChangeKind.ADDED): 1}
    assert reader.count_changes(HAVNA) == len(reader.newest(0, 1000, HAVNA))
    assert [each.iri for each in reader.in_plan(2, HAVNA, 9)] == [f"{HAVNA}/goal/1"]
    assert None in {each.plan for each in reader.counts(1)}
    assert reader.in_plan(1, None, 1)[0].plan is None
    assert {HAVNA, f"{ID}fjell/ren-luft"} == {each.iri for each in reader.plans()}
    assert reader.has_plan(HAVNA)
    assert not reader.has_plan(f"{HAVNA}/goal/1")
    change = reader.last_change(f"{ID}fjell/ren-luft")
    assert change is not None
    assert (change.switch, change.change) == (3, ChangeKind.CHANGED)
