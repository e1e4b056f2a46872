import re

from tests.site.eksempelvik import get

from plangraf.release.release import Release


def test_focus_areas_are_counted_under_their_own_word_and_sources_of_statements_not_as_links(
    eksempelvik: Release,
) -> None:
    [page] = get(eksempelvik, "/?lang=en")
    figures = dict(re.findall(r"<li><strong>(\d+)</strong> ([^<]+)</li>", page))
    counts = {word: number for number, word in figures.items()}
    assert re.findall(r"<strong>4</strong> Goals<", page)
    assert counts["Links to the SDGs, each with who says so"] == "1"
    assert re.findall(r"<strong>2</strong> Focus areas<", page)


def test_the_period_of_a_plan_may_have_no_start_or_no_end(eksempelvik: Release) -> None:
    [page] = get(eksempelvik, "/?lang=en")
    assert "until 2034" in page
    assert "from 2010" in page
