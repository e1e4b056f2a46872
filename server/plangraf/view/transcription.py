"""Words for the parts of a plan that are not transcribed, for the line that says so in a sentence."""

from collections.abc import Iterable

from plangraf.languages import N_, Msgid
from plangraf.namespaces import expand
from plangraf.view.reading import Reading, Reference

_PARTS: dict[str, Msgid] = {
    expand(f"plan:{name}"): part
    for name, part in (
        ("GoalsMissing", N_("the goals")),
        ("SubGoalsMissing", N_("the sub-goals")),
        ("TitleMissing", N_("the titles of some goals")),
        ("StatementMissing", N_("the texts of the goals")),
        ("StrategiesMissing", N_("the strategies")),
        ("MeasuresMissing", N_("the measures")),
        ("IndicatorsMissing", N_("the indicators")),
        ("ContributionsMissing", N_("what others can contribute")),
        ("VisionTextMissing", N_("the text of the vision")),
        ("SDGLinksMissing", N_("the links to the SDGs")),
    )
}
"""The parts in the order of a sentence: goals first."""


_NO_LINKS = frozenset(expand(f"plan:{name}") for name in ("GoalsMissing", "SDGLinksMissing"))


def has_known_links(reading: Reading, plan: str) -> bool:
    """Return whether the links of a plan and its goals to SDGs are transcribed, or known not to exist."""
    values = reading.statements.iris(plan, expand("plan:transcription"))
    return expand("plan:HasNoSDGLinks") in values or _NO_LINKS.isdisjoint(values)


def missing_parts(missing: Iterable[Reference]) -> list[Msgid | str]:
    """Return the names of the parts that values of plan:transcription say are missing, as untranslated messages.

    Args:
        missing: the values; one that this module does not know has its own label.
    """
    found = {value.iri: value.name.text for value in missing}
    known = [part for iri, part in _PARTS.items() if iri in found]
    return [*known, *(text for iri, text in found.items() if iri not in _PARTS)]
