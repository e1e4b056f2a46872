"""Edits of a text that leave the rest of it as it is."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.migration.turtle_layout import UnknownLayout
from plangraf.migration.turtle_tokens import Span, TurtleToken

_BLANK_LINE_END = re.compile(r"[ \t]*(\r\n|\n|\r|\Z)")
_LINE_END = re.compile(r"[ \t]*(#[^\r\n]*)?(?=\r\n|\n|\r|\Z)")


@dataclass(frozen=True)
class _Edit:
    """The replacement of a range of the text."""

    start: int
    end: int
    text: str


class Edits:
    """Edits of a Turtle text, gathered and then made at once.

    Args:
        text: the text.
        comments: its comments, which no edit removes.
    """

    def __init__(self, text: str, comments: Sequence[TurtleToken]) -> None:
        self.text = text
        self._comments = comments
        self._comment_starts = [comment.start for comment in comments]
        self._edits: list[_Edit] = []
        self._line_break = "\r\n" if "\r\n" in text else "\n"

    def replace(self, span: Span, text: str) -> None:
        """Replace a range."""
        self._edits.append(_Edit(span.start, span.end, text))

    def remove(self, start: int, end: int) -> None:
        """Remove a range but for the comments in it, and its line too if nothing else stands there."""
        comments = [comment.text for comment in self._within(start, end)]
        if comments:
            indentation = self.indentation(start) or ""
            kept = "".join(f"{comment}{self._line_break}{indentation}" for comment in comments)
            before = "" if self.indentation(start) is not None else " "
            self._edits.append(_Edit(start, end, before + kept))
            return
        line_start = self._line_start(start)
        blank = _BLANK_LINE_END.match(self.text, end)
        if blank and not self.text[line_start:start].strip():
            start, end = line_start, blank.end()
        elif self.text[start - 1 : start].isspace():
            while self.text[end : end + 1] in (" ", "\t"):
                end += 1
        self._edits.append(_Edit(start, end, ""))

    def insert(self, offset: int, text: str) -> None:
        """Insert a text."""
        self._edits.append(_Edit(offset, offset, text))

    def insert_line(self, offset: int, text: str, indentation: str) -> None:
        """Insert a line below that of `offset`; if that goes on behind `offset`, insert the text there."""
        end = _LINE_END.match(self.text, offset)
        if end:
            self.insert(end.end(), f"{self._line_break}{indentation}{text}")
        else:
            self.insert(offset, f" {text}")

    def line_ends(self, offset: int) -> bool:
        """Return whether nothing but a comment stands behind `offset` on its line."""
        return _LINE_END.match(self.text, offset) is not None

    def indentation(self, offset: int) -> str | None:
        """Return the white space before `offset` if nothing else stands there on its line, or None."""
        before = self.text[self._line_start(offset) : offset]
        return None if before.strip() else before

    def has_comment(self, start: int, end: int) -> bool:
        """Return whether a comment stands in a range."""
        return bool(self._within(start, end))

    @property
    def line_break(self) -> str:
        """The line break of the text."""
        return self._line_break

    def made(self) -> str:
        """Return the text with the edits.

        Raises:
            UnknownLayout: two of them overlap.
        """
        parts = []
        at = 0
        for edit in sorted(self._edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < at:
                raise UnknownLayout("two edits overlap")
            parts += [self.text[at : edit.start], edit.text]
            at = edit.end
        return "".join([*parts, self.text[at:]])

    def _within(self, start: int, end: int) -> Sequence[TurtleToken]:
        return self._comments[bisect_left(self._comment_starts, start) : bisect_left(self._comment_starts, end)]

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
