"""Workbooks as other programs save them: OpenDocument, and Excel's structure with inline strings."""

import io
import zipfile
from html import escape

import openpyxl
import pytest
from tests.workbook.books import example, faults, read

from plangraf.workbook.findings import CellFault
from plangraf.workbook.limits import WorkbookError

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def as_ods(data: bytes) -> bytes:
    """Return a workbook as an OpenDocument spreadsheet, with empty cells and rows repeated as LibreOffice does."""
    tables = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        rows = []
        for row in sheet.iter_rows():
            cells = [
                f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell.value))}</text:p>'
                "</table:table-cell>"
                if cell.value is not None
                else "<table:table-cell/>"
                for cell in row
            ]
            end = '<table:table-cell table:number-columns-repeated="16000"/>'
            rows.append(f"<table:table-row>{''.join(cells)}{end}</table:table-row>")
        rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        tables.append(f'<table:table table:name="{escape(sheet.title)}">{"".join(rows)}{rest}</table:table>')
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}" '
        f'xmlns:table="{_TABLE}" xmlns:text="{_TEXT}"><office:body><office:spreadsheet>{"".join(tables)}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def test_an_opendocument_spreadsheet_is_the_same_plan() -> None:
    found = read(as_ods(example()), "plan.ods")
    assert found.findings == ()
    assert set(found.quads) == set(read(example()).quads)


def test_entities_in_opendocument_are_refused() -> None:
    data = as_ods(example())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<!DOCTYPE a><a/>" if name == "content.xml" else source.read(name))
    with pytest.raises(WorkbookError, match="declares a document type"):
        read(out.getvalue(), "plan.ods")


def test_a_formula_with_its_stored_value_is_read_and_named() -> None:
    data = example()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet4.xml":
                start = content.index(b'<c r="B3"')
                end = content.index(b"</c>", start)
                content = content[:start] + b'<c r="B3" t="str"><f>"1."&amp;1</f><v>1.1</v>' + content[end:]
            target.writestr(name, content)
    found = read(out.getvalue())
    assert faults(found) == [(CellFault.FORMULA, "Mål!B3")]
    assert set(found.quads) == set(read(data).quads)
