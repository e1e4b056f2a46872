"""The page of suggestions: the goals of a plan, each with the links that it could have and the reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anyio import to_thread

from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import percent
from plangraf.linkeddata.addresses import with_extension
from plangraf.linkeddata.statements import Statements
from plangraf.matching.linkables import Linkable, LinkableKind, sdg_goal
from plangraf.matching.suggestions import TO_SDG, GoalSuggestions, LinkSuggestion
from plangraf.namespaces import SDG, expand
from plangraf.site.suggestions.model import PlanSuggestions, publisher_key, suggestions_path
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading, Reference, add_labels

_CHOICES = 500
"""The maximum number of publishers that the form offers."""


@dataclass(frozen=True)
class SuggestedLink:
    """A suggestion as the page shows it.

    Attributes:
        thing: the SDG, the target or the goal.
        plan: the plan of the goal.
        sdg: the number of the SDG; None for a goal.
        confidence: the confidence in the reader's format, or None.
        reasons: the reasons in words.
    """

    thing: Reference
    plan: Reference | None
    sdg: str | None
    confidence: str | None
    reasons: Sequence[str]


@dataclass(frozen=True)
class SuggestedGoal:
    """A goal with its suggestions."""

    goal: Reference
    links: Sequence[SuggestedLink]


@dataclass(frozen=True)
class PublisherChoice:
    """A publisher that the form offers."""

    key: str
    name: str


async def suggestions_page(asked: PlanSuggestions, request: RecordingRequest, services: Services) -> Page:
    """Return a page of suggestions: no call of the engine, besides the one that the model makes for the release."""
    reader = Reader.of(request)
    found = await to_thread.run_sync(asked.found, asked.shown)
    statements = Statements()
    statements.add_texts(_shown_things(asked, found))
    await add_labels(services, statements)
    reading = Reading(statements, reader)
    path = suggestions_path(asked.plan.iri, reader.addresses)
    plan = reading.reference(asked.plan.iri)
    context = {
        "plan": plan,
        "publishers": [reading.reference(iri) for iri in asked.plan.publishers],
        "asked": asked,
        "path": path,
        "choices": _choices(asked, reading),
        "with_some": [_goal(each, reading, reader) for each in found if each.suggestions],
        "without": [reading.reference(each.goal.iri) for each in found if not each.suggestions],
        "before": reader.href(path + asked.query(page=asked.number - 1)),
        "after": reader.href(path + asked.query(page=asked.number + 1)),
        "data": [
            ("SSSOM", "text/tab-separated-values", reader.href(with_extension(path, "tsv") + asked.query(page=1))),
            ("CSV", "text/csv", reader.table_href(with_extension(path, "csv") + asked.query(page=1))),
            ("JSON", "application/json", reader.href(with_extension(path, "json") + asked.query(page=1))),
        ],
        "to_sdg": TO_SDG,
    }
    title = reader.gettext("Suggested links: {plan}").format(plan=plan.name.text)
    return Page("suggestions/suggestions.html", title, context, Metadata(path), trail=(plan,))


def _goal(found: GoalSuggestions, reading: Reading, reader: Reader) -> SuggestedGoal:
    return SuggestedGoal(
        reading.reference(found.goal.iri), [_link(each, reading, reader) for each in found.suggestions]
    )


def _link(suggestion: LinkSuggestion, reading: Reading, reader: Reader) -> SuggestedLink:
    thing = suggestion.thing
    is_goal = thing.kind is LinkableKind.GOAL
    return SuggestedLink(
        thing=reading.reference(thing.iri),
        plan=reading.reference(thing.plan) if is_goal else None,
        sdg=None if is_goal else sdg_goal(thing.iri).removeprefix(SDG),
        confidence=None if suggestion.confidence is None else percent(suggestion.confidence, reader.language),
        reasons=[reason.text(reader.language) for reason in suggestion.reasons],
    )


def _shown_things(asked: PlanSuggestions, found: Iterable[GoalSuggestions]) -> list[tuple[str, str, str]]:
    """Return statements about what the page names, whose labels are then read."""
    scheme = f"<{expand('skos:inScheme')}>"
    publisher = f"<{expand('dct:publisher')}>"
    things: list[Linkable] = [asked.plan]
    for each in found:
        things += [each.goal, *(suggestion.thing for suggestion in each.suggestions)]
    lines = [(f"<{thing.iri}>", scheme, f"<{thing.plan}>") for thing in things if thing.plan]
    lines += [(f"<{thing.iri}>", scheme, f"<{SDG[:-1]}>") for thing in things if not thing.plan]
    goals = asked.suggester.linkables.of_kind(LinkableKind.GOAL)
    publishers = dict.fromkeys(iri for goal in (asked.plan, *goals) for iri in goal.publishers)
    return [*lines, *((f"<{asked.plan.iri}>", publisher, f"<{iri}>") for iri in [*publishers][:_CHOICES])]


def _choices(asked: PlanSuggestions, reading: Reading) -> list[PublisherChoice]:
    """Return the publishers with goals, without that of the plan."""
    found: dict[str, PublisherChoice] = {}
    for goal in asked.suggester.linkables.of_kind(LinkableKind.GOAL):
        key = publisher_key(goal)
        if key not in found and not set(goal.publishers) & set(asked.plan.publishers):
            name = reading.reference(goal.publishers[0]).name.text if goal.publishers else key
            found[key] = PublisherChoice(key, name)
    return sorted(found.values(), key=lambda each: each.name.casefold())[:_CHOICES]
