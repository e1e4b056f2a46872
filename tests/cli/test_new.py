from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.release.test_publish import SWITCH, write_plan

from plangraf.release.publish import publish

NAMES = ("--name", "Nyvik kommune", "--plan", "samfunnsplan", "--title", "Samfunnsplan")


def test_a_new_publisher_conforms_as_it_is(tmp_path: Path) -> None:
    made = run(None, "new", "nyvik", *NAMES, "--out", tmp_path)
    assert made.returncode == 0, made.stderr
    assert f"{tmp_path / 'nyvik' / 'organisation.ttl'}\n" in made.stdout
    for folder in (tmp_path, tmp_path / "nyvik"):
        report = run(None, "validate", folder)
        assert report.returncode == 0, report.stdout
        assert "plan:GoalsMissing" in report.stdout


def test_what_the_options_do_not_say_is_asked(tmp_path: Path) -> None:
    made = run(None, "new", "nyvik", "--out", tmp_path, text="Nyvik kommune\nsamfunnsplan\nSamfunnsplanen\n")
    assert made.returncode == 0, made.stderr
    assert '"Samfunnsplanen"@nb' in (tmp_path / "nyvik" / "samfunnsplan" / "plan.ttl").read_text(encoding="utf-8")


def test_without_an_answer_nothing_is_written(tmp_path: Path) -> None:
    ended = run(None, "new", "nyvik", "--out", tmp_path, text="Nyvik kommune\n")
    assert ended.returncode == 2
    assert "--plan" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        *("sdg", "los", "u4ssc", "county", "plangraf", "queries", "trondheim", "graph", "id", "doc", "sparql"),
        *("derived", "ontology", "shapes", "problems", "catalog", "browse", "graphs", "static", "robots"),
    ],
)
def test_names_that_are_taken_are_refused(name: str, tmp_path: Path) -> None:
    ended = run(None, "new", name, *NAMES, "--out", tmp_path)
    assert ended.returncode == 2
    assert f"{name} is taken" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../nyvik", "/tmp/nyvik", "Nyvik", "ny vik", "."])  # noqa: S108  # it is refused
def test_tricks_with_paths_are_refused(name: str, tmp_path: Path) -> None:
    ended = run(None, "new", name, *NAMES, "--out", tmp_path / "data")
    assert ended.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_published_name_is_taken(tmp_path: Path) -> None:
    publish([write_plan(tmp_path / "data", "vik/havna")], tmp_path / "state", SWITCH)
    ended = run(tmp_path / "state", "new", "vik", *NAMES, "--out", tmp_path / "other")
    assert ended.returncode == 2
    assert "vik is taken" in ended.stderr
