"""Lines of text with their places on a page, as a PDF has them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class PageBox:
    """A rectangle on a page, in points; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The y of the middle."""
        return (self.top + self.bottom) / 2

    def joined(self, other: "PageBox") -> "PageBox":
        """Return the smallest box around this one and another."""
        return PageBox(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def beside(self, other: "PageBox") -> bool:
        """Return whether the two share a height on the page."""
        return min(self.top, other.top) > max(self.bottom, other.bottom)

    def contains(self, other: "PageBox", margin: float = 0) -> bool:
        """Return whether the middle of another box lies within this one."""
        x = (other.left + other.right) / 2
        return self.left - margin <= x <= self.right + margin and (
            self.bottom - margin <= other.middle <= self.top + margin
        )


def is_divided(before: PageBox, after: PageBox, upright: Sequence[PageBox]) -> bool:
    """Return whether a vertical rule stands between two boxes on one line."""
    return any(
        before.right - 1 <= rule.left <= after.left + 1 and rule.bottom <= before.middle <= rule.top
        for rule in upright
    )


@dataclass(frozen=True)
class TextLine:
    """A piece of text on one baseline, without wide gaps.

    Attributes:
        page: the number of the page, from 1.
        box: its place; its height is that of the font.
        base: the y of the baseline.
        size: the size of the font, in points.
        bold: whether most of it is bold.
        text: the text.
        marker: the bullet or number of a list before it.
        joined: the pieces that it is joined from, where the file has no space between them; empty for one piece.
    """

    page: int
    box: PageBox
    base: float
    size: float
    bold: bool
    text: str
    marker: str = ""
    joined: tuple["TextLine", ...] = ()

    @property
    def pieces(self) -> tuple["TextLine", ...]:
        """The pieces that it is joined from, or itself."""
        return self.joined or (self,)

    def after(self, other: "TextLine") -> "TextLine":
        """Return this line as the continuation, on its baseline, of another."""
        longer = self if len(self.text) >= len(other.text) else other
        return replace(
            other,
            box=other.box.joined(self.box),
            size=longer.size,
            bold=longer.bold,
            text=f"{other.text} {self.text}".strip(),
            joined=(*other.pieces, *self.pieces),
        )


@dataclass(frozen=True)
class Picture:
    """A picture with an alternative text.

    Attributes:
        box: its place, or None if it is not known.
        text: the alternative text.
    """

    box: PageBox | None
    text: str


@dataclass(frozen=True)
class PdfPage:
    """A page of a PDF.

    Attributes:
        number: its number, from 1.
        box: its edges.
        lines: the lines of its text.
        pictures: the pictures with alternative texts.
        rules: the thin horizontal and vertical lines, such as those of tables.
        is_scanned: whether it is a picture without text.
    """

    number: int
    box: PageBox
    lines: Sequence[TextLine]
    pictures: Sequence[Picture] = ()
    rules: Sequence[PageBox] = ()
    is_scanned: bool = False
