import codecs
from pathlib import Path

import orjson
import pytest
from tests.workbook.books import PLAN, values

from plangraf.namespaces import expand
from plangraf.workbook.csv_folder import csv_folder_files, read_csv_folder
from plangraf.workbook.example import example_rows
from plangraf.workbook.findings import CellFault
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.to_statements import PlanStatements, to_statements


def written(folder: Path, encoding: str = "utf-8", mark: bytes = b"", delimiter: str = ",") -> PlanStatements:
    for name, data in csv_folder_files(example_rows("nb"), delimiter=delimiter).items():
        (folder / name).write_bytes(mark + data.decode().encode(encoding) if name.endswith(".csv") else data)
    return read(folder)


def read(folder: Path) -> PlanStatements:
    found = read_csv_folder(folder)
    return to_statements(found.rows, found.findings)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_recognized(encoding: str, mark: bytes, delimiter: str, tmp_path: Path) -> None:
    found = written(tmp_path, encoding, mark, delimiter)
    assert values(found, PLAN, expand("plan:vision")) == ["Nær vannet, nær hverandre"]
    guessed = encoding != "utf-8" and not mark
    assert {finding.fault for finding in found.findings} == ({CellFault.ENCODING} if guessed else set())


def test_a_fault_has_the_row_and_column_of_its_file(tmp_path: Path) -> None:
    written(tmp_path)
    file = tmp_path / "goals.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("1.1,Ingen", "1.1,Ingen").replace(",1,delmål", ",7,delmål")
    )
    found = read(tmp_path)
    assert [(finding.fault, str(finding.place)) for finding in found.findings] == [
        (CellFault.UNKNOWN_REFERENCE, "goals!D3")
    ]


def test_files_may_have_the_norwegian_names_of_sheets(tmp_path: Path) -> None:
    before = written(tmp_path)
    for key in ("goals", "strategies", "links"):
        (tmp_path / f"{key}.csv").rename(tmp_path / f"{BY_KEY[key].title.nb}.csv")
    assert set(read(tmp_path).quads) == set(before.quads)


def test_the_metadata_describe_each_file_and_column(tmp_path: Path) -> None:
    files = csv_folder_files(example_rows("nb"), delimiter=";")
    document = orjson.loads(files["csv-metadata.json"])
    assert document["dialect"]["delimiter"] == ";"
    assert {table["url"] for table in document["tables"]} == {name for name in files if name.endswith(".csv")}
    for table in document["tables"]:
        head = files[table["url"]].decode().splitlines()[0].split(";")
        columns = table["tableSchema"]["columns"]
        assert [each["titles"]["nb"] for each in columns] == head
        sheet = BY_KEY[table["url"].removesuffix(".csv")]
        assert [each["name"] for each in columns if each["required"]] == [
            column.key for column in sheet.columns if column.required
        ]


def test_cells_that_a_spreadsheet_would_evaluate_return_as_they_were(tmp_path: Path) -> None:
    from tests.workbook.books import rows_with

    for name, data in csv_folder_files(rows_with(goals=[{"number": "1", "name": "=1+1"}])).items():
        (tmp_path / name).write_bytes(data)
    assert "'=1+1" in (tmp_path / "goals.csv").read_text(encoding="utf-8")
    assert values(read(tmp_path), "goal/1", expand("skos:prefLabel")) == ["=1+1"]
