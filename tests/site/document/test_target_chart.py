"""The way of an indicator to its target, of data as they come."""

import pytest
from tests.site.document.test_series import INDICATOR, _html, _of, _reading

from plangraf.site.document.series import read_series
from plangraf.site.document.target_chart import TargetCourse, TargetRow, read_course
from plangraf.view.chart import HEIGHT, WIDTH

TARGET = 'plan:direction plan:Decrease ; plan:target 60 ; plan:targetYear "2030"^^xsd:gYear'
BASELINE = 'plan:baseline 100 ; plan:baselineYear "2009"^^xsd:gYear'


def _about(*said: str) -> str:
    return f"<{INDICATOR}> {' ; '.join(said)} ." if said else ""


def _course(*values: str, about: str) -> TargetCourse | None:
    reading = _reading(*values, about=about)
    return read_course(reading, INDICATOR, read_series(reading, INDICATOR))


def test_the_line_goes_from_the_base_year_over_the_values_to_the_target() -> None:
    course = _course(_of(2024, "80"), _of(2020, "90"), about=_about(TARGET, BASELINE))
    assert course is not None
    assert (course.baseline, course.target) == (TargetRow("2009", "100"), TargetRow("2030", "60"))
    assert course.chart is not None
    assert [dot.text for dot in course.chart.dots] == ["2009: 100", "2020: 90", "2024: 80"]
    assert course.chart.target is not None
    assert course.chart.target.text == "2030: 60"
    assert [dot.x for dot in course.chart.dots] < [course.chart.target.x] * 3
    assert [year.text for year in course.chart.years] == ["2009", "2030"]


def test_without_values_the_target_is_drawn_and_the_page_says_that_there_are_none() -> None:
    about = _about(TARGET, 'plan:baselineYear "2009"^^xsd:gYear')
    course = _course(about=about)
    assert course is not None
    assert course.chart is not None
    assert course.chart.alone
    assert course.baseline == TargetRow("2009", None)
    assert "Dataene har ingen verdier for denne indikatoren ennå." in _html(_reading(about=about))


@pytest.mark.parametrize(
    "said",
    [
        (TARGET,),
        ("plan:target 60",),
        (BASELINE,),
        ('plan:target "mye"', BASELINE),
        (TARGET, 'plan:baselineYear "2030"^^xsd:gYear'),
        (BASELINE, 'plan:target 5 ; plan:targetYear "2009"^^xsd:gYear'),
        ('plan:target "INF"^^xsd:double ; plan:targetYear "2030"^^xsd:gYear', BASELINE),
    ],
)
def test_one_point_in_time_is_a_table_and_no_picture(said: tuple[str, ...]) -> None:
    course = _course(about=_about(*said))
    assert course is not None
    assert course.chart is None
    assert '<svg class="line' not in _html(_reading(about=_about(*said)))


def test_a_direction_alone_has_neither_table_nor_picture() -> None:
    about = _about('plan:direction plan:Maintain ; plan:baselineYear "2018"^^xsd:gYear')
    assert _course(about=about) is None
    assert "Skal holde nivået fra 2018" in _html(_reading(about=about)).replace("skal", "Skal")


def test_huge_numbers_stay_in_the_picture() -> None:
    about = _about('plan:target -1e308 ; plan:targetYear "2030"^^xsd:gYear')
    course = _course(_of(2020, "1e308"), _of(2021, "-1e308"), about=about)
    assert course is not None
    assert course.chart is not None
    assert course.chart.target is not None
    for dot in (*course.chart.dots, course.chart.target):
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= HEIGHT


def test_values_of_several_sets_are_no_one_line() -> None:
    other = _of(2021, "2").replace("example/s", "example/t")
    course = _course(_of(2020, "1"), other, about=_about(TARGET, BASELINE))
    assert course is not None
    assert course.chart is None
