"""The headings above a place of a document, and what they announce."""

from dataclasses import dataclass

from plangraf.drafting.document import TextBlock
from plangraf.drafting.finds import FoundKind, FoundPart, SourcePlace, UnplacedHeading
from plangraf.drafting.words import SectionKind

LEAD_IN_LEVEL = 99
"""The level of a line that introduces a list, below all headings."""

_OF_ONE_GOAL = (
    SectionKind.SUB_GOALS,
    SectionKind.STRATEGIES,
    SectionKind.MEASURES,
    SectionKind.CONTRIBUTIONS,
)
"""The parts that stand below a goal even where its heading has the same style as that of the goal."""


@dataclass(eq=False)
class OutlineEntry:
    """A heading, or a line that introduces a list.

    Attributes:
        level: its level.
        text: its text.
        page: its page, or None.
        section: what it announces, or None.
        part: the goal or the focus area that it names, or None.
        found: how many parts of the plan stand below it.
        lost: how many items and rows below it have no place in the workbook.
        is_heading: whether it is a heading and not a line of text.
        inner_level: the level of the first heading below it, or None.
        has_list: whether a list or a table stands below it, before the next heading.
        about: the goal that it says it is about, such as “Indikatorer for mål 1”, or None.
    """

    level: int
    text: str
    page: int | None
    section: SectionKind | None = None
    part: FoundPart | None = None
    found: int = 0
    lost: int = 0
    is_heading: bool = True
    inner_level: int | None = None
    has_list: bool = True
    about: FoundPart | None = None


class Outline:
    """The stack of headings above the present place."""

    def __init__(self) -> None:
        self._open: list[OutlineEntry] = []
        self._seen: list[OutlineEntry] = []

    def enter(self, entry: OutlineEntry) -> OutlineEntry:
        """Put a heading below those with a higher rank, and return it."""
        self.leave(entry.level, entry.section)
        self._open.append(entry)
        self._seen.append(entry)
        return entry

    def leave(self, level: int, section: SectionKind | None = None) -> None:
        """Leave the headings that end at one of a level, which may announce something, and all below them."""
        for number, entry in enumerate(self._open):
            if entry.level >= level and not self._holds(entry, level, section):
                del self._open[number:]
                return

    def enter_part(self, entry: OutlineEntry) -> OutlineEntry:
        """Put a goal below the goals and focus areas above it, whatever rank its heading has, and return it."""
        while self._open and not self._is_above(self._open[-1], entry):
            self._open.pop()
        self._open.append(entry)
        self._seen.append(entry)
        return entry

    @property
    def top(self) -> OutlineEntry | None:
        """The nearest heading."""
        return self._open[-1] if self._open else None

    def part(self, *kinds: FoundKind) -> FoundPart | None:
        """Return the nearest goal or focus area above, of some kinds or of any."""
        return next(
            (
                entry.part
                for entry in reversed(self._open)
                if entry.part is not None and (not kinds or entry.part.kind in kinds)
            ),
            None,
        )

    def subject(self) -> FoundPart | None:
        """Return the goal that strategies and the like belong to here."""
        section = self.section()
        if section is not None and section.about is not None:
            return section.about
        return self.part(FoundKind.GOAL) or self.part()

    def part_above(self, part: FoundPart) -> FoundPart | None:
        """Return the nearest goal or focus area that may stand above a part, or None."""
        return next(
            (
                entry.part
                for entry in reversed(self._open)
                if entry.part is not None and entry.part is not part and _depth(entry.part) < _depth(part)
            ),
            None,
        )

    def section(self) -> OutlineEntry | None:
        """Return the heading that announces what stands here, below the nearest goal."""
        for entry in reversed(self._open):
            if entry.section is not None:
                return entry
            if entry.part is not None:
                return None
        return None

    def place(self, block: TextBlock) -> SourcePlace:
        """Return the place of a block."""
        return SourcePlace(block.page, tuple(entry.text for entry in self._open))

    def leave_lead_in(self) -> None:
        """Leave a line that introduces a list."""
        while self._open and self._open[-1].level >= LEAD_IN_LEVEL:
            self._open.pop()

    def count_found(self, count: int = 1) -> None:
        """Count parts of the plan, or links, that stand at the present place."""
        for entry in self._open:
            entry.found += count

    def count_lost(self, count: int = 1) -> None:
        """Count items and rows at the present place that have no place in the workbook."""
        if self._open:
            self._open[-1].lost += count

    def unplaced(self) -> list[UnplacedHeading]:
        """Return the headings that name no part of the plan and have none below, or have a list that has no place."""
        return [
            UnplacedHeading(entry.text, entry.page, entry.lost)
            for entry in self._seen
            if entry.lost or (entry.part is None and not entry.found and entry.is_heading)
        ]

    def _holds(self, open_: OutlineEntry, level: int, section: SectionKind | None) -> bool:
        """Return whether a goal goes on below a heading of its own rank, or of a higher one if the goal is text."""
        if open_.part is None or section is None:
            return False
        if open_.is_heading:
            return open_.level == level and section in _OF_ONE_GOAL
        return section not in (SectionKind.AREAS, SectionKind.GOALS)

    def _is_above(self, open_: OutlineEntry, entry: OutlineEntry) -> bool:
        part, other = entry.part, open_.part
        if open_.level >= LEAD_IN_LEVEL:
            return False
        if other is not None and part is not None:
            return _depth(other) < _depth(part)
        if open_.section in (None, SectionKind.AREAS, SectionKind.GOALS, SectionKind.SUB_GOALS):
            return open_.level < entry.level or (not entry.is_heading and open_.section is not None)
        return False


def _depth(part: FoundPart) -> int:
    if part.kind is FoundKind.AREA:
        return 0
    if part.number:
        return 1 + part.number.count(".") + (part.level == "delmål" and "." not in part.number)
    return 2 if part.level == "delmål" else 1
