"""The goals of a publisher by the main themes of Los, and its indicators with a number and a year."""

from dataclasses import dataclass

from plangraf.namespaces import expand
from plangraf.site.municipality.reading import GOALS, NO_THEME, THEME, number_of
from plangraf.view.reading import Reading, Reference, reference_key
from plangraf.view.target_sentence import TargetSentence, read_target_sentence

SHOWN_GOALS = 5
"""The maximum number of goals under a theme; a link leads to the whole theme."""
SHOWN_TARGETS = 12
"""The maximum number of indicators on the page."""


@dataclass(frozen=True)
class ThemeGoals:
    """The first goals under a theme, and the number of all."""

    theme: Reference
    goals: tuple[Reference, ...]
    count: int


@dataclass(frozen=True)
class TargetLine:
    """An indicator with its target as a sentence, the goals that it measures, and its year as text."""

    indicator: Reference
    sentence: TargetSentence
    goals: tuple[Reference, ...]
    year: str


def goals_by_theme(reading: Reading) -> list[ThemeGoals]:
    """Return the themes with goals, those with most goals first."""
    statements = reading.statements
    themes = [
        ThemeGoals(
            reading.reference(theme),
            tuple(reading.sorted(statements.subjects(THEME, theme), SHOWN_GOALS)),
            number_of(reading, theme, GOALS),
        )
        for theme in statements.values_of(THEME)
        if theme != NO_THEME
    ]
    return sorted(themes, key=lambda theme: (-theme.count, reference_key(theme.theme)))


def goals_without_theme(reading: Reading) -> tuple[Reference, ...]:
    """Return the first top goals without a theme."""
    return tuple(reading.sorted(reading.statements.subjects(THEME, NO_THEME), SHOWN_GOALS))


def target_lines(reading: Reading) -> list[TargetLine]:
    """Return the indicators with a target value and a year, by year and then by name."""
    lines = [
        TargetLine(
            reading.reference(indicator),
            sentence,
            tuple(reading.references(indicator, "plan:measures")),
            reading.statements.text(indicator, expand("plan:targetYear")) or "",
        )
        for indicator in reading.statements.instances(expand("plan:Indicator"))
        if (sentence := read_target_sentence(reading, indicator)) is not None
    ]
    return sorted(lines, key=lambda line: (line.year, reference_key(line.indicator)))
