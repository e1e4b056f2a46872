import csv
import io

import pytest

from plangraf.spreadsheet import SpreadsheetConverter, harmless, to_spreadsheet

DOCUMENT = (
    "navn,verdi\r\nÅse;Ødegård,1.10\r\n"
    '"sitat ""her"", og komma","=1+1"\r\n"to\r\nlinjer",-3.5\r\n@SUM,+47 123\r\n,'
    "\r\n"
)


csv.field_size_limit(1_000_000)


def _rows(document: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(document.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_spreadsheet_gets_the_same_cells_with_those_harmless_that_it_would_evaluate() -> None:
    converted = to_spreadsheet(DOCUMENT.encode())
    assert converted.startswith(b"\xef\xbb\xbfnavn;verdi\r\n")
    assert _rows(converted, ";") == [
        ["navn", "verdi"],
        ["Åse;Ødegård", "1.10"],
        ['sitat "her", og komma', "'=1+1"],
        ["to\r\nlinjer", "-3.5"],
        ["'@SUM", "'+47 123"],
        ["", ""],
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_the_pieces_of_a_document_may_end_anywhere(size: int) -> None:
    converter, data = SpreadsheetConverter(), DOCUMENT.encode()
    pieces = [converter.convert(data[at : at + size]) for at in range(0, len(data), size)]
    assert b"".join(pieces) + converter.convert(b"", final=True) == to_spreadsheet(data)


def test_a_cell_may_be_long() -> None:
    long = "a" * 200_000
    assert _rows(to_spreadsheet(f'x\r\n"{long}"\r\n'.encode()), ";")[1] == [long]


def test_an_empty_document_has_the_mark_alone() -> None:
    assert to_spreadsheet(b"") == b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("-1+2", "'-1+2"),
        ("\t=1", "'\t=1"),
        ("-12", "-12"),
        ("-1.5e-3", "-1.5e-3"),
        ("+4,5", "+4,5"),
        ("-", "'-"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(cell: str, expected: str) -> None:
    assert harmless(cell) == expected
