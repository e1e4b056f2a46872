"""Recognition of the parts of a plan in the blocks of a document."""

import re
from dataclasses import dataclass, field

from plangraf.drafting.cover import is_on_cover, written_adoption, written_period
from plangraf.drafting.described_tables import described_blocks
from plangraf.drafting.document import BlockKind, PlanDocument, TextBlock
from plangraf.drafting.finds import FoundKind, FoundPart, FoundVision, PlanDraft
from plangraf.drafting.labels import Label, LabelKind, label, named_area, numbered
from plangraf.drafting.outline import LEAD_IN_LEVEL, OutlineEntry
from plangraf.drafting.plan_builder import PlanBuilder, level_word
from plangraf.drafting.plan_tables import read_table
from plangraf.drafting.sdg_mentions import icon_codes, listed_codes, mentions
from plangraf.drafting.vision import vision_below
from plangraf.drafting.words import SectionKind, section_kind
from plangraf.drafting.written_language import written_language

_LONGEST_NAME = 300
_LONGEST_LEAD_IN = 100
_MUNICIPAL_DUTY = re.compile(r"(?:kommunen|\w+ kommune|fylkeskommunen)\s+(?:skal|vil)\s+\S", re.IGNORECASE)
_NO_AREA = re.compile(
    r".*\?|(?:om|hva|kva|hvorfor|kvifor|hvordan|korleis|slik|innledning|innleiing|bakgrunn|visjon)\b.*", re.IGNORECASE
)
_SENTENCES = re.compile(r"[.!?]\s+[A-ZÆØÅ]")
_PARTS = {
    SectionKind.STRATEGIES: FoundKind.STRATEGY,
    SectionKind.MEASURES: FoundKind.MEASURE,
    SectionKind.CONTRIBUTIONS: FoundKind.CONTRIBUTION,
    SectionKind.INDICATORS: FoundKind.INDICATOR,
    SectionKind.CHALLENGES: FoundKind.CHALLENGE,
    SectionKind.STRENGTHS: FoundKind.STRENGTH,
}
_GOALS = (SectionKind.GOALS, SectionKind.SUB_GOALS, SectionKind.AREAS)
_HEADED = (SectionKind.CHALLENGES, SectionKind.STRENGTHS)
"""The parts that plans also name by headings."""
_AS_TEXT = (SectionKind.STRATEGIES, SectionKind.CONTRIBUTIONS)
"""The parts that plans also write as one sentence a paragraph, without a list."""


def recognize_plan(document: PlanDocument) -> PlanDraft:
    """Return the goals, strategies and so on of a document, and the headings that could not be placed.

    Only what the text says counts: a list under a heading that announces nothing, or a number without the word for a
    goal, is not placed.
    """
    return _Recognizer(document).draft()


@dataclass
class _PendingLabel:
    """A label whose name is the next block."""

    label: Label
    block: TextBlock
    pictures: list[TextBlock] = field(default_factory=list)


class _Recognizer:
    """Goes through the blocks of one document."""

    def __init__(self, document: PlanDocument) -> None:
        self._document = document
        self._builder = PlanBuilder()
        self._outline = self._builder.outline
        self._found = self._builder.found
        self._pending: _PendingLabel | None = None
        self._position = 0
        self._vision: FoundVision | None = None

    def draft(self) -> PlanDraft:
        """Return what was found."""
        for position, block in enumerate(self._document.blocks):
            self._position = position
            self._read(block)
        document = self._document
        unplaced = [each for each in self._outline.unplaced() if each.items or not is_on_cover(each.text, document)]
        return PlanDraft(
            title=document.title,
            language=written_language(block.text for block in document.blocks),
            parts=self._found.all,
            links=self._found.links(),
            unplaced=unplaced,
            pages=document.pages,
            scanned=document.scanned,
            period=written_period(document),
            adoption=written_adoption(document),
            vision=self._vision,
        )

    def _read(self, block: TextBlock) -> None:
        if block.kind is BlockKind.TABLE:
            self._read_table(block)
        elif block.kind is BlockKind.PICTURE and self._pending is not None:
            self._pending.pictures.append(block)
        elif block.kind is BlockKind.PICTURE:
            self._found.link(self._outline.part(), icon_codes(block.text), block.text, self._outline.place(block))
        elif self._pending is not None and self._names_pending(block):
            pass
        elif block.kind is BlockKind.HEADING:
            self._read_heading(block)
        elif block.kind is BlockKind.ITEM:
            self._read_item(block)
        else:
            self._read_paragraph(block)

    def _names_pending(self, block: TextBlock) -> bool:
        """Read a block as the name of the goal whose label stands before it, if it may be that."""
        pending, self._pending = self._pending, None
        assert pending is not None  # noqa: S101  # the caller has seen it
        if block.kind is BlockKind.ITEM or len(block.text) > _LONGEST_NAME:
            return False
        if label(block.text) is not None or section_kind(block.text) is not None:
            return False
        levels = [each.level for each in (pending.block, block) if each.level]
        self._builder.add_goal(
            pending.label, block.text, pending.block, level=min(levels, default=0), is_heading=bool(levels)
        )
        for picture in pending.pictures:
            self._read(picture)
        return True

    def _read_heading(self, block: TextBlock) -> None:
        found = label(block.text) or named_area(block.text)
        if found is not None and found.kind in (LabelKind.AREA, LabelKind.GOAL):
            self._read_goal_label(found, block)
            return
        if found is not None:
            self._builder.add_labelled(found, block)
            return
        section = section_kind(block.text)
        self._outline.leave(block.level, section)
        if section is None and self._is_numbered_part(block):
            return
        entry = OutlineEntry(block.level, block.text, block.page, section, has_list=self._has_list())
        self._builder.enter_section(entry)
        self._read_vision(entry, block)
        if section is None and self._is_challenge(entry):
            return
        if section is None and self._is_area(entry):
            return
        self._builder.mention(block, self._outline.part())

    def _is_area(self, entry: OutlineEntry) -> bool:
        """Read a heading directly below “Satsingsområder” as the name of one."""
        place = self._outline.section()
        if place is None or place.section is not SectionKind.AREAS or _NO_AREA.fullmatch(entry.text):
            return False
        number, name = numbered(entry.text)
        place.inner_level = place.inner_level or entry.level
        if entry.level != place.inner_level:
            return False
        part = self._found.add(
            FoundPart(
                FoundKind.AREA,
                name,
                self._outline.place(TextBlock(BlockKind.HEADING, entry.text, entry.page)),
                number if "." not in number else "",
                "satsingsområde",
                is_heading=True,
            )
        )
        entry.part = part
        self._outline.count_found()
        return True

    def _is_challenge(self, entry: OutlineEntry) -> bool:
        """Read a heading directly below “Utfordringer” as the name of one, unless a list says which they are."""
        place = self._outline.section()
        if place is None or place.section not in _HEADED or place.has_list or _NO_AREA.fullmatch(entry.text):
            return False
        place.inner_level = place.inner_level or entry.level
        if entry.level != place.inner_level:
            return False
        number, name = numbered(entry.text)
        block = TextBlock(BlockKind.HEADING, entry.text, entry.page)
        self._builder.add_part(_PARTS[place.section], name, block, number=number if "." not in number else "")
        return True

    def _read_vision(self, entry: OutlineEntry, block: TextBlock) -> None:
        """Take the words of the vision at a heading that announces it, if it is short."""
        if entry.section is not SectionKind.VISION:
            return
        found = vision_below(block.text, self._document.blocks[self._position + 1 :])
        if found and (self._vision is None or self._vision.text == found):
            self._vision = self._vision or FoundVision(found, self._outline.place(block))
            self._outline.count_found()

    def _has_list(self) -> bool:
        """Return whether a list or a table stands below the present heading, before the next one."""
        for block in self._document.blocks[self._position + 1 :]:
            if block.kind is BlockKind.HEADING:
                return False
            if block.kind in (BlockKind.ITEM, BlockKind.TABLE) or numbered(block.text)[0]:
                return True
        return False

    def _is_before_list(self) -> bool:
        """Return whether a list follows the present block."""
        following = self._document.blocks[self._position + 1 : self._position + 2]
        return bool(following) and following[0].kind is BlockKind.ITEM

    def _is_numbered_part(self, block: TextBlock) -> bool:
        """Read a heading with a number as a goal or a strategy, if the headings above it say which."""
        number, name = numbered(block.text)
        if not number:
            return False
        goal, section = self._outline.part(), self._outline.section()
        kind = section.section if section is not None else None
        if kind in _PARTS:
            self._builder.add_part(_PARTS[kind], name, block, number=number)
            return True
        below = goal is not None and goal.number and number.startswith(f"{goal.number}.")
        if not below and kind not in (SectionKind.GOALS, SectionKind.SUB_GOALS):
            return False
        word = "delmål" if below and kind is not SectionKind.GOALS else level_word(section)
        self._builder.add_goal(Label(LabelKind.GOAL, word, number, name), name, block, level=block.level)
        return True

    def _read_goal_label(self, found: Label, block: TextBlock) -> None:
        if found.rest:
            is_heading = block.kind is BlockKind.HEADING
            self._builder.add_goal(found, found.rest, block, level=block.level, is_heading=is_heading)
        else:
            self._pending = _PendingLabel(found, block)

    def _read_item(self, block: TextBlock) -> None:
        section = self._outline.section()
        kind = section.section if section is not None else None
        found = label(block.text) if kind is not SectionKind.SDGS else None
        if found is not None and found.kind in (LabelKind.AREA, LabelKind.GOAL) and found.rest:
            self._builder.add_goal(found, found.rest, block, is_heading=False)
            return
        if found is not None and found.kind not in (LabelKind.AREA, LabelKind.GOAL) and found.rest:
            self._builder.add_labelled(found, block)
            return
        number, name = numbered(block.text)
        if not number and "." in block.marker.strip("."):
            number, name = block.marker.strip(".()"), block.text
        if kind in _PARTS:
            self._builder.add_part(_PARTS[kind], name, block, number=number)
        elif kind is SectionKind.SDGS:
            codes = listed_codes(block.text, block.marker)
            self._found.link(self._outline.part(), codes, block.text, self._outline.place(block))
            self._outline.count_found(len(codes))
        elif kind in _GOALS or (number and self._builder.is_below_goal(number)):
            self._builder.add_listed_goal(number, name, block)
        elif self._outline.part() is not None and _MUNICIPAL_DUTY.match(block.text):
            self._builder.add_part(FoundKind.STRATEGY, block.text, block)
        else:
            self._outline.count_lost()
            self._builder.mention(block, self._outline.part())

    def _read_paragraph(self, block: TextBlock) -> None:
        text = block.text
        found = label(text)
        if found is not None and len(text) <= _LONGEST_NAME and not _SENTENCES.search(found.rest):
            if found.kind in (LabelKind.AREA, LabelKind.GOAL):
                self._read_goal_label(found, block)
                return
            if found.rest:
                self._builder.add_labelled(found, block)
                return
        section = section_kind(text)
        if section is SectionKind.SDGS and mentions(text):
            section = None  # “Bærekraftsmål: 3 og 4” says it all itself
        if section is not None and len(text) <= _LONGEST_LEAD_IN:
            self._outline.leave_lead_in()
            entry = OutlineEntry(LEAD_IN_LEVEL, text, block.page, section, is_heading=False)
            entry.has_list = self._has_list()
            self._builder.enter_section(entry)
            self._read_vision(entry, block)
            return
        here = self._outline.section()
        kind = here.section if here is not None else None
        if here is not None and here.found and kind in _PARTS and text.endswith(":") and self._is_before_list():
            other = OutlineEntry(LEAD_IN_LEVEL, text, block.page, SectionKind.OTHER, is_heading=False)
            self._outline.leave_lead_in()
            self._outline.enter(other)
            return
        number, name = numbered(text)
        if number and not _SENTENCES.search(name):
            if kind in _GOALS or ("." in number and kind is None and self._builder.is_below_goal(number)):
                self._builder.add_listed_goal(number, name, block)
                return
            if kind in _PARTS:
                self._builder.add_part(_PARTS[kind], name, block, number=number)
                return
        if kind is SectionKind.SDGS:
            codes = listed_codes(text)
            self._found.link(self._outline.part(), codes, text, self._outline.place(block))
            self._outline.count_found(len(codes))
            return
        one_sentence = not _SENTENCES.search(text)
        if self._outline.part() is not None and one_sentence and len(text) <= _LONGEST_NAME:
            if kind in (None, SectionKind.STRATEGIES) and _MUNICIPAL_DUTY.match(text) and not text.endswith(":"):
                self._builder.add_part(FoundKind.STRATEGY, text, block)
                return
            is_content = here is not None and not here.has_list and not text.endswith(":") and not mentions(text)
            if kind in _AS_TEXT and is_content:
                self._builder.add_part(_PARTS[kind], text, block)
                return
            if kind in (SectionKind.GOALS, SectionKind.SUB_GOALS) and is_content:
                self._builder.add_listed_goal("", text, block)
                return
        self._builder.mention(block, self._outline.part())

    def _read_table(self, block: TextBlock) -> None:
        described = described_blocks(block)
        if described is not None:
            for each in described:
                self._read(each)
            return
        count = read_table(block, self._outline, self._found)
        self._outline.count_found(count)
        if not count:
            self._outline.count_lost(len(block.rows))
