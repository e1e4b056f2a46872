import pyoxigraph as ox
import pytest

from plangraf.engine.rows import RowCount
from plangraf.formats import CSV, JSON, RESULT_FORMATS, TSV, XML, Format

SERIALIZED = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    TSV: ox.QueryResultsFormat.TSV,
    CSV: ox.QueryResultsFormat.CSV,
}
QUERIES = {
    "SELECT * {}": 1,
    "SELECT ?x { FILTER (false) }": 0,
    "SELECT ?x { VALUES ?x { UNDEF UNDEF UNDEF } }": 3,
    r"""SELECT ?x ?y { VALUES (?x ?y) {
        ("},{" 1) ("a},{\"b\":1}" UNDEF) ("two\r\nlines, and a \"quote\"" "<result>") (UNDEF UNDEF) ("\\" "\"")
        (<http://example.org/a> "[{\"x\":1},{\"y\":2}]"@en) } }""": 6,
    "SELECT ?x { VALUES ?a { 1 2 3 4 5 6 7 8 9 0 } VALUES ?b { 1 2 3 4 5 6 7 8 9 0 } VALUES ?x { 1 2 3 } }": 300,
}


@pytest.mark.parametrize("size", [1, 3, 7, 64, 100_000])
@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("solutions_format", RESULT_FORMATS, ids=lambda f: f.key)
def test_rows_are_counted_however_the_answer_is_cut_into_pieces(
    solutions_format: Format, text: str, size: int
) -> None:
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    body = solutions.serialize(format=SERIALIZED[solutions_format])
    assert body is not None
    count = RowCount(solutions_format)
    for start in range(0, len(body), size):
        count.take(body[start : start + size])
    assert count.rows == QUERIES[text]
