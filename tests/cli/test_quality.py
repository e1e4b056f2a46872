import subprocess
from pathlib import Path

import orjson
import pyoxigraph as ox
from tests.servers import COMMAND, PATIENCE

from plangraf.namespaces import ID, expand
from plangraf.release.release import Release

PLAN = ID + "trondheim/samfunnsplan-2020-2032"


def quality(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "quality", *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_a_release_is_measured_as_text(release: Release) -> None:
    ended = quality("--release", release.path, "--lang", "nb")
    assert ended.returncode == 0, ended.stderr
    report = ended.stdout.split("trondheim/samfunnsplan-2020-2032")[1]
    assert "9 av 18" in next(line for line in report.splitlines() if line.startswith("Titler som mangler"))


def test_the_shipped_data_are_measured_without_a_release(release: Release) -> None:
    ended = quality("--format", "json")
    assert ended.returncode == 0, ended.stderr
    assert orjson.loads(ended.stdout)["release"] == release.manifest.release


def test_json_and_turtle_say_the_same(release: Release) -> None:
    report = orjson.loads(quality("--release", release.path, "--format", "json").stdout)
    measured = {plan["plan"]: plan["measures"] for plan in report["plans"]}
    assert set(measured) == set(release.manifest.plans)
    assert measured[PLAN]["titles-missing"] == 9
    assert measured[PLAN]["strategies-missing"] is True
    turtle = quality("--release", release.path, "--format", "turtle").stdout
    values = [t for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE) if t.predicate.value == expand("dqv:value")]
    expected = [value for measures in measured.values() for value in measures.values() if value is not None]
    assert len(values) == len(expected)


def test_where_there_is_no_release_it_says_so(tmp_path: Path) -> None:
    ended = quality("--release", tmp_path)
    assert ended.returncode == 2
    assert "plangraf build" in ended.stderr
