"""The place of a thing in a list: its order, then its notation."""

import re
from functools import lru_cache

Place = tuple[int, tuple[tuple[int, str], ...]]
"""A sort key; a thing without an order comes after those with one, and one without a notation likewise."""

NOWHERE: Place = (1 << 62, ((1 << 62, ""),))
"""The place of a thing that has neither an order nor a notation."""

_ORDER = re.compile(r"[+-]?[0-9]{1,18}")
_PIECES = re.compile(r"[0-9]{1,18}|[^\W0-9_]+")
_TEXT = 1 << 61


@lru_cache(4096)
def place_among_siblings(order: str | None, notation: str | None) -> Place:
    """Return the sort key of a thing: by `plan:order`, then by `skos:notation` in natural order.

    In natural order 1.2 is before 1.10, A2 before A10, and 2 before 2a. Text that is no number does not count as an
    order, and a notation without letters and digits not as a notation.

    Args:
        order: the value of `plan:order`, or None.
        notation: the value of `skos:notation`, or None.
    """
    first = int(order) if order is not None and _ORDER.fullmatch(order) else NOWHERE[0]
    pieces = _PIECES.findall(notation or "")
    return first, tuple(
        (int(piece), "") if piece[0].isdecimal() else (_TEXT, piece.casefold()) for piece in pieces
    ) or NOWHERE[1]
