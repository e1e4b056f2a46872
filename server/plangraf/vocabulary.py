"""The kinds of things that Plangraf publishes: one table for search, pages, diagrams and queries.

A new class of the ontology needs an entry here, its shapes, and the translations of its names.
"""

from dataclasses import dataclass

from plangraf.languages import N_, Msgid
from plangraf.namespaces import ID, expand

GOAL_NUMBERS = tuple(str(number) for number in range(1, 18))
"""The numbers of the SDGs."""


@dataclass(frozen=True, kw_only=True)
class ThingKind:
    """A kind of thing.

    Attributes:
        key: the name of the kind in addresses and in data, such as `goal`.
        word: the name of the kind, in the singular.
        rank: lists of concepts and search results have kinds of lower rank first; the gaps leave room for new kinds.
        classes: the IRIs of the classes of the kind.
        scheme: the IRI of the concept scheme of the kind.
        position: column and row of the class in the diagram of the ontology; None puts the box at the end.
    """

    key: str
    word: Msgid
    rank: int
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    position: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class PlanConceptKind(ThingKind):
    """A kind of concept of a plan.

    Attributes:
        heading: the heading of their list on the page of a plan.
        is_goal: whether lists and counts of goals have the kind too, under its own word.
    """

    heading: Msgid
    is_goal: bool = False


def _classes(*names: str) -> tuple[str, ...]:
    return tuple(map(expand, names))


KINDS: tuple[ThingKind, ...] = (
    ThingKind(key="plan", word=N_("plan"), rank=10, classes=_classes("plan:Plan"), position=(1, 0)),
    PlanConceptKind(
        key="goal",
        word=N_("goal"),
        heading=N_("Goals"),
        rank=20,
        classes=_classes("plan:Goal"),
        position=(1, 2),
        is_goal=True,
    ),
    PlanConceptKind(
        key="focus-area",
        word=N_("focus area"),
        heading=N_("Focus areas"),
        rank=15,
        classes=_classes("plan:FocusArea"),
        position=(1, 1),
        is_goal=True,
    ),
    PlanConceptKind(
        key="strategy",
        word=N_("strategy"),
        heading=N_("Strategies"),
        rank=30,
        classes=_classes("plan:Strategy"),
        position=(0, 3),
    ),
    PlanConceptKind(
        key="measure",
        word=N_("measure"),
        heading=N_("Planned measures"),
        rank=35,
        classes=_classes("plan:Measure"),
        position=(0, 4),
    ),
    PlanConceptKind(
        key="contribution",
        word=N_("contribution"),
        heading=N_("Contributions"),
        rank=40,
        classes=_classes("plan:Contribution"),
        position=(2, 3),
    ),
    PlanConceptKind(
        key="challenge",
        word=N_("challenge"),
        heading=N_("Challenges"),
        rank=50,
        classes=_classes("plan:Challenge"),
        position=(0, 1),
    ),
    PlanConceptKind(
        key="strength",
        word=N_("strength"),
        heading=N_("Strengths"),
        rank=55,
        classes=_classes("plan:Strength"),
        position=(2, 1),
    ),
    PlanConceptKind(
        key="actor",
        word=N_("actor"),
        heading=N_("Actor groups"),
        rank=70,
        classes=_classes("plan:ActorGroup"),
        position=(1, 3),
    ),
    PlanConceptKind(
        key="indicator",
        word=N_("indicator"),
        heading=N_("Indicators"),
        rank=60,
        classes=_classes("plan:Indicator"),
        position=(0, 0),
    ),
    ThingKind(key="sdg-goal", word=N_("SDG"), rank=80, classes=_classes("sdgo:Goal"), position=(2, 2)),
    ThingKind(key="sdg-target", word=N_("SDG target"), rank=90, classes=_classes("sdgo:Target")),
    ThingKind(key="sdg-indicator", word=N_("SDG indicator"), rank=100, classes=_classes("sdgo:Indicator")),
    ThingKind(key="u4ssc", word=N_("U4SSC indicator"), rank=110, scheme=f"{ID}u4ssc"),
    ThingKind(key="los", word=N_("Los theme"), rank=120, scheme=f"{ID}los"),
    ThingKind(
        key="organisation",
        word=N_("organisation"),
        rank=130,
        classes=_classes("org:Organization", "org:OrganizationalUnit", "foaf:Agent"),
    ),
)
"""All kinds, in the order in which the pages of plans and of the ontology describe them."""

KINDS_BY_RANK = tuple(sorted(KINDS, key=lambda kind: kind.rank))
CLASSES = tuple(iri for kind in KINDS for iri in kind.classes)
"""The IRIs of the classes of all kinds."""
PLAN_CONCEPTS = tuple(kind for kind in KINDS if isinstance(kind, PlanConceptKind))
GOAL_KINDS = tuple(kind for kind in PLAN_CONCEPTS if kind.is_goal)
"""The kinds that are listed and counted wherever goals are."""
GOAL_CLASSES = tuple(iri for kind in GOAL_KINDS for iri in kind.classes)
"""The IRIs of their classes; queries that list goals name each of them."""
