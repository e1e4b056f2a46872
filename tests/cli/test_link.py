import csv
import io
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.cli.commands import run
from tests.linkeddata.test_sssom import parse

from plangraf import shipped
from plangraf.namespaces import ID, SDG, expand
from plangraf.sources.dataset import list_files

PLAN = f"{ID}bergen/bergen-2030"
GREEN, SAFE = f"{PLAN}/focus-area/gronn", f"{PLAN}/focus-area/trygg"
EDITOR = "https://orcid.org/0000-0002-1825-0097"
ROWS = f"iri,match,judgment\n{GREEN},{SDG}11.7,matched\n{SAFE},{SDG}11.2,new\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a copy of a folder of a plan."""
    return Path(shutil.copytree(shipped.DATA / "bergen" / "bergen-2030", tmp_path / "bergen" / "bergen-2030"))


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "judged.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def _quads(path: Path) -> set[ox.Quad]:
    return {quad for file in list_files([path]) for quad in file.read().quads}


def test_suggestions_of_a_published_plan_are_shown_with_reasons() -> None:
    ended = run(None, "link", "bergen/bergen-2030", "--lang", "en", "--to", "sdg", "--to", "trondheim")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "sdg:11.7 Safe and accessible green areas and public spaces for everyone" in ended.stdout
    assert "  Shared words: green; A similar goal has this link: " in ended.stdout
    assert f"<{ID}trondheim/" in ended.stdout


def test_suggestions_as_sssom_can_be_accepted(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "suggestions.tsv"
    assert run(None, "link", plan, "-o", out, "--lang", "en").stdout == f"{out}\n"
    metadata, _, rows = parse(out.read_text(encoding="utf-8"))
    assert metadata["mapping_set_id"] == f"{PLAN}/suggestions"
    green = [row for row in rows if row["subject_id"] == GREEN]
    assert green[0]["comment"]
    assert 0 < float(green[0]["confidence"]) < 1
    assert {row["mapping_justification"] for row in rows} <= {
        expand("semapv:LexicalMatching"),
        expand("semapv:CompositeMatching"),
    }
    ended = run(None, "link", plan, "--accept", out, "--creator", EDITOR)
    assert f"{len(rows)} links accepted, 0 refused" in ended.stdout
    again = run(None, "link", plan, "--format", "sssom", "--least", "0.5").stdout
    assert not {row["object_id"] for row in rows} & {row["object_id"] for row in parse(again)[2]}


def test_rows_of_the_workbook_are_taken_back_by_convert(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    assert run(None, "convert", plan, "-o", folder, "--csv").returncode == 0
    rows = run(None, "link", folder, "--format", "csv").stdout
    (folder / "links.csv").write_text(rows, encoding="utf-8")
    records = list(csv.DictReader(io.StringIO(rows)))
    assert {record["Utkast"] for record in records} == {"ja"}
    assert all("Felles ord" in record["Merknad"] or "mål" in record["Merknad"] for record in records)
    assert run(None, "convert", folder, "-o", tmp_path / "plan.trig").returncode == 0
    claims = {quad.subject for quad in _quads(tmp_path / "plan.trig") if quad.predicate.value == expand("plan:basis")}
    assert len(claims) == len(records)
    book = tmp_path / "plan.xlsx"
    assert run(None, "link", plan, "-o", book).returncode == 0
    assert run(None, "convert", book, "-o", tmp_path / "book.trig").returncode == 0
    assert len(_quads(tmp_path / "book.trig")) == len(_quads(tmp_path / "plan.trig"))


def test_suggested_goals_of_other_plans_are_rows_of_the_workbook_too() -> None:
    rows = run(None, "link", "bergen/bergen-2030", "--to", "trondheim", "--format", "csv", "--least", "0").stdout
    records = list(csv.DictReader(io.StringIO(rows)))
    assert records
    assert all(record["Mål i en annen plan"].startswith(f"{ID}trondheim/") for record in records)
    assert {record["Bærekraftsmål"] for record in records} == {""}


def test_judgements_become_claims_and_refusals_once(plan: Path, judged: Path) -> None:
    before = _quads(plan)
    ended = run(None, "link", plan, "--accept", judged, "--creator", EDITOR, "--date", "2026-11-20")
    matches = plan / "editorial" / "matches.ttl"
    assert ended.stdout == f"{matches}: 1 links accepted, 1 refused\nalready in the data: 0; not judged: 0\n"
    new = _quads(plan) - before
    about = {str(quad.subject).strip("<>") for quad in new}
    assert about == {GREEN, f"{PLAN}/link/gronn-11.7", f"{PLAN}/refusal/trygg-11.2"}
    values = {(str(quad.subject).strip("<>"), quad.predicate.value): quad.object.value for quad in new}  # type: ignore[union-attr]  # a triple has no value
    for claim in about - {GREEN}:
        assert values[claim, expand("dct:creator")] == EDITOR
        assert values[claim, expand("pav:authoredOn")] == "2026-11-20"
        assert values[claim, expand("sssom:mapping_justification")] == expand("semapv:ManualMappingCuration")
    assert values[f"{PLAN}/link/gronn-11.7", expand("plan:basis")] == expand("plan:Editorial")
    written = matches.read_bytes()
    ended = run(None, "link", plan, "--accept", judged, "--creator", EDITOR)
    assert ended.stdout == "already in the data: 2; not judged: 0\n"
    assert matches.read_bytes() == written
    shown = run(None, "link", plan, "--most", "50", "--least", "0", "--format", "sssom").stdout
    pairs = {(row["subject_id"], row["object_id"]) for row in parse(shown)[2]}
    assert not {(GREEN, f"{SDG}11.7"), (SAFE, f"{SDG}11.2")} & pairs
    assert (SAFE, f"{SDG}11.7") in pairs


@pytest.mark.parametrize("form", ["plan.xlsx", "csv"])
def test_judgements_become_rows_of_a_workbook(plan: Path, judged: Path, tmp_path: Path, form: str) -> None:
    book = tmp_path / form
    options = ("--csv", "--semicolon") if form == "csv" else ()
    assert run(None, "convert", plan, "-o", book, *options).returncode == 0
    ended = run(None, "link", book, "--accept", judged, "--creator", EDITOR)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert run(None, "link", book, "--accept", judged, "--creator", EDITOR).stdout.startswith(
        "already in the data: 2;"
    )
    assert run(None, "link", plan, "--accept", judged, "--creator", EDITOR).returncode == 0

    def triples(path: Path) -> set[ox.Triple]:
        return {quad.triple for quad in _quads(path)}

    assert run(None, "convert", book, "-o", tmp_path / "out").returncode == 0
    assert triples(tmp_path / "out") == triples(plan)


def test_contradictions_are_named_and_nothing_is_written(plan: Path, judged: Path, tmp_path: Path) -> None:
    assert run(None, "link", plan, "--accept", judged, "--creator", EDITOR).returncode == 0
    before = {path: path.read_bytes() for path in plan.rglob("*.ttl")}
    other = f"{ID}asker/kommuneplan-2020-2032/goal/3"
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(
        f"iri,match,judgment\n{GREEN},{SDG}11.7,new\n{SAFE},{SDG}11.2,matched\n{SAFE},{SDG}9,matched\n"
        f"{SAFE},{SDG}9,new\n{other},{SDG}3,matched\n{SAFE},{GREEN},matched\n{SAFE},{SDG}16,matched\n",
        encoding="utf-8",
    )
    ended = run(None, "link", plan, "--accept", wrong, "--creator", EDITOR)
    assert (ended.returncode, ended.stdout) == (1, "")
    lines = ended.stderr.splitlines()
    assert [line.removeprefix(f"{wrong}:").split(":")[0] for line in lines[:-1]] == ["2", "3", "5", "6", "7"]
    for line, words in zip(
        lines,
        (
            "is in the data of the plan: remove the row, or the link",
            "was refused before: remove the row, or the refusal",
            f"is refused here and accepted in {wrong}:4: keep one of the rows",
            f"belongs to the plan <{ID}asker/kommuneplan-2020-2032>",
            "is in the same plan",
            "Nothing has been written.",
        ),
        strict=True,
    ):
        assert words in line
    assert {path: path.read_bytes() for path in plan.rglob("*.ttl")} == before
    assert sorted(plan.rglob("*")) == sorted({*before, *(path.parent for path in before)} - {plan})


def test_who_judged_must_be_known(plan: Path, judged: Path) -> None:
    shutil.rmtree(plan / "editorial")
    ended = run(None, "link", plan, "--accept", judged)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"{judged}: does not say who judged, such as in {judged}:2: name the person" in ended.stderr
    assert not (plan / "editorial").exists()


def test_several_plans_get_their_own_claims(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("bergen", "asker"):
        shutil.copytree(shipped.DATA / name, data / name)
    rows = tmp_path / "rows.csv"
    asker = f"{ID}asker/temaplan-handling-mot-klimaendringene/goal/4"
    rows.write_text(f"iri,match\n{GREEN},11.7\n{asker},11\n", encoding="utf-8")
    ended = run(None, "link", data, "--accept", rows)
    assert ended.stdout.count("1 links accepted, 0 refused") == 2
    assert (data / "bergen" / "bergen-2030" / "editorial" / "matches.ttl").exists()
    assert (data / "asker" / "temaplan-handling-mot-klimaendringene" / "editorial" / "matches.ttl").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("link", "bergen/bergen-2031"), "did you mean https://w3id.org/plangraf/id/bergen/bergen-2030?"),
        (("link", "bergen/bergen-2030", "--to", "nowhere"), "--to nowhere: no goals of such a publisher are known"),
        (("link", "bergen/bergen-2030", "-o", "x.docx"), "it ends in .tsv, .csv or .xlsx"),
        (("link", "nowhere", "--accept", "x.csv"), "nowhere"),
    ],
)
def test_what_cannot_be_used_is_an_error_with_a_way_out(arguments: tuple[str, ...], message: str) -> None:
    ended = run(None, *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert message in ended.stderr
