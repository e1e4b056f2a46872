import pyoxigraph as ox
import pytest

from plangraf.namespaces import expand
from plangraf.view.amount import format_amount

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "datatype", "bokmål", "english"),
    [
        ("2.5", "decimal", "2,5", "2.5"),
        ("2.50", "decimal", "2,50", "2.50"),
        ("80", "integer", "80", "80"),
        ("0", "integer", "0", "0"),
        ("-0.125", "decimal", "-0,125", "-0.125"),
        ("+3.", "decimal", "3", "3"),
        (".5", "decimal", "0,5", "0.5"),
        ("1234567.875", "decimal", f"1{SPACE}234{SPACE}567,875", "1,234,567.875"),
        (f"0.{40 * '1'}2", "decimal", f"0,{40 * '1'}2", f"0.{40 * '1'}2"),
        (f"0.{40 * '0'}1", "decimal", f"0,{40 * '0'}1", f"0.{40 * '0'}1"),
        (f"1{39 * '0'}", "integer", f"1{13 * (SPACE + '000')}", f"1{13 * ',000'}"),
    ],
)
def test_an_amount_is_written_as_its_reader_writes_it_with_every_digit(
    text: str, datatype: str, bokmål: str, english: str
) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(expand(f"xsd:{datatype}")))
    assert (format_amount(literal, "nb"), format_amount(literal, "en")) == (bokmål, english)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2030", "gYear"),
        ("2.5", "string"),
        ("2,5", "decimal"),
        ("1e999999999", "decimal"),
        ("NaN", "decimal"),
        ("1_000", "integer"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "integer"),
        ("", "decimal"),
        (10000 * "9", "integer"),
    ],
)
def test_what_is_no_amount_stays_as_it_is(text: str, datatype: str) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(expand(f"xsd:{datatype}")))
    assert format_amount(literal, "nb") == format_amount(literal, "en") == text
