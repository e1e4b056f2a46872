from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.release.test_publish import SWITCH, write_plan

from plangraf.errors import InputError
from plangraf.namespaces import ID
from plangraf.release.difference import Difference, difference
from plangraf.release.publish import publish
from plangraf.release.release import Release

GOAL = """
<vik/havna/goal/1> a plan:Goal ;
  skos:inScheme <vik/havna> ;
  skos:topConceptOf <vik/havna> ;
  skos:prefLabel "{label}"@nb ;
  dct:source <https://www.eksempel.no/havna> .
"""


def _publish(folder: Path, more: str = "", name: str = "vik/havna") -> Release:
    return publish([write_plan(folder / "data", name, more=more)], folder / "state", SWITCH).release


def _named(release: Release) -> set[str]:
    quads = ox.parse(path=release.quads, format=ox.RdfFormat.N_QUADS)
    return {f"{quad} ." for quad in quads if quad.graph_name != ox.DefaultGraph()}


def _iris(found: Difference) -> list[list[str]]:
    return [[thing.iri for thing in things] for things in (found.added, found.removed, found.changed)]


def test_things_are_added_changed_and_removed(tmp_path: Path) -> None:
    bare = _publish(tmp_path)
    one = _publish(tmp_path, GOAL.format(label="Havna er ren"))
    other = _publish(tmp_path, GOAL.format(label="Havna er trygg"))
    goal = f"{ID}vik/havna/goal/1"
    assert _iris(difference(bare.path, one.path)) == [[goal], [], []]
    assert _iris(difference(one.path, bare.path)) == [[], [goal], []]
    assert _iris(difference(one.path, other.path)) == [[], [], [goal]]
    (changed,) = difference(one.path, other.path).changed
    assert (changed.kind, changed.label) == ("goal", "Havna er trygg")
    assert [each.value for each in (*changed.removed, *changed.added)] == ['"Havna er ren"@nb', '"Havna er trygg"@nb']


def test_the_same_release_has_no_difference(tmp_path: Path) -> None:
    release = _publish(tmp_path)
    found = difference(release.path, release.path)
    assert found.summary() == "the same statements."
    assert list(found.patch()) == ["TX .\n", "TC .\n"]


def test_the_patch_makes_the_later_release_of_the_earlier_one(tmp_path: Path) -> None:
    one = _publish(tmp_path, GOAL.format(label="Havna er ren"))
    _publish(tmp_path, name="fjell/ren-luft")
    other = _publish(tmp_path, GOAL.format(label='Havna er \\"trygg\\" og ren'))
    named = _named(one)
    for line in difference(one.path, other.path).patch():
        if line.startswith("D "):
            named.remove(line[2:].rstrip("\n"))
        elif line.startswith("A "):
            named.add(line[2:].rstrip("\n"))
    assert named == _named(other)


def test_a_release_without_records_cannot_be_compared(tmp_path: Path) -> None:
    release = _publish(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        difference(tmp_path, release.path)
