"""The model of a document, whatever its format: blocks of text in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto


class BlockKind(StrEnum):
    """The kinds of blocks.

    ITEM is an item of a list, PICTURE the alternative text of a picture.
    """

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    TABLE = auto()
    PICTURE = auto()


@dataclass(frozen=True)
class TextBlock:
    """A block of a document.

    Attributes:
        kind: what it is.
        text: its text in one line; empty for a table.
        page: the page where it begins, counted from 1, or None where the document has no pages.
        level: the level of a heading, from 1.
        marker: the bullet or number of an item.
        rows: the rows of a table; a cell has a line for each of its paragraphs and items.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class PlanDocument:
    """A document that has been read.

    Attributes:
        blocks: its blocks, in reading order, without running headers and footers.
        title: its title, as its first page or its properties have it; empty if there is none.
        pages: the number of its pages, or 0 if it has none.
        scanned: the numbers of the pages that are pictures without text.
    """

    blocks: Sequence[TextBlock] = field(default_factory=tuple)
    title: str = ""
    pages: int = 0
    scanned: Sequence[int] = ()
