import pytest

from plangraf.languages import InterfaceLanguage
from plangraf.view.dates import ExactDate, PeriodOfTime


@pytest.mark.parametrize(
    ("text", "nb", "en"),
    [
        ("2022", "2022", "2022"),
        ("2022-11", "november 2022", "November 2022"),
        ("2022-11-07", "7. november 2022", "7 November 2022"),
        ("2022-11-07+01:00", "7. november 2022", "7 November 2022"),
        ("2022Z", "2022", "2022"),
    ],
)
def test_a_date_is_as_exact_as_its_text(text: str, nb: str, en: str) -> None:
    assert [ExactDate(text).written("nb"), ExactDate(text).written("en")] == [nb, en]


@pytest.mark.parametrize("text", ["2022-06-31", "2022-13", "0000", "-0044", "12022", "i fjor", "", "2022-1-1"])
def test_a_text_that_is_no_date_is_unchanged(text: str) -> None:
    assert ExactDate(text).written("nb") == text


@pytest.mark.parametrize(
    ("start", "end", "language", "written"),
    [
        ("2020", "2032", "nb", "2020–2032"),
        ("2020", "2020", "nb", "2020"),
        ("2020-01", "2032", "nb", "januar 2020 – 2032"),
        ("2022-03-01", "2022-05-15", "en", "1 March 2022 – 15 May 2022"),
        ("2020", None, "nb", "fra 2020"),
        ("2020", None, "en", "from 2020"),
        (None, "2032", "nb", "til 2032"),
        (None, "2032", "en", "until 2032"),
        (None, None, "nb", ""),
    ],
)
def test_a_period_may_be_open(start: str | None, end: str | None, language: InterfaceLanguage, written: str) -> None:
    period = PeriodOfTime(ExactDate(start) if start else None, ExactDate(end) if end else None)
    assert period.written(language) == written
    assert bool(period) == bool(written)
