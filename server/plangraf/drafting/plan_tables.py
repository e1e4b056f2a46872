"""Recognition of the parts of a plan in tables whose columns say what they hold."""

import re
from collections.abc import Mapping, Sequence

from plangraf.drafting.document import TextBlock
from plangraf.drafting.finds import FoundKind, FoundPart
from plangraf.drafting.found_parts import FoundParts
from plangraf.drafting.labels import LabelKind, label, numbered
from plangraf.drafting.outline import Outline
from plangraf.drafting.sdg_mentions import listed_codes
from plangraf.drafting.table_heads import ColumnHead, ValueColumn, column_kind
from plangraf.drafting.words import SectionKind
from plangraf.drafting.written_values import written_value

_GOALS = {
    SectionKind.AREAS: (FoundKind.AREA, "satsingsområde"),
    SectionKind.GOALS: (FoundKind.GOAL, ""),
    SectionKind.SUB_GOALS: (FoundKind.GOAL, "delmål"),
}
_PARTS = {
    SectionKind.STRATEGIES: FoundKind.STRATEGY,
    SectionKind.MEASURES: FoundKind.MEASURE,
    SectionKind.CONTRIBUTIONS: FoundKind.CONTRIBUTION,
    SectionKind.INDICATORS: FoundKind.INDICATOR,
    SectionKind.CHALLENGES: FoundKind.CHALLENGE,
    SectionKind.STRENGTHS: FoundKind.STRENGTH,
}
_NUMBER_ALONE = re.compile(r"(?:\w*mål\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?", re.IGNORECASE)
_VALUES = {ValueColumn.BASELINE: ("baseline", "baseline_year"), ValueColumn.TARGET: ("target", "target_year")}


def read_table(table: TextBlock, outline: Outline, found: FoundParts) -> int:
    """Add the parts in a table, and return how many there are.

    Args:
        table: the table; its first row is the head.
        outline: the headings above it.
        found: takes the parts.
    """
    heads = _heads(table.rows[0])
    if not any(head.kind in _GOALS or head.kind in _PARTS for head in heads.values()):
        return 0
    reader = _TableReader(table, heads, outline, found)
    for row in table.rows[1:]:
        reader.read(row)
    return reader.count


def _heads(row: Sequence[str]) -> Mapping[int, ColumnHead]:
    """Return the heads of columns that plans use; a “Mål” beside a present value is the value to reach."""
    heads = {number: head for number, text in enumerate(row) if (head := column_kind(text)) is not None}
    kinds = {head.kind for head in heads.values()}
    if SectionKind.INDICATORS in kinds and ValueColumn.BASELINE in kinds and ValueColumn.TARGET not in kinds:
        first = min(number for number, head in heads.items() if head.kind is SectionKind.INDICATORS)
        for number, head in heads.items():
            if number > first and head.kind is SectionKind.GOALS:
                heads[number] = ColumnHead(ValueColumn.TARGET)
    return heads


class _TableReader:
    """Reads the rows of one table."""

    def __init__(
        self, table: TextBlock, heads: Mapping[int, ColumnHead], outline: Outline, found: FoundParts
    ) -> None:
        self._table = table
        self._heads = heads
        self._place = outline.place(table)
        self._outer = outline.subject()
        self._found = found
        self._goals: dict[SectionKind, FoundPart] = {}
        self.count = 0

    def read(self, row: Sequence[str]) -> None:
        """Add the parts of a row; goals of the rows above go on where their cells are empty."""
        for kind in _GOALS:
            cells = [row[number] for number, head in self._heads.items() if head.kind is kind and number < len(row)]
            for cell in filter(None, cells):
                self._read_goals(kind, cell)
        goal = self._deepest()
        indicators: list[FoundPart] = []
        for number, head in self._heads.items():
            cell = row[number] if number < len(row) else ""
            if not cell:
                continue
            part_kind = _PARTS.get(head.kind) if isinstance(head.kind, SectionKind) else None
            if part_kind is not None:
                parts = [self._part(part_kind, line, goal) for line in cell.splitlines()]
                indicators += parts if head.kind is SectionKind.INDICATORS else []
            elif head.kind is SectionKind.SDGS:
                title = self._table.rows[0][number].replace("\n", " ")
                quote = f"{title}: {', '.join(cell.splitlines())}"
                self._found.link(goal, listed_codes(cell), quote, self._place)
        if len(indicators) == 1:
            self._read_values(row, indicators[0])

    def _read_goals(self, kind: SectionKind, cell: str) -> None:
        found_kind, word = _GOALS[kind]
        lines = cell.splitlines()
        several = len(lines) > 1 and all(numbered(line)[0] or label(line) is not None for line in lines)
        for text in lines if several else [" ".join(lines)]:
            named = label(text)
            number, name = numbered(text)
            only = _NUMBER_ALONE.fullmatch(text)
            if only is not None:
                self._refer(kind, only["number"])
                continue
            if named is not None and named.kind in (LabelKind.GOAL, LabelKind.AREA) and named.rest:
                number, name, word = named.number, named.rest, named.word
            above = self._found.with_number(number.rpartition(".")[0]) if "." in number else None
            part = FoundPart(found_kind, name, self._place, number, word)
            part.above = None if kind is SectionKind.AREAS else above or self._above(kind)
            self._goals[kind] = self._add(part)
        for deeper in [each for each in self._goals if list(_GOALS).index(each) > list(_GOALS).index(kind)]:
            del self._goals[deeper]

    def _refer(self, kind: SectionKind, number: str) -> None:
        """Take the goal that a cell names by its number alone."""
        known = self._found.with_number(number)
        if known is not None:
            self._goals[kind] = known
        else:
            self._goals.pop(kind, None)

    def _above(self, kind: SectionKind) -> FoundPart | None:
        order = list(_GOALS)
        above = [self._goals[each] for each in order[: order.index(kind)] if each in self._goals]
        return above[-1] if above else self._outer

    def _deepest(self) -> FoundPart | None:
        found = [self._goals[kind] for kind in _GOALS if kind in self._goals]
        return found[-1] if found else self._outer

    def _part(self, kind: FoundKind, text: str, goal: FoundPart | None) -> FoundPart:
        number, name = numbered(text)
        named = label(text)
        if named is not None and named.rest and named.kind not in (LabelKind.GOAL, LabelKind.AREA):
            number, name = named.number, named.rest
        part = FoundPart(kind, name.rstrip(" ;,"), self._place, number, above=None if kind.is_of_plan else goal)
        self._found.mention(part, text, self._place)
        return self._add(part)

    def _add(self, part: FoundPart) -> FoundPart:
        self.count += 1
        return self._found.add(part)

    def _read_values(self, row: Sequence[str], indicator: FoundPart) -> None:
        """Add the values of a row to its indicator; those that are not one number and a unit go to the note."""
        notes: list[str] = []
        for kind, (key, year_key) in _VALUES.items():
            columns = [number for number, head in self._heads.items() if head.kind is kind and number < len(row)]
            for number in filter(lambda each: row[each], columns):
                value = written_value(row[number])
                if value is None or len(columns) > 1:
                    notes.append(f"{self._table.rows[0][number]}: {row[number]}".replace("\n", " "))
                    continue
                indicator.cells.setdefault(key, value.number)
                if value.unit:
                    indicator.cells.setdefault("unit", value.unit)
                if self._heads[number].year:
                    indicator.cells.setdefault(year_key, self._heads[number].year)
        units = [
            row[number] for number, head in self._heads.items() if head.kind is ValueColumn.UNIT and number < len(row)
        ]
        if units and units[0]:
            indicator.cells["unit"] = units[0]
        if notes:
            indicator.cells.setdefault("note", "; ".join(notes))
