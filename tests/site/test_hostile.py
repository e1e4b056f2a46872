"""Pages of data that no shape would let through: nothing is executed, nothing fails, the layout stands."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext
from tests.counts import pairs
from tests.servers import serving
from tests.site.browsing import guarded, violations
from tests.site.hostile import LABELS, MANY, write_release

from plangraf.release.release import Release

PLAN = "/doc/hostile/labels"
PAGES = {
    "home": "/",
    "plan": PLAN,
    "plan without goals": "/doc/hostile/empty",
    "plan with 2,000 goals": "/doc/hostile/many",
    "plan with rings": "/doc/hostile/ring",
    **{f"goal {number}": f"{PLAN}/goal/{number}" for number in range(1, len(LABELS) + 2)},
    "goal among 2,000": "/doc/hostile/many/goal/1000",
    "goal in a ring": "/doc/hostile/ring/goal/1",
    "goal below itself": "/doc/hostile/ring/goal/4",
    "strategy": f"{PLAN}/strategy/1",
    "contribution": f"{PLAN}/contribution/2",
    "challenge": f"{PLAN}/challenge/3",
    "actor": f"{PLAN}/actorgroup/4",
    "indicator": f"{PLAN}/indicator/1",
    "claim": f"{PLAN}/link/goal-1-13.2",
    "SDG goal": "/doc/sdg/13",
    "SDG target": "/doc/sdg/13.2",
    "comparison": "/compare",
    "comparison, the second page": "/compare?page=2",
    "comparison of one SDG": "/compare?sdg=13",
    "browse": "/browse",
    "browse a plan": "/browse/hostile/labels",
    "browse a dataset of many plans": "/browse/hostile/plans",
    "browse 2,000 goals": "/browse/hostile/many?order=tree",
    "browse rings": "/browse/hostile/ring?order=tree",
    "search": "/search?q=script",
    "search for words": "/search?q=word",
    "citation": f"/cite{PLAN}/goal/1",
    **{
        f"card {number}": f"/reconcile/preview?id=https://w3id.org/plangraf/id/hostile/labels/goal/{number}"
        for number in range(1, len(LABELS) + 2)
    },
}
LISTS = (
    *("/?page={}", "/compare?page={}", "/compare?sdg=13&page={}", "/doc/sdg/13?page={}", "/browse?page={}"),
    *("/search?q=word&page={}", "/quality?page={}", "/browse/sdg?order=alphabetical&page={}"),
)
NUMBERS = ("0", "-1", "999999999", "99999999999999999999", "abc", "1e3", "٣", "1.5", "%00", "²")
LOOKED_AT = (
    *("home", "plan", "plan with rings", "goal 2", "goal 8", "indicator", "comparison", "browse a plan"),
    "card 2",
)
"""What axe looks at: a page of each layout."""
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def hostile(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a server of such data."""
    written = write_release(release, tmp_path_factory.mktemp("hostile") / "release")
    with serving("--release", str(written.path)) as server:
        yield server.address


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_is_made_and_holds_no_markup_of_the_data(hostile: str, path: str) -> None:
    answer = httpx.get(hostile + path, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "49 {%" not in answer.text
    assert len(answer.content) < 260_000


@pytest.mark.parametrize(
    "kind", ["plan with 2,000 goals", "comparison", "comparison of one SDG", "SDG goal", "SDG target"]
)
def test_a_page_that_lists_is_bounded(hostile: str, kind: str) -> None:
    assert len(httpx.get(hostile + PAGES[kind], headers=HTML).content) < 100_000


@pytest.mark.parametrize("kind", PAGES)
def test_the_layout_stands_and_nothing_runs(hostile: str, browser: BrowserContext, kind: str) -> None:
    with guarded(browser, hostile) as page:
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.goto(hostile + PAGES[kind])
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        if kind in LOOKED_AT:
            assert violations(page) == []
        assert page.title().strip()
        assert page.locator("h1").count() == 1
        assert dialogs == []


def test_the_page_of_a_plan_of_a_hundred_goals_is_light(hostile: str) -> None:
    """Goals in two levels, each tied to two SDGs, with a strategy and a contribution each."""
    answer = httpx.get(f"{hostile}/doc/hostile/hundred?lang=nb", headers=HTML)
    assert "100 mål" in answer.text
    assert len(answer.content) < 100_000


def test_every_goal_of_many_is_counted_and_the_list_of_all_is_a_link_away(hostile: str) -> None:
    page = httpx.get(f"{hostile}/doc/hostile/many?lang=en", headers=HTML).text
    assert f"{MANY:,} goals" in page
    assert 'href="/browse/hostile/many?lang=en"' in page
    assert len(re.findall(r'href="/doc/hostile/many/goal/\d+', page)) < 400


@pytest.mark.soak
@pytest.mark.parametrize(("path", "number"), pairs(LISTS, NUMBERS))
def test_a_page_that_there_is_not_is_not_found(hostile: str, path: str, number: str) -> None:
    answer = httpx.get(hostile + path.format(number), headers=HTML)
    assert answer.status_code == (404 if number.isascii() and number.isdecimal() else 400), answer.text
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("language", "status"),
    [("xx", 400), ("", 200), ("nb-NO", 200), ("EN", 200), ("%00", 400), ("<script>", 400), ("nb&lang=en", 200)],
)
def test_a_language_that_there_is_not_is_a_problem_in_the_readers_own(
    hostile: str, language: str, status: int
) -> None:
    answer = httpx.get(f"{hostile}/?lang={language}", headers={**HTML, "Accept-Language": "en"})
    assert answer.status_code == status
    assert re.search(r'<html lang="(nb|en)"', answer.text)
    assert "<script>alert" not in answer.text
