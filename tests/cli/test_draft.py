import io
from pathlib import Path

import openpyxl
import pytest
from tests.cli.commands import run
from tests.drafting.papers import page, picture_page
from tests.workbook.books import read, sheet_of

from plangraf.workbook.findings import CellFault
from plangraf.workbook.reading import read_workbook

PLAN = page(
    "<h1>Øyplanen</h1><h2>Innledning</h2><p>Vi skal ikke gjøre mer enn hva vi må, fra i dag.</p><h2>Mål 1: Grønt</h2>"
    "<p>Målet bygger på FNs bærekraftsmål 11, særlig delmål 11.7.</p><h3>Delmål 1.1: Rent vann</h3>"
    "<h4>Slik gjør vi det</h4><ul><li>Vi graver brønner.</li></ul><h4>Dette kan du gjøre</h4><ul><li>Spar på vannet."
    "</li></ul><h4>Indikatorer</h4><table><tr><th>Indikator<th>2023<th>Mål 2030<tr><td>Brønner<td>4 stk.<td>ca. 9"
    "</table><h3>Om vannet</h3><ul><li>Det er vått.</li></ul>"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "plan.html"
    path.write_bytes(PLAN)
    return path


def test_a_draft_tells_what_it_found_and_could_not_place(paper: Path) -> None:
    out = paper.with_name("plan.xlsx")
    ended = run(None, "draft", paper, "-o", out, "--lang", "en")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        f"Found in {paper}, each row marked as a draft to be read over:",
        "  Goals: 2",
        "  Strategies: 1",
        "  Contributions: 1",
        "  Indicators: 1",
        "  SDGs: 2",
        "Headings that could not be placed, because they do not say what stands below them:",
        "  Innledning",
        "  Om vannet (items below it: 1)",
        f"Read the workbook over, fill in the yellow cells, and check it with: plangraf validate {out}",
    ]
    guide = [row[1].value for row in sheet_of(openpyxl.load_workbook(out), "Guide").iter_rows()]
    assert guide[-3:] == [ended.stdout.splitlines()[6], "Innledning", "Om vannet (items below it: 1)"]


def test_every_row_is_a_draft_with_its_source_and_its_headings(paper: Path) -> None:
    out = paper.with_name("plan.xlsx")
    source = "https://www.øy.example/plan"
    assert run(None, "draft", paper, "-o", out, "--source", source, "--lang", "nb").returncode == 0
    rows = read_workbook(out.read_bytes(), out).rows
    drafts = [row for key in ("goals", "strategies", "contributions", "indicators", "links") for row in rows.of(key)]
    assert {row.text("draft") for row in drafts} == {"ja"}
    assert {row.text("source") for row in drafts} == {"plan (HTML)"}
    strategy = rows.of("strategies")[0]
    assert strategy.text("supports") == "1.1"
    assert strategy.text("note") == "Mål 1: Grønt › Delmål 1.1: Rent vann › Slik gjør vi det"
    assert rows.of("indicators")[0].text("baseline") == "4"
    assert rows.of("indicators")[0].text("direction") == ""
    assert "Mål 2030: ca. 9" in rows.of("indicators")[0].text("note")
    assert [(row.text("thing"), row.text("sdg_target")[:4], row.text("relation")) for row in rows.of("links")] == [
        ("1", "", "bidrar til målet"),
        ("1", "11.7", ""),
    ]
    assert rows.of("sources")[0].text("iri") == source
    assert rows.of("plan")[0].text("title") == "Øyplanen"
    assert rows.of("plan")[0].text("lang") == "bokmål"


def test_only_the_address_of_the_source_is_missing_and_no_row_that_names_it_is_wrong(paper: Path) -> None:
    out = paper.with_name("plan.xlsx")
    assert run(None, "draft", paper, "-o", out).returncode == 0
    found = read(out.read_bytes())
    wrong = {(str(each.place), each.fault) for each in found.findings if each.fault is not CellFault.DRAFT}
    assert wrong == {
        ("Plan!B4", CellFault.MISSING_VALUE),
        ("Plan!B8", CellFault.MISSING_VALUE),
        ("Plan!B9", CellFault.MISSING_VALUE),
        ("Indikatorer!D2", CellFault.MISSING_VALUE),
        ("Kilder!A2", CellFault.MISSING_VALUE),
    }


def test_a_document_without_a_plan_says_so(tmp_path: Path) -> None:
    paper = tmp_path / "brev.html"
    paper.write_bytes(page("<p>Hei!</p>"))
    ended = run(None, "draft", paper, "-o", tmp_path / "plan.xlsx", "--lang", "nb")
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"Fant ingen deler av en plan i {paper}: ingen overskrift sier «Mål 1»")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("plan.pdf", b"%PDF-1.7 ...", "is damaged"),
        ("plan.pdf", picture_page(), "has no text: its pages are pictures"),
        ("plan.pdf", b"Hei", "is neither a PDF"),
        ("borte.pdf", None, "cannot be read: No such file"),
    ],
    ids=["broken", "scanned", "text", "gone"],
)
def test_a_document_that_cannot_be_read_is_named_and_nothing_is_written(
    name: str, data: bytes | None, reason: str, tmp_path: Path
) -> None:
    paper = tmp_path / name
    if data is not None:
        paper.write_bytes(data)
    ended = run(None, "draft", paper, "-o", tmp_path / "plan.xlsx")
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"plangraf: {paper}: {reason}")
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "plan.xlsx").exists()


def test_options_that_are_wrong_are_named(paper: Path) -> None:
    assert "ends in .xlsx" in run(None, "draft", paper, "-o", paper.with_name("plan.pdf")).stderr
    ended = run(None, "draft", paper, "-o", paper.with_name("plan.xlsx"), "--source", "plan.pdf")
    assert "--source plan.pdf is not a web address" in ended.stderr


def test_the_same_document_gives_the_same_workbook(paper: Path) -> None:
    books = [paper.with_name(name) for name in ("a.xlsx", "b.xlsx")]
    for book in books:
        assert run(None, "draft", paper, "-o", book).returncode == 0
    assert books[0].read_bytes() == books[1].read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(books[0].read_bytes())).active is not None


def test_the_plan_itself_is_filled_in_from_what_the_text_says_of_it(tmp_path: Path) -> None:
    paper, out = tmp_path / "plan.html", tmp_path / "plan.xlsx"
    paper.write_bytes(
        page(
            "<h1>Samfunnsplan for Øy 2025–2037</h1><p>Vedtatt av kommunestyret 12. juni 2025, sak 4/25.</p>"
            "<h2>Visjon</h2><p>Rom for alle</p><h2>Utfordringer</h2><ul><li>Oftere flom</li></ul>"
            "<h2>Styrker</h2><ul><li>Mange lag</li></ul><h2>Mål 1: Grønt</h2>"
        )
    )
    assert (
        run(None, "draft", paper, "-o", out, "--source", "https://www.øy.example/p", "--lang", "nb").returncode == 0
    )
    rows = read_workbook(out.read_bytes(), out).rows
    [plan], [event], [place] = rows.of("plan"), rows.of("process"), rows.of("statements")
    keys = ("name", "title", "start", "end", "period_label", "vision")
    assert [plan.text(key) for key in keys] == [
        "Samfunnsplan for Øy",
        "Samfunnsplan for Øy 2025–2037",
        "2025",
        "2037",
        "2025–2037",
        "Rom for alle",
    ]
    assert [event.text(key) for key in ("type", "date", "case", "draft")] == ["vedtak", "2025-06-12", "4/25", "ja"]
    assert [place.text(key) for key in ("thing", "property", "note")] == ["Plan", "Visjon", "Visjon"]
    assert [row.text("kind") for row in rows.of("challenges")] == ["utfordring", "styrke"]
    ended = run(None, "validate", out, "--lang", "nb", "--all")
    faults = [line for line in ended.stdout.splitlines() if ": Feil" in line]
    assert not any("Enkeltkilder" in line or "Utfordringer" in line for line in faults), ended.stdout
    # The text names no body as the workbook needs it, and the report leads to that cell.
    assert "  Fyll ut «Organ» i arket Planprosess. " in ended.stdout, ended.stdout
