"""The goals on a theme, by publisher and plan, with paging."""

from dataclasses import dataclass
from itertools import groupby

from plangraf.engine.ask import load_query
from plangraf.engine.interface import Query
from plangraf.http.services import Services
from plangraf.linkeddata.statements import Statements, select_statements
from plangraf.namespaces import expand
from plangraf.view.publishers import Publisher, read_publishers
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, add_labels, reference_key

PAGE = 50
"""The number of goals on a page."""

_QUERY = load_query(__package__, "theme")


@dataclass(frozen=True)
class ThemeGoal:
    """A goal on a theme, with its publisher and its plan; the other values are IRIs.

    Attributes:
        publisher: the publisher of the plan, or None if it has none.
        plan: the plan, or None if the goal is in none.
        goal: the goal.
        themes: the theme or themes below it that the goal is about.
    """

    publisher: Publisher | None
    plan: Reference | None
    goal: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class ListedGoal:
    """A goal on a page, with the themes that it is about if they are below the theme of the page."""

    goal: Reference
    narrower: tuple[Reference, ...]


@dataclass(frozen=True)
class PlanGoals:
    """The goals of one plan on a page."""

    plan: Reference | None
    goals: tuple[ListedGoal, ...]


@dataclass(frozen=True)
class PublisherGoals:
    """The goals of one publisher on a page."""

    publisher: Publisher | None
    plans: tuple[PlanGoals, ...]


def goals_query(theme: str) -> Query:
    """Return the query for the goals on a theme, and for the themes below it."""
    return Query(_QUERY, bindings={"subject": theme})


async def ask_goals(services: Services, theme: str) -> Statements:
    """Return the statements about the goals on a theme, and about the themes below it: one call of the engine."""
    return await select_statements(services.engine, goals_query(theme))


def list_goals(reading: Reading, theme: str) -> list[ThemeGoal]:
    """Return the goals among the statements of `ask_goals`, by publisher, plan and place in the plan."""
    statements = reading.statements
    here = {theme, *statements.subjects_with(expand("skos:broader"))}
    homes: dict[str, list[tuple[int, Publisher, Reference]]] = {}
    for place, publisher in enumerate(read_publishers(reading)):
        for plan in publisher.plans:
            homes.setdefault(plan.iri, []).append((place, publisher, plan))
    found: list[tuple[object, ThemeGoal]] = []
    for goal in statements.subjects_with(expand("dct:subject")):
        themes = tuple(iri for iri in statements.iris(goal, expand("dct:subject")) if iri in here)
        order = reading.key(goal)
        known = [home for plan in statements.iris(goal, expand("skos:inScheme")) for home in homes.get(plan, [])]
        found += [
            ((0, place, reference_key(plan), order), ThemeGoal(publisher, plan, goal, themes))
            for place, publisher, plan in known
        ]
        if not known:
            found.append(((1, 0, order, order), ThemeGoal(None, None, goal, themes)))
    found.sort(key=lambda pair: pair[0])  # type: ignore[arg-type,return-value]  # tuples of one shape
    return [goal for _, goal in found]


async def label_goals(
    services: Services, asked: Statements, shown: list[ThemeGoal], theme: str, reader: Reader
) -> tuple[PublisherGoals, ...]:
    """Return goals with their labels, by publisher and plan.

    Args:
        services: the services of the release.
        asked: the statements of `ask_goals`.
        shown: the goals on the page.
        theme: the theme of the page.
        reader: the reader.
    """
    others = set(asked.subjects_with(expand("dct:subject"))) - {one.goal for one in shown}
    statements = asked.without(others)
    await add_labels(services, statements)
    reading = Reading(statements, reader, described={one.goal for one in shown})
    groups = []
    for publisher, of_publisher in groupby(shown, key=lambda one: one.publisher):
        plans = []
        for plan, of_plan in groupby(of_publisher, key=lambda one: one.plan):
            goals = (
                ListedGoal(
                    reading.reference(one.goal),
                    tuple(reading.reference(iri) for iri in one.themes if iri != theme and theme not in one.themes),
                )
                for one in of_plan
            )
            plans.append(PlanGoals(plan, tuple(goals)))
        groups.append(PublisherGoals(publisher, tuple(plans)))
    return tuple(groups)
