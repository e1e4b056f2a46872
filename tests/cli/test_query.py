import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import COMMAND, PATIENCE

from plangraf.release.publish import publish
from plangraf.release.release import QUADS
from plangraf.release.state import StateFolder

VISIONS = "PREFIX plan: <https://w3id.org/plangraf/ontology#> SELECT ?p ?vision { ?p plan:vision ?vision }"
GRAPH = "CONSTRUCT { ?p a ?type } WHERE { VALUES ?p { <https://w3id.org/plangraf/id/vik/havna> } ?p a ?type }"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder with two releases of one plan."""
    folder = tmp_path_factory.mktemp("query")
    for vision in ("Havna er hel", "Havna er " + "stor " * 60):
        publish([write_plan(folder / "data", "vik/havna", vision)], folder / "state", SWITCH)
    return folder / "state"


def test_a_table_has_prefixed_names_and_languages_and_controls_no_terminal(state: Path, tmp_path: Path) -> None:
    first = StateFolder(state).history()[0].release
    file = tmp_path / "visions.rq"
    file.write_text(VISIONS.replace("?p ?vision", '?p ?vision ("\\u001B[31mred" AS ?red)', 1), encoding="utf-8")
    ended = run(state, "query", file, "--release", first)
    assert ended.returncode == 0, ended.stderr
    assert "<https://w3id.org/plangraf/id/vik/havna>" in ended.stdout
    assert "Havna er hel@nb" in ended.stdout
    assert "\\u001B[31mred" in ended.stdout
    assert "\x1b" not in ended.stdout
    assert ended.stdout.endswith("1 row\n")


def test_a_table_fits_a_terminal_and_loses_nothing(state: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PLANGRAF_STATE": str(state), "COLUMNS": "60", "TERM": "xterm"}
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "query", "-"], stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.PIPE, env=environment
    ) as process:
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write(VISIONS.encode())
        process.stdin.close()
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # the end of a terminal that nobody has open any more
        os.close(ours)
        assert process.wait(PATIENCE) == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).splitlines()
    assert max(map(len, lines)) == 60
    assert shown.count(b"stor") == 60


@pytest.mark.parametrize(
    ("output", "start"),
    [("csv", "p,vision\n"), ("tsv", "?p\t?vision\n"), ("json", '{"head"'), ("xml", "<?xml")],
)
def test_solutions_come_in_each_format(state: Path, output: str, start: str) -> None:
    ended = run(state, "query", "-", "--format", output, text=VISIONS)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(start)
    assert "stor stor" in ended.stdout


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("table", "a <https://w3id.org/plangraf/ontology#Plan>"),
        ("ntriples", "#type> <https://w3id.org/plangraf/ontology#Plan> ."),
        ("jsonld", '"@id"'),
        ("rdfxml", "<rdf:RDF"),
    ],
)
def test_graphs_come_in_each_format(state: Path, output: str, words: str) -> None:
    ended = run(state, "query", "-", "--format", output, text=GRAPH)
    assert ended.returncode == 0, ended.stderr
    assert words in ended.stdout


def test_a_boolean_is_a_word(state: Path) -> None:
    assert run(state, "query", "-", text="ASK { ?s ?p ?o }").stdout == "true\n"
    assert json.loads(run(state, "query", "-", "--format", "json", text="ASK {}").stdout)["boolean"] is True


@pytest.mark.parametrize(
    ("query", "arguments", "words"),
    [
        ("SELECT * {\n  ?s ?p }", (), "<stdin>:2:9: "),
        ("SELECT * {\n  SERVICE <http://e.org/> { ?s ?p ?o } }", (), "<stdin>:2:3: this server asks no other server"),
        ("INSERT DATA { <a> <b> <c> }", (), "<stdin>:1:1: "),
        ("SELECT * { ?s skos:prefLabel ?o }", (), "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        (GRAPH, ("--format", "csv"), "not as csv"),
        (VISIONS, ("--format", "turtle"), "not as turtle"),
        (VISIONS, ("--format", "excel"), "'excel' is not one of"),
        (VISIONS, ("--release", "r000000000000"), "has no release of this name"),
        (VISIONS, ("--release", "../state/current"), "has no release of this name"),
    ],
)
def test_what_cannot_be_answered_ends_with_2_and_a_message(
    state: Path, query: str, arguments: tuple[str, ...], words: str
) -> None:
    ended = run(state, "query", "-", *arguments, text=query)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert words in " ".join(ended.stderr.replace("│", " ").split())
    assert "Traceback" not in ended.stderr


def test_files_that_cannot_be_read_are_refused(state: Path, tmp_path: Path) -> None:
    (tmp_path / "latin1.rq").write_bytes("ASK { ?s ?p 'blåbær' }".encode("latin-1"))
    for name, words in (("missing.rq", "missing.rq: cannot be read"), ("latin1.rq", "latin1.rq: is not UTF-8 (byte")):
        ended = run(state, "query", tmp_path / name)
        assert ended.returncode == 2
        assert words in ended.stderr


def test_the_limits_are_those_of_the_server(state: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    environment = {**os.environ, "PLANGRAF_STATE": str(state), "PLANGRAF_QUERY_SECONDS": "0.2"}
    ended = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "query", "-"], input=slow, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=environment,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "was ended after 0.2 seconds" in ended.stderr


def test_without_a_state_folder_the_shipped_data_are_asked() -> None:
    ended = run(None, "query", "-", text="ASK { <https://w3id.org/plangraf/id/asker/kommuneplan-2020-2032> a ?type }")
    assert ended.stdout == "true\n"
    named = run(None, "query", "-", "--release", "r000000000000", text="ASK {}")
    assert named.returncode == 2
    assert "--state DIR" in named.stderr


def test_a_reader_that_has_had_enough_is_no_error(state: Path) -> None:
    command = f"'{COMMAND}' query - --format ntriples --state '{state}' | head -n 1"
    ended = subprocess.run(  # noqa: S603  # our own command
        ["/bin/sh", "-c", command],
        input="CONSTRUCT WHERE { ?s ?p ?o }",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.stdout.count("\n") == 1
    assert ended.stderr == ""


def test_a_damaged_release_is_not_asked(tmp_path: Path) -> None:
    publish([write_plan(tmp_path / "data", "vik/havna")], tmp_path / "state", SWITCH)
    quads = tmp_path / "state" / "current" / QUADS
    quads.chmod(0o644)
    with quads.open("ab") as file:
        file.write(b"\n")
    ended = run(tmp_path / "state", "query", "-", text="ASK {}")
    assert ended.returncode == 2
    assert "is damaged" in ended.stderr
