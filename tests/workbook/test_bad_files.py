"""Files that are no workbooks, or that no program should have to read."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook
from tests.workbook.books import changed, example, faults, read
from tests.workbook.opendocument import as_ods
from tests.workbook.packages import package, strict, tables_of

from plangraf.workbook import limits
from plangraf.workbook.csv_folder import read_csv_folder
from plangraf.workbook.findings import CellFault
from plangraf.workbook.limits import WorkbookError
from plangraf.workbook.reading import read_workbook


def with_member(name: str, content: bytes, data: bytes | None = None) -> bytes:
    """Return the example with another file in its archive, or one replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or example())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for each in source.namelist():
            if each != name:
                to.writestr(each, source.read(each))
        to.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    ).encode()


def refusal(data: bytes, name: str = "plan.xlsx") -> str:
    with pytest.raises(WorkbookError) as raised:
        read_workbook(data, Path(name))
    return str(raised.value)


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    bomb = with_member("xl/media/image1.png", b"\0" * (limits.MOST_INFLATED + 1))
    assert len(bomb) < limits.MOST_BYTES
    assert "would take up more than 128 MB" in refusal(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(with_member("xl/media/image1.png", b"\0" * (limits.MOST_INFLATED + 1)))
    size = struct.pack("<L", limits.MOST_INFLATED + 1)
    small = struct.pack("<L", 10)
    while (at := bomb.find(size)) >= 0:
        bomb[at : at + 4] = small
    assert "plan.xlsx: " in refusal(bytes(bomb))


def test_many_members_are_refused() -> None:
    out = io.BytesIO(example())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(limits.MOST_MEMBERS):
            archive.writestr(f"xl/more/{number}.xml", b"<a/>")
    assert "files in it" in refusal(out.getvalue())


def test_a_sheet_of_200_000_rows_is_refused() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 200_001))
    data = with_member("xl/worksheets/sheet4.xml", sheet_xml(rows))
    assert "more than 20,000 rows in a sheet" in refusal(data)


def test_a_single_value_far_away_is_refused_and_costs_nothing() -> None:
    data = with_member("xl/worksheets/sheet4.xml", sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>'))
    assert "column 16,384" in refusal(data)
    data = with_member("xl/worksheets/sheet4.xml", sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert "row 1,048,576" in refusal(data)


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("," * 1_000_000 + "x\n", encoding="utf-8")
    with pytest.raises(WorkbookError, match="column 1,000,001"):
        read_csv_folder(tmp_path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet4.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_before_a_parser_sees_them(name: str) -> None:
    text = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert f"declares a document type in {name}" in refusal(with_member(name, text))


def test_an_encrypted_workbook_is_told_from_a_damaged_one() -> None:
    compound = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500
    encrypted = compound + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    assert "is encrypted. Save it without a password" in refusal(encrypted)
    assert "cannot be read as a workbook" in refusal(compound, "plan.xls")
    assert "is damaged" in refusal(example()[:2000])


def test_renamed_files_are_recognized(tmp_path: Path) -> None:
    assert "is no workbook, whatever its name says" in refusal(b"Navn;Kode\nA;b/c\n")
    (tmp_path / "plan.csv").write_bytes(example())
    with pytest.raises(WorkbookError, match=r"plan.csv is a workbook, whatever its name says"):
        read_csv_folder(tmp_path)


def test_a_large_file_is_refused_before_it_is_opened() -> None:
    assert "has 18 MB" in refusal(b"PK\x03\x04" + b"\0" * (17 * 1024 * 1024))


@pytest.mark.parametrize(
    ("rows", "columns", "says"),
    [(1000, 16_000, "column 16,000"), (1_048_576, 1, "row 1,048,576"), (10**9, 10**9, "row 1,000,000,000")],
)
def test_cells_that_an_opendocument_spreadsheet_repeats_are_counted_first(rows: int, columns: int, says: str) -> None:
    cell = (
        f'<table:table table:name="X"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet>"
    )
    data = as_ods(example())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").replace(b"</office:spreadsheet>", cell.encode())
    assert says in refusal(with_member("content.xml", content, data), "plan.ods")


def test_a_value_far_away_is_refused_in_a_strict_workbook_too() -> None:
    data = strict(package(tables_of(example())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'<c r="A1"', b'<c r="XFD1048576"')
    assert "row 1,048,576" in refusal(with_member("xl/worksheets/sheet1.xml", sheet, data))


def test_a_binary_workbook_is_refused() -> None:
    assert "no workbook" in refusal(with_member("xl/workbook.bin", b"\0"))


def test_macros_and_links_are_named_and_not_read() -> None:
    data = with_member("xl/vbaProject.bin", b"\0")
    data = with_member("xl/externalLinks/externalLink1.xml", b"<a/>", data)
    found = faults(read(data))
    assert [fault for fault, _ in found] == [CellFault.MACROS, CellFault.EXTERNAL_LINKS]


def test_a_workbook_without_any_known_sheet_says_so() -> None:
    def change(workbook: Workbook) -> None:
        for name in workbook.sheetnames[1:-1]:
            del workbook[name]

    data = changed(change)
    assert CellFault.MISSING_SHEET in {fault for fault, _ in faults(read(data))}
