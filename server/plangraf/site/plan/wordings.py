"""Where the wording of a plan's goals is from, in a sentence."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plangraf.view.reading import Reading
from plangraf.view.wording import wording_words


@dataclass(frozen=True)
class GoalWording:
    """An origin of wordings in words, and the number of goals with such a wording."""

    words: str
    count: int


def goal_wordings(reading: Reading, goals: Iterable[str], creators: Collection[str]) -> list[GoalWording]:
    """Return the origins of the wordings of goals, the most frequent first.

    Args:
        reading: the statements about the goals.
        goals: their IRIs.
        creators: the IRIs of those who made the graphs that describe them.
    """
    found = Counter(words for goal in sorted(goals) for words in wording_words(reading, goal, creators))
    return [GoalWording(words, count) for words, count in found.most_common()]
