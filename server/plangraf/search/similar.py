"""Similar goals of other publishers: the topics of goals, and an index from topics to goals.

Goals are similar if they are linked to the same SDG target, or to the same SDG and theme, or have the same theme, or
are linked to the same SDG, in this order. Each goal has a row for each of its topics; so a plan that changes changes
its own rows only, and a look-up reads as many rows as it returns, however many goals a topic has.

All columns are numbers: hashes, which are the same in each index of a release, so the answers are too.
"""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from plangraf.namespaces import SDG

MOST = 8
"""The number of similar goals that a goal has at most."""
_TOPICS = 200
"""The number of topics of a goal; no goal of a plan has so many."""
TABLE = (
    "CREATE TABLE IF NOT EXISTS similar (topic INTEGER, editorial INTEGER, publisher INTEGER, goal INTEGER, "
    "thing INTEGER, PRIMARY KEY (topic, editorial, publisher, goal, thing)) WITHOUT ROWID"
)
_INSERT = "INSERT OR IGNORE INTO similar VALUES (?, ?, ?, ?, ?)"
_DELETE = "DELETE FROM similar WHERE topic = ? AND editorial = ? AND publisher = ? AND goal = ? AND thing = ?"
_NEXT_PUBLISHER = (
    "SELECT publisher, goal, thing FROM similar WHERE topic = ? AND editorial = ? AND publisher > ? "
    "ORDER BY publisher, goal LIMIT 1"
)
_OF_PUBLISHER = (
    "SELECT thing FROM similar WHERE topic = ? AND editorial = ? AND publisher = ? AND goal > ? ORDER BY goal LIMIT ?"
)
_LOWEST = -(1 << 63)


class Likeness(IntEnum):
    """The ways in which goals are similar, the closest first."""

    TARGET = 0
    THEME_AND_SDG = 1
    THEME = 2
    SDG = 3


@dataclass(frozen=True, order=True)
class Topic:
    """Something that goals have in common.

    Attributes:
        likeness: in which way they are similar.
        sdg: the number of the SDG or of the target, or "".
        theme: the IRI of the theme, or "".
        editorial: whether only an editor links the goal to the SDG; of a theme it is not asked.
    """

    likeness: Likeness
    sdg: str = ""
    theme: str = ""
    editorial: bool = field(default=False, compare=False)

    @property
    def key(self) -> int:
        """The number of the topic in the index, whoever states the link."""
        return _number(f"{self.likeness} {self.sdg} {self.theme}")


@dataclass(frozen=True)
class SimilarGoal:
    """A goal of another publisher that is similar to a goal.

    Attributes:
        iri: the goal.
        plan: its plan, if it has one.
        publishers: the publishers of the plan.
        topic: what the goals have in common; `editorial` is said of the link of the similar goal.
    """

    iri: str
    plan: str | None
    publishers: tuple[str, ...]
    topic: Topic


def topics(themes: Iterable[str], sdgs: Mapping[str, bool]) -> list[Topic]:
    """Return the topics of a goal, the closest first.

    Args:
        themes: the IRIs of its themes.
        sdgs: the IRIs of the SDGs and targets that it is linked to, with whether only an editor says so.
    """
    targets: dict[str, bool] = {}
    goals: dict[str, bool] = {}
    for iri, editorial in sorted(sdgs.items()):
        name = iri.removeprefix(SDG)
        number, point, _ = name.partition(".")
        if not iri.startswith(SDG) or not number.isdigit():
            continue
        if point:
            targets[name] = editorial
        goals[number] = editorial and goals.get(number, True)
    named = sorted(set(themes))
    found = [
        *(Topic(Likeness.TARGET, sdg=target, editorial=editorial) for target, editorial in targets.items()),
        *(
            Topic(Likeness.THEME_AND_SDG, goal, theme, editorial)
            for theme in named
            for goal, editorial in goals.items()
        ),
        *(Topic(Likeness.THEME, theme=theme) for theme in named),
        *(Topic(Likeness.SDG, sdg=goal, editorial=editorial) for goal, editorial in goals.items()),
    ]
    return found[:_TOPICS]


@dataclass(frozen=True)
class IndexedGoal:
    """A goal in the index: its IRI, the publishers of its plan, and its topics."""

    iri: str
    publishers: tuple[str, ...]
    topics: Sequence[Topic]


def add_goals(database: sqlite3.Connection, goals: Iterable[tuple[int, IndexedGoal]]) -> None:
    """Add goals, each with the number that it has as a thing of the index."""
    database.executemany(_INSERT, sorted(_rows(goals)))


def remove_goals(database: sqlite3.Connection, goals: Iterable[tuple[int, IndexedGoal]]) -> None:
    """Remove what `add_goals` has added."""
    database.executemany(_DELETE, sorted(_rows(goals)))


def find_similar(
    database: sqlite3.Connection, publishers: Collection[str], of: Sequence[Topic]
) -> list[tuple[int, Topic]]:
    """Return the numbers of the goals that are most similar, and what they have in common, the closest first.

    The goals of as many publishers as possible come first: the next ones after the goal's own, in an order that means
    nothing and is always the same, so that not all goals lead to the same publishers.

    Args:
        database: the index.
        publishers: the publishers of the goal's plan, whose goals are left out.
        of: the topics of the goal.
    """
    own = {_number(publisher) for publisher in publishers}
    found: dict[int, Topic] = {}
    for topic in of:
        for editorial in (False, True):
            same = Topic(topic.likeness, topic.sdg, topic.theme, editorial)
            passed: dict[int, int] = {}
            for thing, publisher, goal in _around(database, same, own, MOST):
                found.setdefault(thing, same)
                passed[publisher] = goal
                if len(found) == MOST:
                    return list(found.items())
            # Few publishers have the topic: more of their goals.
            for publisher, goal in passed.items():
                rows = database.execute(_OF_PUBLISHER, (same.key, editorial, publisher, goal, MOST - 1))
                for (thing,) in rows:
                    found.setdefault(thing, same)
                    if len(found) == MOST:
                        return list(found.items())
    return list(found.items())


def _around(
    database: sqlite3.Connection, topic: Topic, own: Collection[int], most: int
) -> Iterator[tuple[int, int, int]]:
    """Yield one goal of each publisher, from the one after our own on, as its number, its publisher and its hash."""
    start = min(own, default=_LOWEST)
    for first, last in ((start, None), (_LOWEST, start)):
        at = first
        for _ in range(most + len(own)):
            row = database.execute(_NEXT_PUBLISHER, (topic.key, topic.editorial, at)).fetchone()
            if row is None or (last is not None and row[0] >= last):
                break
            at, goal, thing = row
            if at not in own:
                yield thing, at, goal


def _rows(goals: Iterable[tuple[int, IndexedGoal]]) -> Iterator[tuple[int, int, int, int, int]]:
    for number, goal in goals:
        for topic in goal.topics:
            for publisher in goal.publishers:
                yield topic.key, int(topic.editorial), _number(publisher), _number(goal.iri), number


def _number(text: str) -> int:
    """Return a hash that fits into an integer of SQLite."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
