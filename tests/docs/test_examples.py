"""What the guides show is what happens: queries, curl lines, Python, Turtle, commands, reports."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from tests.clients.javascript import Javascript
from tests.docs.documents import (
    ADDRESS,
    DOCS,
    ROOT,
    Block,
    Curl,
    all_blocks,
    blocks,
    cases,
    command_lines,
    curl_lines,
    following,
)
from tests.drafting.papers import plain_pdf, text_at
from tests.servers import COMMAND, PATIENCE

from plangraf import shipped
from plangraf.namespaces import ID

QUERIES = sorted((shipped.DATA / "queries").glob("*.rq"))
MUNICIPALITY = DOCS / "municipality.md"


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # what our own guides say
        arguments, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )


def _rscript() -> str:
    """Return the path of Rscript; where it is missing, that is an error on CI, and elsewhere skips the test."""
    program = shutil.which("Rscript")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("R is not installed (r-base-core)")
        pytest.skip("R is not installed")  # the gate, with CI=true, has failed above
    return program


def _answers(server: str, query: str) -> int:
    """Return the number of solutions or triples of a query."""
    answer = httpx.post(
        f"{server}/sparql",
        data={"query": query},
        headers={"Accept": "application/sparql-results+json, application/n-triples"},
    )
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith("application/sparql-results+json"):
        return len(answer.json()["results"]["bindings"])
    return len(list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)))


@cases(all_blocks("sparql"))
def test_queries_in_the_guides_find_something(server: str, case: Block) -> None:
    assert _answers(server, case.text) > 0


def _change_plan(workplace: Path) -> None:
    """Change the title of the plan of the guide, as somebody who publishes it again."""
    [plan] = (workplace / "my-plans" / "eksempelvik" / "samfunnsplan-2025-2037").glob("plan.ttl")
    text = plan.read_text(encoding="utf-8")
    changed = text.replace('"@nb ;', ' 2"@nb ;', 1)
    assert changed != text
    plan.write_text(changed, encoding="utf-8")


@cases([path.name for path in QUERIES])
def test_shipped_queries_find_something_and_are_linked(server: str, case: str) -> None:
    assert f"](../data/queries/{case})" in (DOCS / "researcher.md").read_text(encoding="utf-8")
    assert _answers(server, (shipped.DATA / "queries" / case).read_text(encoding="utf-8")) > 0


@cases(curl_lines())
def test_curl_lines_get_what_the_text_says(server: str, case: Curl) -> None:
    assert ADDRESS in case.line
    arguments = shlex.split(case.line.replace(ADDRESS, server))
    fail = ["--fail-with-body"] if case.status is None else []
    done = _run([arguments[0], *fail, "--write-out", "%{stderr}%{http_code}", *arguments[1:]], ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    status = int(done.stderr[-3:])
    assert (200 <= status < 400) if case.status is None else (status == case.status)
    assert done.stdout
    if case.output is None:
        return
    if case.output.language == "json":
        assert json.loads(case.output.text) == json.loads(done.stdout)
    else:
        assert list(csv.reader(io.StringIO(case.output.text))) == list(csv.reader(io.StringIO(done.stdout)))


@cases(all_blocks("python pandas"))
def test_programs_with_pandas_run(server: str, case: Block, tmp_path: Path) -> None:
    (tmp_path / "statistics.csv").write_text("number,inhabitants\n5001,200000\n", encoding="utf-8")
    done = _run([sys.executable, "-c", case.text.replace(ADDRESS, server)], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "5001" in done.stdout or "Trondheim" in done.stdout


@cases(all_blocks("python duckdb"))
def test_programs_with_duckdb_run(server: str, case: Block, tmp_path: Path) -> None:
    done = _run([sys.executable, "-c", case.text.replace(ADDRESS, server)], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Trondheim" in done.stdout
    assert (tmp_path / "compare.parquet").read_bytes()[:4] == b"PAR1"


@pytest.mark.r
@cases(all_blocks("r"))
def test_programs_in_r_run(server: str, case: Block, tmp_path: Path) -> None:
    (tmp_path / "statistics.csv").write_text("number,inhabitants\n5001,200000\n", encoding="utf-8")
    done = _run([_rscript(), "-e", case.text.replace(ADDRESS, server)], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "5001" in done.stdout or "Trondheim" in done.stdout


@cases([*all_blocks("python pandas"), *all_blocks("r")])
def test_tables_that_programs_read_have_the_columns_that_they_name(server: str, case: Block) -> None:
    for path in re.findall(rf'"{re.escape(ADDRESS)}(/[^"?]+)"', case.text):
        answer = httpx.get(server + path)
        assert answer.headers["content-type"].startswith("text/csv")
        columns = set(answer.text.splitlines()[0].split(","))
        assert set(re.findall(r'(?:index=|columns=|values=|\$)"?(\w+)', case.text)) <= columns


@cases(all_blocks("python"))
def test_python_runs(server: str, case: Block, tmp_path: Path) -> None:
    done = _run([sys.executable, "-c", case.text.replace(ADDRESS, server)], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@cases(all_blocks("js"))
def test_javascript_runs(server: str, javascript: Javascript, case: Block) -> None:
    printed = javascript.evaluate(case.text.replace(ADDRESS, server)).decode()
    assert "Trondheim" in printed


def test_the_excerpt_of_a_tree_is_in_the_tree(server: str) -> None:
    (excerpt,) = [
        json.loads(block.text) for block in blocks(DOCS / "tool-builder.md", "json") if "subGoals" in block.text
    ]
    tree = httpx.get(f"{server}/doc/{excerpt['id'].partition('/id/')[2]}?_profile=tree").json()
    assert _within(excerpt, tree)


def _within(excerpt: object, whole: object) -> bool:
    """Return whether a JSON value is another one with keys and the ends of arrays left out."""
    if isinstance(excerpt, dict) and isinstance(whole, dict):
        return all(key in whole and _within(value, whole[key]) for key, value in excerpt.items())
    if isinstance(excerpt, list) and isinstance(whole, list):
        return len(excerpt) <= len(whole) and all(map(_within, excerpt, whole))
    return excerpt == whole


def _complete(document: Path) -> tuple[str, str]:
    """Return the path and the text of the complete example of a document; its first line is its path."""
    (block,) = blocks(document, "turtle complete")
    first = block.text.splitlines()[0]
    assert first.startswith("# ")
    return first.removeprefix("# "), block.text


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """Return a folder with the example plan of the guide, and the shipped data as `data`."""
    name, text = _complete(MUNICIPALITY)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (tmp_path / "data").symlink_to(shipped.DATA)
    return tmp_path


def test_complete_example_conforms_without_any_result(workplace: Path) -> None:
    done = _run([COMMAND, "validate", "--format", "json", "my-plans"], workplace)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["results"] == []


@cases(all_blocks("turtle fragment"))
def test_fragments_conform_with_the_example(workplace: Path, case: Block) -> None:
    path = workplace / _complete(MUNICIPALITY)[0]
    path.write_text(path.read_text(encoding="utf-8") + case.text, encoding="utf-8")
    done = _run([COMMAND, "validate", "my-plans"], workplace)
    assert done.returncode == 0, done.stdout


def test_the_example_conforms_with_own_addresses(workplace: Path) -> None:
    (block,) = blocks(MUNICIPALITY, "turtle organisation")
    (space,) = re.findall(r'void:uriSpace "([^"]*)"', block.text)
    organisation = workplace / block.text.splitlines()[0].removeprefix("# ")
    organisation.write_text(block.text, encoding="utf-8")
    path = workplace / _complete(MUNICIPALITY)[0]
    path.write_text(path.read_text(encoding="utf-8").replace(f"{ID}eksempelvik/", space), encoding="utf-8")
    done = _run([COMMAND, "validate", "--format", "json", "my-plans"], workplace)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["results"] == []


def test_every_file_of_the_folder_has_an_example_and_they_conform_together(workplace: Path) -> None:
    """The organisation declares addresses of its own, which only the other examples with it have."""
    listed = re.findall(r"── (\S+\.ttl) ", MUNICIPALITY.read_text(encoding="utf-8"))
    plan = "my-plans/eksempelvik/samfunnsplan-2025-2037"
    shown = {f"my-plans/eksempelvik/{listed[0]}", *(f"{plan}/{name}" for name in listed[1:])}
    assert len(shown) == 4
    files = blocks(MUNICIPALITY, "turtle file")
    examples = [*files, *blocks(MUNICIPALITY, "turtle complete"), *blocks(MUNICIPALITY, "turtle organisation")]
    assert {block.text.splitlines()[0].removeprefix("# ") for block in examples} == shown
    for block in files:
        path = workplace / block.text.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True)
        path.write_text(block.text, encoding="utf-8")
    done = _run([COMMAND, "validate", "--format", "json", "my-plans"], workplace)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["results"] == []


def test_every_turtle_block_is_checked() -> None:
    known = ("turtle complete", "turtle fragment", "turtle file", "turtle organisation")
    assert [str(b) for b in all_blocks("turtle")] == []
    assert [b.info for b in blocks(MUNICIPALITY) if b.language == "turtle" and b.info not in known] == []


@cases(all_blocks("diff"))
def test_reports_are_what_the_change_gives(workplace: Path, case: Block) -> None:
    report = following(case)
    assert report is not None
    assert report.info == "text"
    path = workplace / _complete(case.document)[0]
    text = path.read_text(encoding="utf-8")
    before = "".join(line[1:] + "\n" for line in case.text.splitlines() if line.startswith("-"))
    after = "".join(line[1:] + "\n" for line in case.text.splitlines() if line.startswith("+"))
    assert text.count(before.lstrip(" ")) == 1
    path.write_text(text.replace(before.lstrip(" "), after.lstrip(" ")), encoding="utf-8")
    done = _run([COMMAND, "validate", "my-plans"], workplace)
    assert done.returncode == 1
    assert done.stdout == report.text


def test_commands_of_the_guide_publish_the_example(workplace: Path) -> None:
    lines = [line for line in command_lines([MUNICIPALITY]) if not line.startswith("plangraf serve")]
    assert lines
    goal = "Mål 1: Alle hører til i bygda, uansett alder og helse"
    (workplace / "plan.pdf").write_bytes(plain_pdf(text_at((50, 700, 10, goal))))
    for line in lines:
        if line.startswith("plangraf publish"):
            _change_plan(workplace)
        done = _run([COMMAND, *shlex.split(line)[1:]], workplace)
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
    manifest = json.loads((workplace / "releases" / "current" / "manifest.json").read_bytes())
    assert "https://w3id.org/plangraf/graph/eksempelvik/samfunnsplan-2025-2037" in manifest["counts"]["graphs"]
