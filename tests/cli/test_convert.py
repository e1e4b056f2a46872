from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from tests.cli.commands import run
from tests.workbook.books import column, sheet_of, with_cells

from plangraf import shipped
from plangraf.sources.dataset import list_files

SOURCE = column("goals", "source")
ASKER = shipped.DATA / "asker" / "kommuneplan-2020-2032"


def quads(path: Path) -> set[ox.Quad]:
    return {quad for file in list_files([path]) for quad in file.read().quads}


def test_a_plan_goes_to_a_workbook_and_returns_to_its_folder(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    ended = run(None, "convert", ASKER, "-o", book)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{book}\n", "")
    ended = run(None, "convert", book, "-o", tmp_path / "data")
    folder = tmp_path / "data" / "asker" / "kommuneplan-2020-2032"
    assert sorted(ended.stdout.splitlines()) == sorted(
        str(folder / name) for name in ("plan.ttl", "editorial/links.ttl", "translation-en/labels.ttl")
    )
    before = {(quad.subject, quad.predicate, quad.object) for quad in quads(ASKER)}
    assert {(quad.subject, quad.predicate, quad.object) for quad in quads(tmp_path / "data")} == before
    written = (folder / "plan.ttl").read_bytes()
    assert run(None, "convert", tmp_path / "data", "-o", tmp_path / "again").returncode == 0
    assert (tmp_path / "again" / "asker" / "kommuneplan-2020-2032" / "plan.ttl").read_bytes() == written


def test_a_folder_of_csv_files_is_a_workbook_too(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    assert run(None, "convert", ASKER, "-o", folder, "--csv", "--semicolon", "--lang", "en").returncode == 0
    assert (folder / "csv-metadata.json").exists()
    assert (folder / "plan.csv").read_text(encoding="utf-8").startswith("Name;Full title;")
    assert run(None, "convert", folder, "-o", tmp_path / "plan.trig").returncode == 0
    assert len(quads(tmp_path / "plan.trig")) == len(quads(ASKER))


def test_a_named_turtle_file_has_the_other_graphs_beside_it(tmp_path: Path) -> None:
    assert run(None, "template", "-o", tmp_path / "plan.xlsx", "--example").returncode == 0
    ended = run(None, "convert", tmp_path / "plan.xlsx", "-o", tmp_path / "out" / "min-plan.ttl")
    assert ended.stdout.splitlines() == [
        str(tmp_path / "out" / "min-plan.ttl"),
        str(tmp_path / "out" / "translation-en" / "labels.ttl"),
    ]


def test_wrong_cells_are_named_in_norwegian_and_nothing_is_written(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(with_cells("Mål", {"D3": "9"}))
    ended = run(None, "convert", book, "-o", tmp_path / "plan.ttl", "--lang", "nb")
    assert ended.returncode == 1
    assert ended.stderr == (
        f"{book}: Mål!D3: «9» er verken nummer, navn eller ID for en rad i: Mål. Rett det, eller skriv en adresse.\n"
    )
    assert not (tmp_path / "plan.ttl").exists()


@pytest.mark.parametrize("name", ["plan.pdf", "plan.ods"])
def test_only_forms_that_are_written_are_taken(name: str, tmp_path: Path) -> None:
    ended = run(None, "convert", ASKER, "-o", tmp_path / name)
    assert ended.returncode == 2
    assert "ends in .xlsx, .ttl or .trig" in ended.stderr


def test_several_plans_need_a_choice(tmp_path: Path) -> None:
    ended = run(None, "convert", shipped.DATA / "asker", "-o", tmp_path / "plan.xlsx")
    assert ended.returncode == 2
    assert "--plan" in ended.stderr
    iri = "https://w3id.org/plangraf/id/asker/kommuneplan-2020-2032"
    assert run(None, "convert", shipped.DATA / "asker", "-o", tmp_path / "plan.xlsx", "--plan", iri).returncode == 0


def test_a_workbook_is_validated_by_cell(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert run(None, "template", "-o", book, "--example").returncode == 0
    ended = run(None, "validate", book)
    assert ended.returncode == 0, ended.stdout
    book.write_bytes(with_cells("Mål", {"C3": None, "G3": "0", f"{SOURCE}3": None}))
    copy = tmp_path / "copy.xlsx"
    ended = run(None, "validate", book, "--lang", "nb", "--annotate", copy)
    assert ended.returncode == 1
    lines = ended.stdout.splitlines()
    assert f"{book}: Mål!C3: Feil" in lines
    assert f"{book}: Mål!{SOURCE}3: Feil" in lines
    # A shape misses the source too, and the report says it once.
    assert sum(f"Mål!{SOURCE}3" in line for line in lines) == 1
    assert "  Fyll ut «Navn» i arket Mål: cellen er tom, og den må ha en verdi." in lines
    # The shapes too lead to cells: the first rank is 1.
    assert any(line.startswith(f"{book}: Mål!G3: Feil: ") for line in lines), ended.stdout
    worksheet = sheet_of(openpyxl.load_workbook(copy), "Mål")
    for cell, words in (("C3", "«navn» i arket mål"), ("G3", "prioritet")):
        assert worksheet[cell].comment is not None
        assert words in worksheet[cell].comment.text.lower() or words in worksheet[cell].comment.text
        assert worksheet[cell].fill.fgColor.rgb == "FFF4B6B6"


@pytest.mark.parametrize("command", [("validate",), ("convert", "-o", "out")])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Arbeidsboken er kryptert. Lagre den uten passord."),
        ("en", "The workbook is encrypted. Save it without a password."),
    ],
)
def test_a_workbook_that_cannot_be_read_is_told_of_in_both_languages(
    command: tuple[str, ...], language: str, words: str, tmp_path: Path
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    ended = run(None, *command, book, "--lang", language)
    assert (ended.returncode, ended.stderr) == (2, f"plangraf: {book}: {words}\n")


def test_a_folder_of_csv_files_has_a_copy_of_its_own_with_notes(tmp_path: Path) -> None:
    folder, copy = tmp_path / "plan", tmp_path / "copy.xlsx"
    assert run(None, "convert", ASKER, "-o", folder, "--csv").returncode == 0
    goals = folder / "goals.csv"
    lines = goals.read_text(encoding="utf-8").splitlines()
    goals.write_text("\n".join([lines[0], "", *lines[1:], lines[1]]) + "\n", encoding="utf-8")
    ended = run(None, "validate", folder, "--lang", "nb", "--annotate", copy)
    assert ended.returncode == 1
    place = f"{column('goals', 'id')}{len(lines) + 2}"
    assert f"goals!{place}: Feil" in ended.stdout, ended.stdout
    # The copy has no empty row, so that the same cell is one row higher.
    cell = sheet_of(openpyxl.load_workbook(copy), "Mål")[f"{column('goals', 'id')}{len(lines) + 1}"]
    assert cell.comment is not None


def test_what_a_shape_misses_because_a_cell_is_wrong_is_said_once(tmp_path: Path) -> None:
    book, cell = tmp_path / "plan.xlsx", f"{column('links', 'basis')}2"
    book.write_bytes(with_cells("Bærekraftsmål", {cell: "gjettet"}))
    told = run(None, "validate", book, "--lang", "nb").stdout
    assert f"{book}: Bærekraftsmål!{cell}: Feil\n" in told
    assert "Feil: 1," in told, told


def test_a_mended_copy_loses_its_notes_and_keeps_the_help(tmp_path: Path) -> None:
    bad, copy, mended = (tmp_path / name for name in ("bad.xlsx", "copy.xlsx", "mended.xlsx"))
    bad.write_bytes(with_cells("Mål", {"D3": "9", "D1": "Overordnet"}))
    assert run(None, "validate", bad, "--annotate", copy).returncode == 1
    mended.write_bytes(with_cells("Mål", {"D3": "1"}, copy.read_bytes()))
    ended = run(None, "validate", mended, "--annotate", copy)
    assert ended.returncode == 0, ended.stdout
    worksheet = sheet_of(openpyxl.load_workbook(copy), "Mål")
    assert worksheet["D3"].comment is None
    assert worksheet["D3"].fill.fill_type is None
    assert worksheet["C1"].comment is not None


def test_a_workbook_and_csv_files_are_published_like_a_folder(tmp_path: Path) -> None:
    state = tmp_path / "releases"
    reference = tmp_path / "data" / "plangraf"
    reference.mkdir(parents=True)
    (reference / "organisation.ttl").write_bytes((shipped.DATA / "plangraf" / "organisation.ttl").read_bytes())
    assert run(None, "build", "--data", tmp_path / "data", "--state", state).returncode == 0
    book = tmp_path / "plan.xlsx"
    run(None, "template", "-o", book, "--example")
    ended = run(state, "publish", book)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    graph = "https://w3id.org/plangraf/graph/eksempelvik/samfunnsplan-2025-2037"
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    count = run(state, "query", "-", "--format", "csv", text=query).stdout
    assert run(None, "convert", book, "-o", tmp_path / "csv", "--csv").returncode == 0
    ended = run(state, "publish", tmp_path / "csv")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert run(state, "query", "-", "--format", "csv", text=query).stdout == count
    assert int(count.split()[1]) > 100
