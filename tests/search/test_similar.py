"""Similar goals: the closest first, of as many publishers as possible, and never the goal's own publisher's."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from plangraf.namespaces import SDG
from plangraf.search.similar import (
    MOST,
    TABLE,
    IndexedGoal,
    Likeness,
    Topic,
    add_goals,
    find_similar,
    remove_goals,
    topics,
)

CLIMATE, HEALTH = "https://psi.norge.no/los/tema/klima", "https://psi.norge.no/los/tema/helse"
STATED, EDITORIAL = False, True


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(TABLE)
        yield database


def _goal(publisher: str, name: str, themes: tuple[str, ...] = (), **sdgs: bool) -> IndexedGoal:
    linked = {SDG + number.removeprefix("n").replace("_", "."): editorial for number, editorial in sdgs.items()}
    return IndexedGoal(
        f"https://x.example/{publisher}/{name}", (f"https://{publisher}.example/",), topics(themes, linked)
    )


def _found(database: sqlite3.Connection, goal: IndexedGoal) -> list[tuple[int, Likeness]]:
    return [(number, topic.likeness) for number, topic in find_similar(database, goal.publishers, goal.topics)]


def test_the_same_target_comes_before_the_same_theme_and_sdg_before_either_of_them(
    database: sqlite3.Connection,
) -> None:
    goals = [
        _goal("a", "sdg", n13=STATED),
        _goal("b", "theme", (CLIMATE,)),
        _goal("c", "both", (CLIMATE,), n13=STATED),
        _goal("d", "target", n13_2=STATED),
        _goal("e", "other", (HEALTH,), n3=STATED),
    ]
    add_goals(database, enumerate(goals))
    assert _found(database, _goal("own", "1", (CLIMATE,), n13_2=STATED)) == [
        (3, Likeness.TARGET),
        (2, Likeness.THEME_AND_SDG),
        (1, Likeness.THEME),
        (0, Likeness.SDG),
    ]


def test_stated_links_come_before_those_of_an_editor_which_are_told_apart(database: sqlite3.Connection) -> None:
    add_goals(database, enumerate([_goal("a", "1", n13_2=EDITORIAL), _goal("b", "1", n13_2=STATED)]))
    own = _goal("own", "1", n13_2=EDITORIAL)
    found = find_similar(database, own.publishers, own.topics)
    assert [(number, topic.editorial) for number, topic in found] == [(1, False), (0, True)]


def test_the_goals_of_the_own_publisher_are_left_out_however_many_they_are(database: sqlite3.Connection) -> None:
    goals = [_goal("own", str(number), (CLIMATE,)) for number in range(5000)] + [_goal("b", "1", (CLIMATE,))]
    add_goals(database, enumerate(goals))
    assert _found(database, goals[0]) == [(5000, Likeness.THEME)]


def test_each_publisher_comes_once_before_one_comes_twice_and_there_is_an_end(database: sqlite3.Connection) -> None:
    goals = [_goal(f"p{place % 5}", str(place), (CLIMATE,)) for place in range(50)]
    add_goals(database, enumerate(goals))
    found = [number for number, _ in _found(database, _goal("own", "1", (CLIMATE,)))]
    assert len(found) == len(set(found)) == MOST
    assert sorted(number % 5 for number in found[:5]) == [0, 1, 2, 3, 4]


def test_a_search_among_many_goals_reads_few_rows(database: sqlite3.Connection) -> None:
    goals = [_goal(f"p{place % 300}", str(place), (CLIMATE,)) for place in range(5000)]
    add_goals(database, enumerate(goals))
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    database.set_progress_handler(count, 1)
    assert len(_found(database, goals[7])) == MOST
    assert steps < 2000, "about 20 instructions for each of the rows that are returned"


def test_what_is_removed_is_not_found(database: sqlite3.Connection) -> None:
    goals = list(enumerate([_goal("a", "1", (CLIMATE,), n13_2=STATED), _goal("b", "1", n13_2=STATED)]))
    add_goals(database, goals)
    remove_goals(database, goals[:1])
    assert _found(database, _goal("own", "1", (CLIMATE,), n13_2=STATED)) == [(1, Likeness.TARGET)]
    remove_goals(database, goals[1:])
    assert database.execute("SELECT COUNT(*) FROM similar").fetchone() == (0,)


def test_a_goal_without_topics_is_like_no_other(database: sqlite3.Connection) -> None:
    add_goals(database, enumerate([_goal("a", "1"), _goal("b", "1", (CLIMATE,))]))
    assert _found(database, _goal("own", "1")) == []


def test_a_goal_has_a_limit_of_topics_of_which_the_closest_count() -> None:
    many = topics((f"https://x.example/{number}" for number in range(1000)), {f"{SDG}13.2": STATED})
    assert len(many) == 200
    assert many[0] == Topic(Likeness.TARGET, "13.2")


def test_a_goal_is_stated_to_serve_an_sdg_if_any_of_its_links_is(database: sqlite3.Connection) -> None:
    add_goals(database, [(0, _goal("a", "1", n13_1=EDITORIAL, n13_2=STATED))])
    own = _goal("own", "1", n13=STATED)
    [(_, topic)] = find_similar(database, own.publishers, own.topics)
    assert (topic.likeness, topic.editorial) == (Likeness.SDG, False)
