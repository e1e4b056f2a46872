"""The page "Publish your plan", and the workbooks that it offers."""

import io
from pathlib import Path

import httpx
import openpyxl
import pytest
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import serving

from plangraf.formats import XLSX
from plangraf.release.publish import publish
from plangraf.site.publish.workbooks import WORKBOOKS, WorkbookDownload
from plangraf.workbook.example import example_rows
from plangraf.workbook.reading import read_workbook
from plangraf.workbook.rows import WorkbookRows
from plangraf.workbook.sheets import SHEETS


@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda workbook: workbook.file_name)
def test_a_workbook_to_begin_with_has_an_address_of_its_own(server: str, workbook: WorkbookDownload) -> None:
    answer = httpx.get(server + workbook.path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == XLSX.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{workbook.file_name}"'
    assert answer.headers["content-language"] == workbook.language
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert {sheet.title.in_language(workbook.language) for sheet in SHEETS} <= set(book.sheetnames)
    again = httpx.get(server + workbook.path)
    assert again.content == answer.content
    unchanged = httpx.get(server + workbook.path, headers={"If-None-Match": answer.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert httpx.head(server + workbook.path).headers["etag"] == answer.headers["etag"]


def test_the_example_is_filled_in_and_the_template_is_empty(server: str) -> None:
    for workbook in WORKBOOKS:
        read = read_workbook(httpx.get(server + workbook.path).content, Path(workbook.file_name))
        expected = example_rows(workbook.language) if workbook.example else WorkbookRows()
        for sheet in SHEETS:
            assert len(read.rows.of(sheet.key)) == len(expected.of(sheet.key))


@pytest.mark.parametrize(("language", "name"), [("nb", "Gi ut din plan"), ("en", "Publish your plan")])
def test_the_front_page_leads_to_the_page_which_leads_to_every_workbook_and_to_the_check(
    server: str, language: str, name: str
) -> None:
    home = httpx.get(server, params={"lang": language}, headers={"Accept": "text/html"}).text
    assert f'<li><a href="/publish?lang={language}">{name}</a></li>' in home
    text = httpx.get(f"{server}/publish", params={"lang": language}, headers={"Accept": "text/html"}).text
    assert f"<h1>{name}</h1>" in text
    for workbook in WORKBOOKS:
        assert f'href="{workbook.path}"' in text
    assert f'<form method="post" action="/validate?lang={language}" enctype="multipart/form-data"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/validate",
        "/quality",
        "/quality/trondheim/samfunnsplan-2020-2032",
        "/doc/trondheim/samfunnsplan-2020-2032",
        "/doc/trondheim/samfunnsplan-2020-2032/goal/2.1",
    ],
)
def test_what_says_that_something_is_missing_leads_to_the_page(server: str, path: str) -> None:
    text = httpx.get(server + path, headers={"Accept": "text/html"}).text
    assert '<a href="/publish">' in text.partition("<main")[2].partition("</main>")[0]


def test_the_page_says_how_to_publish_on_this_server(tmp_path: Path) -> None:
    settings = {"publishing": True, "contact_email": "post@eksempelvik.example", "trusted_proxies": '["127.0.0.1"]'}
    with serving("--state", str(_state(tmp_path)), **settings) as server:
        text = httpx.get(
            f"{server.address}/publish",
            params={"lang": "en"},
            headers={
                "X-Forwarded-Prefix": "/plans",
                "X-Forwarded-Host": "open.example",
                "X-Forwarded-Proto": "https",
            },
        ).text
    assert '<a href="mailto:post@eksempelvik.example">' in text
    assert "curl -X PUT" in text
    assert "https://open.example/plans/graph/eksempelvik/samfunnsplan-2025-2037" in text
    assert 'action="/plans/validate?lang=en"' in text
    assert 'href="/plans/publish/template-nb.xlsx"' in text


def _state(folder: Path) -> Path:
    """Return a state folder with an invented plan."""
    write_plan(folder / "data", "fjell/ren-luft")
    publish([folder / "data"], folder / "state", SWITCH)
    return folder / "state"
