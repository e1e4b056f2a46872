"""Tables whose first column says what stands beside it: “Strategier”, and its strategies."""

from collections.abc import Sequence

from plangraf.drafting.document import BlockKind, TextBlock
from plangraf.drafting.labels import label
from plangraf.drafting.outline import LEAD_IN_LEVEL
from plangraf.drafting.words import section_kind


def described_blocks(table: TextBlock) -> Sequence[TextBlock] | None:
    """Return a table whose first column has the headings of its rows as blocks, or None for another table."""
    heads = [row[0].replace("\n", " ") for row in table.rows]
    if max(map(len, table.rows)) != 2:
        return None
    known = [section_kind(head) is not None or label(head) is not None for head in heads]
    if sum(known) < 2 or section_kind(table.rows[0][1]) is not None:
        return None
    blocks: list[TextBlock] = []
    for head, row in zip(heads, table.rows, strict=True):
        lines = [line for cell in row[1:] for line in cell.splitlines()]
        rank = 3 if label(head) is not None else 2  # a goal stands above what is said of it
        blocks.append(TextBlock(BlockKind.HEADING, head, table.page, LEAD_IN_LEVEL - rank))
        is_list = section_kind(head) is not None
        blocks += [TextBlock(BlockKind.ITEM if is_list else BlockKind.PARAGRAPH, line, table.page) for line in lines]
    return blocks
