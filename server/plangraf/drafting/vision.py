"""The vision of a plan: a sentence or two below its heading, or behind it."""

import re
from collections.abc import Iterable

from plangraf.drafting.document import BlockKind, TextBlock
from plangraf.drafting.labels import label
from plangraf.drafting.words import section_kind

_LONGEST = 250
_MOST_SENTENCES = 2
_SENTENCES = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ«\"])")
_BEHIND = re.compile(r".*?visjon\w*[^:–—]{0,60}(?::|\s[–—-]|\ser(?=\s+[«“\"]))\s+(?P<text>\S.*)", re.IGNORECASE)
_QUOTES = "«»“”\"'"


def vision_below(heading: str, blocks: Iterable[TextBlock]) -> str:
    """Return the words of the vision, or an empty text where more stands there than a short paragraph.

    Args:
        heading: the heading or the line that announces it, such as “Visjon” or “Visjon: Sammen om fjorden”.
        blocks: the blocks below it.
    """
    behind = _BEHIND.fullmatch(heading)
    if behind is not None:
        return _short(behind["text"])
    texts: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.PICTURE:
            continue
        if block.kind is BlockKind.HEADING or label(block.text) is not None or section_kind(block.text) is not None:
            break
        if block.kind is not BlockKind.PARAGRAPH or texts:
            return ""
        texts.append(block.text)
    return _short(texts[0]) if texts else ""


def _short(text: str) -> str:
    if len(text) > _LONGEST or len(_SENTENCES.findall(text)) >= _MOST_SENTENCES:
        return ""
    inner = text.strip(_QUOTES)
    return inner if text[:1] in _QUOTES and text[-1:] in _QUOTES and not set(inner) & set(_QUOTES) else text
