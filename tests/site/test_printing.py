"""Chips of SDGs: on paper, and beside names that wrap."""

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("path", ["/doc/sdg", "/search?q=klima", "/compare"])
def test_colours_of_sdgs_are_printed_where_backgrounds_are_left_out(page: Page, server: str, path: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{server}{path}")
    adjusted = page.eval_on_selector_all(
        'main [class*="sdg-"]', "found => found.map(one => getComputedStyle(one).printColorAdjust)"
    )
    assert adjusted
    assert set(adjusted) == {"exact"}


@pytest.mark.parametrize("path", ["/search?q=klima", "/browse/sdg"])
def test_a_name_that_wraps_stays_beside_its_chip(page: Page, server: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{server}{path}")
    beside = page.eval_on_selector_all(
        ":is(li, li > p, td, th, td > div) > .chip:first-child + a",
        "found => found.filter(one => one.offsetParent)"
        ".map(one => [one.previousElementSibling.getBoundingClientRect().right, one.getBoundingClientRect().left])",
    )
    assert beside
    assert [pair for pair in beside if pair[0] > pair[1]] == []
