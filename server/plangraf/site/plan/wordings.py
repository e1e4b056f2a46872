"""Where the wording of a plan's goals is from, in a sentence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.languages import N_, Msgid
from plangraf.namespaces import expand
from plangraf.view.reading import Reading

_WORDS: dict[str, Msgid] = {
    expand(f"plan:{name}"): words
    for name, words in (
        ("AsAdopted", N_("as in the adopted plan")),
        ("AsQuoted", N_("quoted from the source")),
        ("InOurWords", N_("put in other words by Plangraf")),
        ("SupersededWording", N_("of a draft or an older edition")),
    )
}


@dataclass(frozen=True)
class GoalWording:
    """An origin of wordings as an untranslated message, and the number of goals with such a wording."""

    words: Msgid
    count: int


def goal_wordings(reading: Reading, goals: Iterable[str]) -> list[GoalWording]:
    """Return the origins of the wordings of goals, the most frequent first."""
    found = Counter(iri for goal in goals for iri in reading.statements.iris(goal, expand("plan:wording")))
    return [GoalWording(_WORDS[iri], count) for iri, count in found.most_common() if iri in _WORDS]
