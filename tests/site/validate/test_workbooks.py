"""Workbooks as uploads of the validation service, on a running server."""

import base64
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import openpyxl
import pytest
from rdflib import RDF, SH, Graph
from tests.servers import PATIENCE, Server, serving
from tests.workbook.books import column, example, sheet_of, with_cells
from tests.workbook.opendocument import as_ods
from tests.workbook.test_bad_files import sheet_xml, with_member

from plangraf.formats import ODS, XLSX
from plangraf.workbook import limits
from plangraf.workbook.csv_folder import csv_folder_files
from plangraf.workbook.example import example_rows
from plangraf.workbook.sheets import BY_KEY

NAME = f"Mål!{column('goals', 'number')}3"
TARGET = column("links", "sdg_target")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(upload_seconds=600) as running:
        yield running


def faulty() -> bytes:
    """Return the example with the number of its first goal in the row of the second one, beside the first."""
    book = with_cells("Mål", {NAME.partition("!")[2]: "1", f"{column('goals', 'parent')}3": ""})
    return with_cells(BY_KEY["links"].title.nb, {f"{TARGET}2": "99.9"}, book)


def send(server: Server, data: bytes, media_type: str = XLSX.media_type, **headers: str) -> httpx.Response:
    return httpx.post(
        f"{server.address}/validate",
        content=data,
        headers={"Content-Type": media_type, **headers},
        timeout=PATIENCE,
    )


def upload(server: Server, name: str, data: bytes, language: str = "nb", **fields: str) -> httpx.Response:
    return httpx.post(
        f"{server.address}/validate",
        params={"lang": language},
        files={"file": (name, data, "application/octet-stream")},
        data=fields,
        headers={"Accept": "text/html"},
        timeout=PATIENCE,
    )


def zipped(files: dict[str, bytes], folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return out.getvalue()


def test_the_example_of_the_template_conforms_in_every_form_of_a_workbook(server: Server) -> None:
    files = csv_folder_files(example_rows("nb"), delimiter=";")
    for data, media_type in (
        (example(), XLSX.media_type),
        (as_ods(example()), ODS.media_type),
        (zipped(files, "plan/"), "application/zip"),
    ):
        answer = send(server, data, media_type)
        assert answer.status_code == 200, answer.text
        report = answer.json()
        assert report["conforms"], report["results"]
        assert report["found"]["plans"] == 1


def test_results_have_their_cells_and_tell_nothing_of_the_server(server: Server) -> None:
    answer = send(server, faulty())
    results = answer.json()["results"]
    twice = next(result for result in results if result["sourceShape"].endswith("#CellNumberTwice"))
    assert (twice["file"], twice["sheet"], twice["row"], twice["cell"]) == ("data.xlsx", "Mål", 3, NAME)
    assert "også i Mål!" in twice["messages"]["nb"]
    assert "also in Mål!" in twice["messages"]["en"]
    assert str(Path.cwd()) not in answer.text
    assert "file:" not in answer.text


def test_a_report_on_a_workbook_comes_as_turtle_and_csv(server: Server) -> None:
    graph = Graph().parse(data=send(server, faulty(), Accept="text/turtle").text, format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert any(str(node).endswith("#M%C3%A5l!B3") for node in graph.objects(None, SH.focusNode)), list(graph)
    assert list(graph.objects(report, SH.result))
    rows = list(csv.DictReader(io.StringIO(send(server, faulty(), Accept="text/csv").text)))
    assert NAME in {row["cell"] for row in rows}


@pytest.mark.parametrize(("language", "words"), [("nb", "står også i Mål!"), ("en", "is also in Mål!")])
def test_the_page_names_cells_and_has_the_copy_with_notes(server: Server, language: str, words: str) -> None:
    answer = upload(server, "Min plan.xlsx", faulty(), language)
    assert answer.status_code == 200
    assert f"<strong>{NAME}</strong>" in answer.text
    assert words in answer.text
    link = re.search(r'<a href="data:([^;"]+);base64,([^"]+)" download="([^"]+)"', answer.text)
    assert link is not None
    assert link[1] == XLSX.media_type
    assert link[3] == f"Min plan-{'kontrollert' if language == 'nb' else 'checked'}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(unescape(link[2]))))
    note = sheet_of(book, "Mål")[NAME.partition("!")[2]].comment
    assert note is not None
    assert words in note.text


def test_the_copy_with_notes_is_a_form_of_the_report(server: Server) -> None:
    answer = send(server, faulty(), Accept=XLSX.media_type)
    assert answer.headers["content-type"] == XLSX.media_type
    assert sheet_of(openpyxl.load_workbook(io.BytesIO(answer.content)), "Mål")[NAME.partition("!")[2]].comment
    answer = upload(server, "plan.xlsx", faulty(), format="xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="plan-kontrollert.xlsx"'
    assert answer.content.startswith(b"PK")


def test_the_copy_of_an_opendocument_spreadsheet_is_the_template_filled_in(server: Server) -> None:
    answer = send(server, as_ods(faulty()), ODS.media_type, Accept=XLSX.media_type)
    sheet = sheet_of(openpyxl.load_workbook(io.BytesIO(answer.content)), "Mål")
    cell = sheet[NAME.partition("!")[2]]
    assert cell.value == "1"
    assert cell.comment is not None


def test_linked_data_have_no_copy_with_notes(server: Server) -> None:
    answer = send(server, b"<https://e.org/a> <https://e.org/p> 1 .", "text/turtle", Accept=XLSX.media_type)
    assert answer.status_code == 406


@pytest.mark.parametrize(
    ("data", "media_type", "says"),
    [
        pytest.param(
            with_member("xl/media/image1.png", b"\0" * (limits.MOST_INFLATED + 1)), XLSX.media_type, "128", id="bomb"
        ),
        pytest.param(
            with_member(
                "xl/worksheets/sheet4.xml",
                sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200_001))),
            ),
            XLSX.media_type,
            "20,000 rows",
            id="rows",
        ),
        pytest.param(
            with_member("xl/worksheets/sheet4.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            XLSX.media_type,
            "document type",
            id="entity",
        ),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"),
            XLSX.media_type,
            "encrypted",
            id="encrypted",
        ),
        pytest.param(example()[:3000], XLSX.media_type, "damaged", id="damaged"),
        pytest.param(b"Navn;Kode\nA;b/c\n", XLSX.media_type, "no workbook", id="CSV under another type"),
        pytest.param(zipped({"plan.ttl": b"<a> <b> <c> ."}), "application/zip", "no workbook", id="Turtle, zipped"),
        pytest.param(
            zipped({"a/plan.csv": b"Navn\nA\n", "b/plan.csv": b"Navn\nB\n"}),
            "application/zip",
            "2 files plan.csv",
            id="two plans",
        ),
        pytest.param(zipped({"plan.csv": b"," * 10**6 + b"x\n"}), "application/zip", "column 1,000,001", id="wide"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_and_the_next_is_answered(
    server: Server, data: bytes, media_type: str, says: str
) -> None:
    answer = send(server, data, media_type)
    assert answer.status_code == 400, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert send(server, example()).status_code == 200


def test_a_refusal_is_in_the_reader_s_language_as_a_problem_and_on_the_page(server: Server) -> None:
    encrypted = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    answer = send(server, encrypted, **{"Accept-Language": "nb"})
    assert answer.json()["detail"] == "Arbeidsboken er kryptert. Lagre den uten passord."
    assert "Arbeidsboken er kryptert." in upload(server, "plan.xlsx", encrypted).text


def test_a_single_csv_file_is_told_to_be_one_sheet(server: Server) -> None:
    answer = upload(server, "goals.csv", b"Navn;Kode\n", "en")
    assert answer.status_code == 400
    assert "A CSV file is one sheet of a plan." in answer.text


def test_a_workbook_under_any_name_is_known_by_its_content(server: Server) -> None:
    answer = upload(server, "plan.dat", faulty())
    assert f"<strong>{NAME}</strong>" in answer.text


def test_macros_are_named_in_the_report_and_missing_in_the_copy(server: Server) -> None:
    page = upload(server, "plan.xlsm", with_member("xl/vbaProject.bin", b"\0"), "en").text
    assert "The workbook has macros. They are not run and not kept." in page
    assert "This copy lacks parts of your workbook: macros." in page
