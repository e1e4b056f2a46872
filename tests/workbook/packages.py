"""Packages of sheets (ECMA-376) with the structure that Excel and Google Sheets write, made by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import openpyxl
from openpyxl.utils import get_column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONSHIPS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The namespaces of a Strict Open XML Spreadsheet, by those of an ordinary one."""
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Serial:
    """A date as a number of days, in the format of a date."""

    days: int


Value = str | float | Serial | None
Table = Sequence[Sequence[Value]]


def tables_of(data: bytes) -> dict[str, list[list[Value]]]:
    """Return the values of the sheets of a workbook, without the hidden one."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            [None if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    }


def package(
    tables: Mapping[str, Table],
    *,
    inline: bool = False,
    styles: bool = True,
    empty_rows: int = 0,
    date1904: bool = False,
    extension: str = "",
    macros: bool = False,
) -> bytes:
    """Return a workbook.

    Args:
        tables: the values, by the titles of the sheets.
        inline: whether texts are in the cells, and not in the shared strings.
        styles: whether there are styles; without them there are no dates.
        empty_rows: the number of rows with empty cells at the end of each sheet, as Google Sheets writes them.
        date1904: whether days are counted from 1904.
        extension: what each sheet has at its end.
        macros: whether it is of the type with macros.
    """
    strings: dict[str, int] = {}
    files = {
        f"xl/worksheets/sheet{number}.xml": _sheet(table, strings, inline, empty_rows, extension)
        for number, table in enumerate(tables.values(), 1)
    }
    listed = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(tables, 1)
    )
    properties = '<workbookPr date1904="1"/>' if date1904 else "<workbookPr/>"
    files["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{properties}<sheets>{listed}</sheets></workbook>'
    )
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(tables) + 1)]
    if styles:
        files["xl/styles.xml"] = _STYLES
        related.append(("styles", "styles.xml"))
    if not inline:
        # Excel splits texts with several formats into runs.
        items = "".join(f"<si>{_runs(text)}</si>" for text in strings)
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{items}</sst>'
        related.append(("sharedStrings", "sharedStrings.xml"))
    files["xl/_rels/workbook.xml.rels"] = _related(related)
    files["_rels/.rels"] = _related([("officeDocument", "xl/workbook.xml")])
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else f"{_SHEET}.sheet.main+xml"
    if macros:
        files["xl/vbaProject.bin"] = "not a program"
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
        + "".join(
            f'<Override PartName="/xl/{target}" ContentType="{_SHEET}.{name}+xml"/>' for name, target in related
        )
        + "</Types>"
    )
    return packed(files)


def packed(files: Mapping[str, str]) -> bytes:
    """Return an archive with XML files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


def strict(data: bytes) -> bytes:
    """Return a workbook as Excel writes it when told to save a Strict Open XML Spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode().partition("\n")[2] for name in archive.namelist()}
    for before, after in STRICT.items():
        files = {name: text.replace(before, after) for name, text in files.items()}
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace("<workbook ", '<workbook conformance="strict" ')
    return packed(files)


def _sheet(table: Table, strings: dict[str, int], inline: bool, empty_rows: int, extension: str) -> str:
    rows = []
    for number, values in enumerate(table, 1):
        cells = "".join(
            _cell(f"{get_column_letter(column)}{number}", value, strings, inline)
            for column, value in enumerate(values, 1)
            if value is not None
        )
        rows.append(f'<row r="{number}" spans="1:{max(len(values), 1)}">{cells}</row>')
    width = len(table[0]) if table else 1
    empty = "".join(f'<c r="{get_column_letter(column)}{{0}}" s="0"/>' for column in range(1, width + 1))
    rows += [
        f'<row r="{number}">{empty.format(number)}</row>'
        for number in range(len(table) + 1, len(table) + 1 + empty_rows)
    ]
    columns = f'<cols><col min="1" max="{width}" width="12.63" customWidth="1"/></cols>'
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{columns}<sheetData>{"".join(rows)}</sheetData>'
        f"{extension}</worksheet>"
    )


def _cell(name: str, value: Value, strings: dict[str, int], inline: bool) -> str:
    if isinstance(value, Serial):
        return f'<c r="{name}" s="1"><v>{value.days}</v></c>'
    if not isinstance(value, str):
        return f'<c r="{name}"><v>{value}</v></c>'
    if inline:
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{name}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'


def _runs(text: str) -> str:
    if len(text) < 12:
        return f'<t xml:space="preserve">{escape(text)}</t>'
    return "".join(
        f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(part)}</t></r>' for part in (text[:6], text[6:])
    )


def _related(targets: Sequence[tuple[str, str]]) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{name}" Target="{target}"/>'
            for number, (name, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )
