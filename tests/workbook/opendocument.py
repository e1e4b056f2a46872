"""OpenDocument spreadsheets, made by hand."""

import io
import zipfile
from html import escape

import openpyxl

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
