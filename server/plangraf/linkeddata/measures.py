"""The quality measures of a plan: name, definition, desired direction, and the query that finds the cases.

The SKOS measures have the names of qSKOS (Mader, Haslhofer, Isaac 2012, *Finding Quality Issues in SKOS
Vocabularies*); the definition explains where a measure differs for plans.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from plangraf.languages import N_


class Kind(StrEnum):
    """The kind of a measure's value: a count, a share or a flag."""

    COUNT = "count"
    SHARE = "share"
    FLAG = "flag"


@dataclass(frozen=True)
class Dimension:
    """A group of measures (`dqv:Dimension`, DQV, section 5.3)."""

    key: str
    name: str
    category: Literal["plan", "skos"]


@dataclass(frozen=True)
class Measure:
    """A quality measure (`dqv:Metric`).

    Attributes:
        key: its key in IRIs and URLs.
        dimension: its dimension.
        name: its label, in English.
        definition: its definition, in English.
        better: whether higher or lower values are better, or neither.
        kind: a number of findings, the share of the total without a finding (0 to 1), or whether a part is missing.
        query: the name of the query that returns the findings.
        of: the measure that gives the total, if there is one.
        missing: for a flag, the local name of the value of `plan:transcription`.
    """

    key: str
    dimension: Dimension
    name: str
    definition: str
    better: Literal["more", "fewer", "neither"] = "fewer"
    kind: Kind = Kind.COUNT
    query: str = ""
    of: str | None = None
    missing: str | None = None


ABSENT = ("HasNoStrategies", "HasNoSDGLinks")
"""The local names of the values of `plan:transcription` that say that the whole plan was read and lacks something.

They are not gaps in the data, so no measure counts them.
"""

CATEGORIES = {"plan": N_("The plan and its data"), "skos": N_("SKOS, after qSKOS")}

SIZE = Dimension("size", N_("Size"), "plan")
COMPLETENESS = Dimension("completeness", N_("Completeness"), "plan")
PROVENANCE = Dimension("provenance", N_("Sources"), "plan")
LINKS = Dimension("links", N_("Links to the SDGs"), "plan")
LANGUAGES = Dimension("languages", N_("Languages"), "plan")
LABELS = Dimension("labelling-and-documentation", N_("Labelling and documentation"), "skos")
STRUCTURE = Dimension("structure", N_("Structure"), "skos")
LINKED_DATA = Dimension("linked-data", N_("Linked data"), "skos")
DIMENSIONS = (SIZE, COMPLETENESS, PROVENANCE, LINKS, LANGUAGES, LABELS, STRUCTURE, LINKED_DATA)


def _size(key: str, name: str, definition: str) -> Measure:
    return Measure(key, SIZE, name, definition, "neither", query=key)


def _share(dimension: Dimension, key: str, query: str, of: str, name: str, definition: str) -> Measure:
    return Measure(key, dimension, name, definition, "more", Kind.SHARE, query, of)


def _flag(missing: str, key: str, name: str, definition: str) -> Measure:
    return Measure(key, COMPLETENESS, name, definition, kind=Kind.FLAG, missing=missing)


def _skos(dimension: Dimension, key: str, name: str, definition: str, of: str | None = "concepts") -> Measure:
    return Measure(key, dimension, name, definition, query=key, of=of)


MEASURES = (
    _size(
        "concepts",
        N_("Concepts"),
        N_(
            "Goals, focus areas, strategies, measures, contributions, challenges, strengths, actor groups and "
            "indicators in the scheme of the plan."
        ),
    ),
    _size("goals", N_("Goals"), N_("Goals, sub-goals and focus areas.")),
    _size(
        "statements",
        N_("Statements about concepts"),
        N_("Triples about concepts in the named graphs; what was derived is left out."),
    ),
    Measure(
        "titles-missing",
        COMPLETENESS,
        N_("Titles missing"),
        N_("Goals that exist in the plan, but whose title the sources do not give (plan:TitleMissing)."),
        query="titles-missing",
        of="goals",
    ),
    Measure(
        "statements-missing",
        COMPLETENESS,
        N_("Texts missing"),
        N_("Goals whose name is known, but not the text that says what they are (plan:StatementMissing)."),
        query="statements-missing",
        of="goals",
    ),
    Measure(
        "parts-missing",
        COMPLETENESS,
        N_("Parts missing"),
        N_(
            "How many values of plan:transcription the plan as a whole has that say that the data lack a part. That "
            "the plan itself has none of it is not counted."
        ),
        query="parts-missing",
    ),
    _flag("GoalsMissing", "goals-missing", N_("Goals missing"), N_("Whether the goals are missing in the data.")),
    _flag(
        "SubGoalsMissing",
        "sub-goals-missing",
        N_("Sub-goals missing"),
        N_("Whether the sub-goals are missing in the data."),
    ),
    _flag(
        "StrategiesMissing",
        "strategies-missing",
        N_("Strategies missing"),
        N_("Whether the strategies are missing in the data."),
    ),
    _flag(
        "MeasuresMissing",
        "measures-missing",
        N_("Planned measures missing"),
        N_("Whether the measures that carry out strategies are missing in the data."),
    ),
    _flag(
        "IndicatorsMissing",
        "indicators-missing",
        N_("Indicators missing"),
        N_("Whether the indicators are missing in the data."),
    ),
    _flag(
        "ContributionsMissing",
        "contributions-missing",
        N_("Contributions missing"),
        N_("Whether what others can contribute is missing in the data."),
    ),
    _flag(
        "VisionTextMissing",
        "vision-text-missing",
        N_("Text of the vision missing"),
        N_("Whether the text behind the vision is missing in the data."),
    ),
    _flag(
        "SDGLinksMissing",
        "sdg-links-missing",
        N_("The plan's own SDG links missing"),
        N_("Whether the plan states links to the SDGs that are missing in the data."),
    ),
    _share(
        PROVENANCE,
        "sourced-concepts",
        "unsourced-concepts",
        "concepts",
        N_("Concepts with a source"),
        N_("The share of concepts with a dct:source: the page or document that they were read from."),
    ),
    _share(
        PROVENANCE,
        "sourced-statements",
        "unsourced-statements",
        "statements",
        N_("Sourced statements"),
        N_(
            "The share of statements about concepts whose graph gives the concept a dct:source, or says as a whole "
            "what it was made from (prov:wasDerivedFrom). What was derived is not counted."
        ),
    ),
    Measure(
        "stated-links",
        LINKS,
        N_("Stated links"),
        N_("Claims about links to the SDGs that the plan or its publisher states (plan:StatedInPlan)."),
        "neither",
        query="stated-links",
    ),
    Measure(
        "editorial-links",
        LINKS,
        N_("Editorial links"),
        N_("Claims about links to the SDGs that an editor has judged (plan:Editorial). They are not the plan's own."),
        "neither",
        query="editorial-links",
    ),
    Measure(
        "goals-without-sdg-link",
        LINKS,
        N_("Goals without an SDG link"),
        N_("Goals, sub-goals and focus areas without a link to any SDG of their own, stated or editorial."),
        query="goals-without-sdg-link",
        of="goals",
    ),
    _share(
        LANGUAGES,
        "labels-nb",
        "without-label-nb",
        "concepts",
        N_("Names in bokmål"),
        N_("The share of concepts with a name in bokmål. A name that says that the title is missing is none."),
    ),
    _share(
        LANGUAGES,
        "labels-nn",
        "without-label-nn",
        "concepts",
        N_("Names in nynorsk"),
        N_("The share of concepts with a name in nynorsk. A name that says that the title is missing is none."),
    ),
    _share(
        LANGUAGES,
        "labels-en",
        "without-label-en",
        "concepts",
        N_("Names in English"),
        N_("The share of concepts with a name in English. A name that says that the title is missing is none."),
    ),
    _skos(
        LABELS,
        "omitted-or-invalid-language-tags",
        N_("Omitted or invalid language tags"),
        N_("Concepts with a text that has no language tag, or another one than nb, nn, en, se, sma or smj."),
    ),
    _skos(LABELS, "empty-labels", N_("Empty labels"), N_("Concepts with a name of nothing but space.")),
    _skos(
        LABELS,
        "overlapping-labels",
        N_("Overlapping labels"),
        N_("Preferred labels that several concepts of the plan share in a language; each language counts."),
        None,
    ),
    _skos(
        LABELS,
        "undocumented-concepts",
        N_("Undocumented concepts"),
        N_("Concepts without a definition, a scope note, an example or another SKOS note."),
    ),
    _skos(
        STRUCTURE,
        "orphan-concepts",
        N_("Orphan concepts"),
        N_(
            "Concepts that are tied to no other by a SKOS relation, nor by one of the vocabulary's own, such as "
            "plan:supports. qSKOS looks at SKOS relations alone."
        ),
    ),
    _skos(
        STRUCTURE,
        "cyclic-hierarchical-relations",
        N_("Cyclic hierarchical relations"),
        N_("Concepts that are broader than themselves, by way of others."),
    ),
    _skos(
        STRUCTURE,
        "valueless-associative-relations",
        N_("Valueless associative relations"),
        N_("Concepts that are skos:related to one with which they share a broader concept."),
    ),
    _skos(
        STRUCTURE,
        "omitted-top-concepts",
        N_("Omitted top concepts"),
        N_("1 when the plan has no top concept, else 0."),
        None,
    ),
    _skos(
        STRUCTURE,
        "top-concepts-having-broader-concepts",
        N_("Top concepts having broader concepts"),
        N_("Top concepts that have a broader concept in their plan."),
    ),
    _skos(
        LINKED_DATA,
        "missing-out-links",
        N_("Missing out-links"),
        N_("Concepts that lead to nothing outside their plan: no SDG, no theme, no other plan."),
    ),
    _skos(
        LINKED_DATA,
        "missing-in-links",
        N_("Missing in-links"),
        N_("Concepts that nothing outside their plan leads to, as far as this release knows."),
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
SKOS_CHECKS = tuple(measure for measure in MEASURES if measure.dimension.category == "skos")
QUERIES = tuple(dict.fromkeys(measure.query for measure in MEASURES if measure.query))
