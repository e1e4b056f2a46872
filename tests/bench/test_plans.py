from pathlib import Path

import pytest
from bench.plans import generate, goal_iris, plan_iri
from bench.releases import MERGE, write_plans, write_release

from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.sources.dataset import list_files
from plangraf.sources.reference import list_reference
from plangraf.validation.shapes import Shapes


def test_plans_are_the_same_for_the_same_seed() -> None:
    assert list(generate(2, seed=7)) == list(generate(2, seed=7))


def test_plans_differ_for_another_seed() -> None:
    assert list(generate(2, seed=7)) != list(generate(2, seed=8))


def test_the_first_plans_are_the_same_at_any_size() -> None:
    larger = list(generate(3, seed=7))
    assert larger[: len(larger) // 3] == list(generate(1, seed=7))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, shapes: Shapes) -> Release:
    """Return a release of two plans, made as an operator makes it."""
    data = tmp_path_factory.mktemp("plans")
    write_plans(data, plans=2, seed=7)
    out = tmp_path_factory.mktemp("releases")
    return build_release([*list_files([data]), *list_reference()], out)


def test_plans_conform(built: Release) -> None:
    assert set(built.manifest.validation.values()) == {0}


def test_a_release_written_plan_by_plan_holds_what_a_build_does(built: Release, tmp_path: Path) -> None:
    written = write_release(tmp_path, plans=2, seed=7)
    assert sorted(written.quads.read_bytes().splitlines()) == sorted(built.quads.read_bytes().splitlines())
    assert written.manifest.counts.triples == built.manifest.counts.triples
    assert written.manifest.counts.graphs == built.manifest.counts.graphs
    assert written.manifest.counts.classes == built.manifest.counts.classes


def test_a_release_over_several_batches_states_nothing_twice(tmp_path: Path) -> None:
    lines = write_release(tmp_path, plans=21, seed=7).quads.read_bytes().splitlines()
    assert len(lines) == len(set(lines))


def test_357_plans_are_880_thousand_triples(tmp_path: Path) -> None:
    few, more = (write_release(tmp_path / str(n), n, seed=7).manifest.counts.triples for n in (2, 22))
    each = (more - few) / 20
    assert 0.98 < (few + 355 * each) / 880_000 < 1.02


def test_a_written_release_opens_and_has_its_merge_apart(tmp_path: Path) -> None:
    manifest = write_release(tmp_path, plans=1, seed=7).manifest
    assert Release.open(tmp_path).manifest == manifest
    assert len((tmp_path / MERGE).read_bytes().splitlines()) == manifest.counts.triples


def test_the_iris_that_are_asked_for_are_in_the_plans() -> None:
    plan = dict(generate(1, seed=7))["kommune-0001/samfunnsplan-2024-2036/plan.ttl"]
    assert f"<{plan_iri(1)}> a plan:Plan" in plan
    for iri in goal_iris(1):
        assert f"<goal/{iri.rpartition('/')[2]}> a plan:Goal" in plan
