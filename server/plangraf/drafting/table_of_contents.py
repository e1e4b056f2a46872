"""Tables of contents, which repeat the headings and are no part of the text."""

import re
from collections.abc import Iterator, Sequence

from plangraf.drafting.document import BlockKind, TextBlock
from plangraf.drafting.words import is_contents, plain_words

PAGE_MARK = " … "
"""Stands between an entry and its page, where they are apart in the document."""
_ENTRY = re.compile(r".*?(?:(?:\.\s?){3,}|(?:…\s*)+|(?:_\s?){3,})\s*\d{1,3}")
_PAGE = re.compile(r"[\s….]*\d{1,3}$")
_PAGED = re.compile(r".{2,150}\D\d{1,3}")


def is_entry(text: str) -> bool:
    """Return whether a line is an entry with its page."""
    return bool(_ENTRY.fullmatch(text))


def without_contents(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Yield the blocks that are in no table of contents.

    Below the heading of one, these are items, what ends in a number, and what is a heading of the document;
    elsewhere, lines with leaders.
    """
    headings = {plain_words(block.text) for block in blocks if block.kind is BlockKind.HEADING}
    inside = False
    for block in blocks:
        if block.kind is BlockKind.HEADING and is_contents(block.text):
            inside = True
            continue
        if is_entry(block.text):
            continue
        if inside:
            named = plain_words(_PAGE.sub("", block.text)) in headings
            is_entry_here = named or _PAGED.fullmatch(block.text) is not None
            if block.kind is BlockKind.ITEM or (is_entry_here and block.kind is BlockKind.PARAGRAPH):
                continue
            inside = False
        yield block
