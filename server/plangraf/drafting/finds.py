"""The parts of a plan that have been found in a document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class FoundKind(StrEnum):
    """The kinds of parts; the value is the key of the sheet, or for focus areas and strengths the code."""

    AREA = "focus-area"
    GOAL = "goals"
    STRATEGY = "strategies"
    MEASURE = "measures"
    CONTRIBUTION = "contributions"
    INDICATOR = "indicators"
    CHALLENGE = "challenges"
    STRENGTH = "strength"

    @property
    def sheet(self) -> str:
        """The key of the sheet."""
        return {FoundKind.AREA: "goals", FoundKind.STRENGTH: "challenges"}.get(self, self.value)

    @property
    def is_of_plan(self) -> bool:
        """Whether it belongs to the plan as a whole, wherever it stands."""
        return self.sheet == "challenges"


@dataclass(frozen=True)
class SourcePlace:
    """The place of a part in the document.

    Attributes:
        page: its page, or None where the document has none.
        headings: the headings above it, the outermost first.
    """

    page: int | None
    headings: tuple[str, ...]

    def __str__(self) -> str:
        parts = [f"Side {self.page}"] if self.page is not None else []
        return ": ".join([*parts, *([" › ".join(self.headings)] if self.headings else [])])


@dataclass(eq=False)
class FoundPart:
    """A goal, a strategy and so on, as the document has it.

    Attributes:
        kind: what it is.
        name: its words.
        place: where it stands.
        number: its number; empty if it has none.
        level: the plan's word for its level, such as “delmål”.
        above: the goal that it belongs to, or None if the document does not say.
        order: its place in an unnumbered sequence, or None.
        is_heading: whether it is a heading of the document.
        cells: further cells of its row, by the keys of their columns.
    """

    kind: FoundKind
    name: str
    place: SourcePlace
    number: str = ""
    level: str = ""
    above: "FoundPart | None" = None
    order: int | None = None
    is_heading: bool = False
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FoundLink:
    """A link to an SDG, as the document states it.

    Attributes:
        thing: the part that it is about, or None if the document does not say.
        code: the SDG, such as “13” or “13.2”.
        quote: the sentence that is the evidence, or the alternative text of the icon.
        place: where it stands.
    """

    thing: FoundPart | None
    code: str
    quote: str
    place: SourcePlace


@dataclass(frozen=True)
class WrittenPeriod:
    """The period of a plan.

    Attributes:
        text: the words, such as “2025–2037”.
        start: the first year.
        end: the last year.
    """

    text: str
    start: str
    end: str


@dataclass(frozen=True)
class FoundAdoption:
    """The adoption of a plan.

    Attributes:
        text: the words, such as “Vedtatt av kommunestyret 12. juni 2025”.
        date: the day or the month, in the form of ISO 8601.
        case: the number of the case; empty if there is none.
        place: where it stands.
    """

    text: str
    date: str
    case: str
    place: SourcePlace


@dataclass(frozen=True)
class FoundVision:
    """The vision of a plan.

    Attributes:
        text: its words.
        place: where it stands.
    """

    text: str
    place: SourcePlace


@dataclass(frozen=True)
class UnplacedHeading:
    """A heading that announces nothing that a sheet is for.

    Attributes:
        text: the heading.
        page: its page, or None.
        items: how many items of lists and rows of tables below it have no row in the workbook.
    """

    text: str
    page: int | None
    items: int


@dataclass(frozen=True)
class PlanDraft:
    """Everything that was found in a document.

    Attributes:
        title: the title of the document; empty if there is none.
        language: nb or nn, or an empty text where the words do not tell.
        parts: the goals, strategies and so on, in the order of the document.
        links: the links to SDGs.
        unplaced: the headings that could not be placed.
        pages: the number of pages, or 0.
        scanned: the numbers of the pages that are pictures without text.
        period: the period that the title or the cover states, or None.
        adoption: the adoption that the text states, or None.
        vision: the vision, or None.
    """

    title: str
    language: str
    parts: Sequence[FoundPart]
    links: Sequence[FoundLink]
    unplaced: Sequence[UnplacedHeading]
    pages: int = 0
    scanned: Sequence[int] = ()
    period: WrittenPeriod | None = None
    adoption: FoundAdoption | None = None
    vision: FoundVision | None = None
