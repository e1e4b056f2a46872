"""Values over time as no shape would let them in, and as they should be."""

import pyoxigraph as ox
import pytest

from plangraf.namespaces import PREFIXES
from plangraf.site.document.concept import concept_page
from plangraf.site.document.series import MOST, Series, read_series
from plangraf.view.page import Metadata
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.render import Frame, render

INDICATOR = "https://x.example/indicator"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def _reading(*values: str, about: str = "") -> Reading:
    """Return an indicator with observations, each given by what is said of it."""
    text = HEAD + f'<{INDICATOR}> a plan:Indicator ; skos:prefLabel "Bekker"@nb . {about}\n'
    for place, value in enumerate(values):
        text += f"<https://x.example/o{place:04}> a qb:Observation ; plan:indicator <{INDICATOR}> ; {value} .\n"
    return Reading(ox_triples(text), Reader("nb", named=False))


def ox_triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def _of(year: object, value: str) -> str:
    return f'sdmx-dimension:refPeriod "{year}"^^xsd:gYear ; sdmx-measure:obsValue {value} ; qb:dataSet <https://x.example/s>'


def _series(*values: str) -> Series:
    series = read_series(_reading(*values), INDICATOR)
    assert series is not None
    return series


def _html(reading: Reading) -> str:
    return render(concept_page(reading, INDICATOR, Metadata()), reading.reader, "/doc/x", Frame("0"))


def test_an_indicator_without_values_has_no_series() -> None:
    assert read_series(_reading(), INDICATOR) is None
    assert "Verdier over tid" not in _html(_reading())


def test_one_value_is_a_table_and_no_line() -> None:
    series = _series(_of(2020, "1.5"))
    assert [(one.period, one.value) for one in series.observations] == [("2020", "1,5")]
    assert series.chart is None
    assert "<svg" not in _html(_reading(_of(2020, "1.5")))


def test_values_come_by_year_and_are_drawn() -> None:
    series = _series(_of(2024, "-3"), _of(2019, "2.25"), _of(2021, "0"))
    assert [(one.period, one.value) for one in series.observations] == [
        ("2019", "2,25"),
        ("2021", "0"),
        ("2024", "-3"),
    ]
    assert series.chart is not None
    assert [dot.text for dot in series.chart.dots] == ["2019: 2.25", "2021: 0", "2024: -3"]
    assert series.chart.lowest is not None
    assert series.chart.lowest.text == "2024: -3"


def test_the_same_year_twice_is_two_rows() -> None:
    series = _series(_of(2020, "1"), _of(2020, "2"))
    assert [one.value for one in series.observations] == ["1", "2"]
    assert series.chart is not None


def test_values_of_several_sets_are_told_apart_and_not_drawn_as_one_line() -> None:
    other = _of(2021, "2").replace("example/s", "example/t")
    series = _series(_of(2020, "1"), other)
    assert series.chart is None
    assert [one.sets[0].iri for one in series.observations] == ["https://x.example/s", "https://x.example/t"]


def test_a_value_without_a_year_stands_last_and_is_not_drawn() -> None:
    reading = _reading("sdmx-measure:obsValue 7", _of(2020, "1"), _of(2021, "2"))
    series = read_series(reading, INDICATOR)
    assert series is not None
    assert [one.period for one in series.observations] == ["2020", "2021", None]
    assert series.chart is not None
    assert len(series.chart.dots) == 2
    assert "ikke oppgitt" in _html(reading)


def test_an_observation_without_a_value_is_none() -> None:
    assert read_series(_reading('sdmx-dimension:refPeriod "2020"^^xsd:gYear'), INDICATOR) is None


@pytest.mark.parametrize(
    "value", ['"much"', '"NaN"^^xsd:double', '"1e999"^^xsd:double', "<https://x.example/v>", "true"]
)
def test_what_is_no_number_draws_nothing_and_breaks_nothing(value: str) -> None:
    page = _html(_reading(_of(2020, value), _of(2021, "1")))
    assert "2021" in page


def test_500_values_are_folded_and_more_than_a_page_holds_are_cut() -> None:
    many = _html(_reading(*(_of(1500 + n, f"{n}.5") for n in range(500))))
    assert many.count("<circle") == 0
    assert len(many.partition('points="')[2].partition('"')[0].split()) == 500
    assert "Alle verdiene" in many
    assert "<details>" in many
    assert len(many.encode()) < 200_000
    series = _series(*(_of(1000 + n, str(n)) for n in range(MOST + 1)))
    assert (len(series.observations), series.cut) == (MOST, True)


def test_markup_in_units_and_labels_is_text() -> None:
    about = (
        f"<{INDICATOR}> plan:unit '<script>alert(1)</script>'@nb ; plan:target 3.5 ."
        " <https://x.example/s> rdfs:label '<b>sett</b>'@nb ."
    )
    page = _html(_reading(_of(2020, "1"), _of(2021, "2").replace("example/s", "example/t"), about=about))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "&lt;b&gt;sett" in page
