"""The round of the matching guide: the export of OpenRefine becomes claims, which are validated and built."""

import json
import shlex
import subprocess
from pathlib import Path

import pyoxigraph as ox
from bench.links import COMMAND as BENCH
from bench.links import report
from tests.docs.documents import DOCS, blocks, command_lines
from tests.servers import COMMAND, PATIENCE

from plangraf.namespaces import expand

GUIDE = DOCS / "matching.md"
PLAN = "https://w3id.org/plangraf/id/eksempelvik/samfunnsplan-2025-2037"


def test_the_round_from_openrefine_to_a_release(tmp_path: Path) -> None:
    (example,) = blocks(DOCS / "municipality.md", "turtle complete")
    path = tmp_path / example.text.splitlines()[0].removeprefix("# ")
    path.parent.mkdir(parents=True)
    path.write_text(example.text, encoding="utf-8")
    (export,) = blocks(GUIDE, "csv openrefine")
    (tmp_path / "matched.csv").write_text(export.text, encoding="utf-8")
    lines = [
        line for line in command_lines([GUIDE]) if "--accept" in line or line.split()[1] in ("validate", "build")
    ]
    assert len(lines) == 3
    for line in lines:
        done = subprocess.run(  # noqa: S603  # what our own guide says
            [COMMAND, *shlex.split(line)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
    quads = ox.parse(path=str(tmp_path / "releases" / "current" / "quads.nq"), format=ox.RdfFormat.N_QUADS)
    facts = {(quad.subject.value, quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads}
    editorial = {subject for subject, name, value in facts if value == expand("plan:Editorial")}
    assert {f"{PLAN}/link/1-13", f"{PLAN}/link/1.1-11.5"} <= editorial
    assert (f"{PLAN}/goal/1.1", expand("skos:broadMatch"), "http://metadata.un.org/sdg/11.5") in facts
    assert (f"{PLAN}/refusal/1.1-6.4", expand("sssom:predicate_modifier"), expand("sssom:NegatedPredicate")) in facts
    assert not {name for subject, name, value in facts if subject == f"{PLAN}/goal/1.1" and value.endswith("/6.4")}
    shown = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "quality", "--release", "releases", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    measures = {each["plan"]: each["measures"] for each in json.loads(shown.stdout)["plans"]}[PLAN]
    assert (measures["editorial-links"], measures["stated-links"]) == (2, 1)


def test_the_table_of_measurements_is_what_the_command_prints() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert "\n".join(report()) in text
    assert f"    {BENCH}\n" in text
