import sqlite3
from collections.abc import Iterator

import pytest

from plangraf.search.names import LENGTH_SHIFT, TABLES, NameRole, ThingName, add_names, numbers_in, remove_names

CLIMATE = ThingName(NameRole.PREFERRED, "nb", "Stoppe klimaendringene")
ACTION = ThingName(NameRole.PREFERRED, "en", "Climate action")


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    for table in TABLES:
        opened.execute(table)
    yield opened
    opened.close()


def named(database: sqlite3.Connection) -> dict[str, list[int]]:
    return {text: [*numbers_in(things)] for text, things in database.execute("SELECT text, things FROM names")}


def with_term(database: sqlite3.Connection, term: str) -> set[str]:
    texts = dict(database.execute("SELECT id, text FROM names"))
    found = database.execute("SELECT names FROM name_words WHERE term = ?", (term,)).fetchone()
    return {texts[number] for number in numbers_in(found[0])} if found else set()


def test_things_of_one_name_share_it(database: sqlite3.Connection) -> None:
    add_names(database, [(1, CLIMATE), (2, CLIMATE), (2, ACTION)])
    assert named(database) == {CLIMATE.text: [1, 2], ACTION.text: [2]}
    assert with_term(database, "klimaendring") == {CLIMATE.text}


def test_the_same_names_added_later_are_the_same(database: sqlite3.Connection) -> None:
    add_names(database, [(1, CLIMATE)])
    add_names(database, [(2, CLIMATE), (3, ACTION)])
    assert named(database) == {CLIMATE.text: [1, 2], ACTION.text: [3]}
    assert with_term(database, "climate") == {ACTION.text}


def test_what_is_removed_leaves_nothing_behind(database: sqlite3.Connection) -> None:
    add_names(database, [(1, CLIMATE), (2, CLIMATE), (3, ACTION)])
    remove_names(database, [(1, CLIMATE), (3, ACTION)])
    assert named(database) == {CLIMATE.text: [2]}
    remove_names(database, [(2, CLIMATE)])
    assert named(database) == {}
    assert database.execute("SELECT count(*) FROM name_words").fetchone() == (0,)


def test_the_names_of_a_word_begin_with_the_shortest(database: sqlite3.Connection) -> None:
    names = [ThingName(NameRole.PREFERRED, "nb", "klima " + "og natur " * length) for length in (5, 0, 2)]
    add_names(database, enumerate(names))
    [(content,)] = database.execute("SELECT names FROM name_words WHERE term = 'klima'")
    assert [number >> LENGTH_SHIFT for number in numbers_in(content)] == [1, 5, 11]
