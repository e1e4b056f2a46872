"""The parts of a plan and their links, as a recognition adds them at its present place in a document."""

import re

from plangraf.drafting.document import TextBlock
from plangraf.drafting.finds import FoundKind, FoundPart
from plangraf.drafting.found_parts import FoundParts
from plangraf.drafting.labels import Label, LabelKind
from plangraf.drafting.list_markers import ordinal
from plangraf.drafting.outline import LEAD_IN_LEVEL, Outline, OutlineEntry
from plangraf.drafting.words import SectionKind

_LEVEL_WORD = re.compile(r"(?:hoved|hovud|samfunns|del|effekt)mål", re.IGNORECASE)
_OF_GOAL = re.compile(r"\b(?:for|til|under|av)\s+\w*mål\w*\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)", re.IGNORECASE)
_LABELLED = {
    LabelKind.STRATEGY: FoundKind.STRATEGY,
    LabelKind.MEASURE: FoundKind.MEASURE,
    LabelKind.INDICATOR: FoundKind.INDICATOR,
}


class PlanBuilder:
    """Adds parts of a plan.

    Attributes:
        outline: the headings above the present place.
        found: the parts and links so far.
    """

    def __init__(self) -> None:
        self.outline = Outline()
        self.found = FoundParts()

    def add_goal(
        self, found: Label, name: str, block: TextBlock, *, level: int = 0, is_heading: bool = True
    ) -> FoundPart:
        """Add a goal or a focus area with a label, whose parts follow, and return it."""
        kind = FoundKind.AREA if found.kind is LabelKind.AREA else FoundKind.GOAL
        part = FoundPart(kind, _item_text(name), self.outline.place(block), found.number, found.word)
        part.is_heading = is_heading
        text = block.text if found.rest else f"{block.text} {name}"
        entry = OutlineEntry(level or LEAD_IN_LEVEL - 1, text, block.page, part=part, is_heading=is_heading)
        self.outline.enter_part(entry)
        part.place = self.outline.place(block)
        part.above = self._above(part)
        added = self.found.add(part)
        entry.part = added
        self.outline.count_found()
        self.mention(block, added)
        return added

    def add_listed_goal(self, number: str, name: str, block: TextBlock) -> None:
        """Add a goal that is an item of a list or a paragraph; the next one stands beside it, not below."""
        section = self.outline.section()
        is_area = section is not None and section.section is SectionKind.AREAS
        below = section is None or section.section is SectionKind.SUB_GOALS
        word = "satsingsområde" if is_area else "delmål" if below else level_word(section)
        part = FoundPart(
            FoundKind.AREA if is_area else FoundKind.GOAL,
            _item_text(name),
            self.outline.place(block),
            number,
            word,
            order=None if number else ordinal(block.marker),
        )
        above = self.found.with_number(number.rpartition(".")[0]) if "." in number else None
        part.above = None if is_area else above or self.outline.part()
        self.outline.count_found()
        self.mention(block, self.found.add(part))

    def add_labelled(self, found: Label, block: TextBlock) -> None:
        """Add a strategy, a measure or an indicator with a label."""
        self.add_part(_LABELLED[found.kind], found.rest or block.text, block, number=found.number)

    def add_part(self, kind: FoundKind, name: str, block: TextBlock, *, number: str = "") -> None:
        """Add a strategy and the like, which belongs to the goal here."""
        self.outline.count_found()
        part = FoundPart(kind, _item_text(name), self.outline.place(block), number)
        part.above = None if kind.is_of_plan else self.outline.subject()
        part.order = None if number else ordinal(block.marker)
        self.mention(block, self.found.add(part))

    def mention(self, block: TextBlock, part: FoundPart | None) -> None:
        """Look for SDGs in a block, which are those of a part."""
        self.found.mention(part, block.text, self.outline.place(block))

    def enter_section(self, entry: OutlineEntry) -> None:
        """Enter a heading that announces something, perhaps of a goal that it names: “Indikatorer for mål 1”."""
        named = _OF_GOAL.search(entry.text) if entry.section is not None else None
        entry.about = self.found.with_number(named["number"]) if named is not None else None
        self.outline.enter(entry)

    def is_below_goal(self, number: str) -> bool:
        """Return whether a number is that of a sub-goal of the goal here."""
        goal = self.outline.part()
        return goal is not None and bool(goal.number) and number.startswith(f"{goal.number}.")

    def _above(self, part: FoundPart) -> FoundPart | None:
        """Return the goal above a new one: by its number, or by the headings."""
        if part.kind is FoundKind.AREA:
            return None
        if "." in part.number:
            found = self.found.with_number(part.number.rpartition(".")[0])
            if found is not None:
                return found
        return self.outline.part_above(part)


def _item_text(text: str) -> str:
    """Return the text of an item without the sign that joins it to the next one."""
    return re.sub(r"\s*(?:[;,]\s*(?:og|samt)?|[;,])$", "", text.strip())


def level_word(section: OutlineEntry | None) -> str:
    """Return the word for the level of goals in a heading, in small letters, or an empty text."""
    found = _LEVEL_WORD.search(section.text) if section is not None else None
    return found[0].lower() if found is not None else ""
