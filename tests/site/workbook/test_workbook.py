"""Every plan of the release as a workbook."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from tests.counts import chance, times
from tests.servers import PATIENCE, Server, serving
from tests.workbook.books import column, sheet_of

from plangraf import shipped
from plangraf.formats import XLSX
from plangraf.release.plan_source import read_plan
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.reading import read_workbook
from plangraf.workbook.to_statements import to_statements

PLANS = sorted(
    path.parent for path in shipped.DATA.glob("*/*/plan.ttl") if "a plan:Plan" in path.read_text(encoding="utf-8")
)
SOME = chance("workbooks").sample(PLANS, times(3, len(PLANS)))
TRONDHEIM = "trondheim/samfunnsplan-2020-2032"
YELLOW = "00FFF2A8"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(upload_seconds=600) as running:
        yield running


def workbook(server: Server, plan: str, language: str = "nb") -> httpx.Response:
    answer = httpx.get(f"{server.address}/workbook/{plan}.xlsx", params={"lang": language}, timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return answer


def checked(server: Server, data: bytes) -> dict[str, Any]:
    """Return the report on a workbook."""
    headers = {"Content-Type": XLSX.media_type}
    answer = httpx.post(f"{server.address}/validate", content=data, headers=headers, timeout=PATIENCE)
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.soak
@pytest.mark.parametrize("folder", SOME, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_plan_is_a_workbook_that_holds_all_of_it_and_conforms(server: Server, folder: Path) -> None:
    name = f"{folder.parent.name}/{folder.name}"
    data = workbook(server, name).content
    found = read_workbook(data, Path("plan.xlsx"))
    source = read_plan(folder)
    own = [quad for quad in source.quads if str(quad.graph_name)[1:-1].startswith(source.addresses.graph())]
    lost = set(from_statements(own, source.addresses).lost)
    assert set(to_statements(found.rows, found.findings).quads) >= set(own) - lost
    report = checked(server, data)
    assert report["conforms"], report["results"][:2]


def test_rows_are_in_the_order_of_their_numbers_and_what_is_missing_is_yellow(server: Server) -> None:
    sheet = sheet_of(openpyxl.load_workbook(io.BytesIO(workbook(server, TRONDHEIM).content)), "Mål")
    numbers = [str(row[1].value) for row in sheet.iter_rows(2) if row[1].value]
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    yellow = [cell.coordinate for row in sheet.iter_rows(2) for cell in row if cell.fill.fgColor.rgb == YELLOW]
    assert len(yellow) >= 9  # the titles that are missing


def test_a_workbook_that_is_filled_in_and_sent_back_lacks_nothing(server: Server) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(server, TRONDHEIM).content))
    sheet = sheet_of(book, "Mål")
    name, wording, missing = (column("goals", key) for key in ("name", "wording", "missing"))
    for row in range(2, sheet.max_row + 1):
        if sheet[f"{missing}{row}"].value:
            sheet[f"{name}{row}"], sheet[f"{wording}{row}"] = f"Et delmål som sto i planen {row}", "som vedtatt"
            sheet[f"{missing}{row}"] = None
    out = io.BytesIO()
    book.save(out)
    report = checked(server, out.getvalue())
    assert report["counts"] == {"violation": 0, "warning": 0, "info": 0}


def test_the_same_release_gives_the_same_bytes_and_each_language_its_own(server: Server) -> None:
    norwegian, english = (workbook(server, TRONDHEIM, language) for language in ("nb", "en"))
    again = httpx.get(f"{server.address}/workbook/{TRONDHEIM}.xlsx", headers={"Accept-Language": "nn, nb;q=0.5"})
    assert again.content == norwegian.content
    built = httpx.get(f"{server.address}/catalog.jsonld").text
    with zipfile.ZipFile(io.BytesIO(norwegian.content)) as archive:
        dates = {"-".join(f"{part:02}" for part in member.date_time[:3]) for member in archive.infolist()}
    assert len(dates) == 1
    assert dates.pop() in built
    assert english.content != norwegian.content
    assert english.headers["content-language"] == "en"
    assert english.headers["content-type"] == XLSX.media_type
    assert english.headers["content-disposition"] == ('attachment; filename="trondheim-samfunnsplan-2020-2032.xlsx"')
    assert "Goals" in openpyxl.load_workbook(io.BytesIO(english.content)).sheetnames


@pytest.mark.parametrize("name", ["trondheim/nothing.xlsx", TRONDHEIM, f"{TRONDHEIM}/goal/1.xlsx"])
def test_what_is_no_plan_has_no_workbook(server: Server, name: str) -> None:
    answer = httpx.get(f"{server.address}/workbook/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_of_a_plan_links_to_its_workbook(server: Server) -> None:
    page = httpx.get(f"{server.address}/doc/{TRONDHEIM}?lang=nb", headers={"Accept": "text/html"})
    assert f'<a href="/workbook/{TRONDHEIM}.xlsx?lang=nb"' in page.text
    assert "Fyll ut arbeidsboken (Excel)" in page.text
