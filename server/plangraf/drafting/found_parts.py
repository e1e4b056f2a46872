"""The parts that a recognition has found so far, each once."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.drafting.finds import FoundKind, FoundLink, FoundPart, SourcePlace
from plangraf.drafting.sdg_mentions import mentions
from plangraf.drafting.words import plain_words

_GOALS = (FoundKind.GOAL, FoundKind.AREA)


@dataclass(frozen=True)
class _Remark:
    """A text that may name SDGs, or the SDGs that it names."""

    thing: FoundPart | None
    text: str
    place: SourcePlace
    codes: tuple[str, ...] | None = None


class FoundParts:
    """Parts and links, in the order of the document."""

    def __init__(self) -> None:
        self._parts: list[FoundPart] = []
        self._named: dict[tuple[FoundKind, str], list[FoundPart]] = {}
        self._remarks: list[_Remark] = []

    @property
    def all(self) -> list[FoundPart]:
        """The parts."""
        return self._parts

    def add(self, part: FoundPart) -> FoundPart:
        """Add a part, and return it, or the one with the same number and words that was found before.

        A goal that is named in an overview and has a heading of its own later has its place there.
        """
        namesakes = self._named.setdefault((part.kind, plain_words(part.name)), [])
        known = next((each for each in namesakes if _is_same(each, part)), None)
        if known is None:
            self._parts.append(part)
            namesakes.append(part)
            return part
        if part.is_heading and not known.is_heading:
            known.place, known.is_heading = part.place, True
        known.number = known.number or part.number
        known.level = known.level or part.level
        known.above = known.above or (part.above if part.above is not known else None)
        for key, text in part.cells.items():
            known.cells.setdefault(key, text)
        return known

    def with_number(self, number: str) -> FoundPart | None:
        """Return the goal with a number, or else the focus area with it, or None."""
        for kind in _GOALS:
            found = next((each for each in self._parts if each.kind is kind and each.number == number), None)
            if found is not None:
                return found
        return None

    def link(self, thing: FoundPart | None, codes: Iterable[str], quote: str, place: SourcePlace) -> None:
        """Add links to SDGs that a text names."""
        self._remarks.append(_Remark(thing, quote, place, tuple(codes)))

    def mention(self, thing: FoundPart | None, text: str, place: SourcePlace) -> None:
        """Look for SDGs in a text, once all goals are known."""
        self._remarks.append(_Remark(thing, text, place))

    def links(self) -> list[FoundLink]:
        """Return the links, each once for a thing."""
        own = {part.number for part in self._parts if part.kind is FoundKind.GOAL and part.number}
        found: dict[tuple[int, str], FoundLink] = {}
        for remark in self._remarks:
            named = (
                [(code, remark.text) for code in remark.codes]
                if remark.codes is not None
                else [(each.code, each.sentence) for each in mentions(remark.text, own)]
            )
            for code, quote in named:
                thing = remark.thing
                found.setdefault((id(thing) if thing else 0, code), FoundLink(thing, code, quote, remark.place))
        return [*found.values()]


def _is_same(known: FoundPart, part: FoundPart) -> bool:
    """Return whether two parts of one kind with the same words are one."""
    if known.kind in _GOALS:
        return known.number == part.number or not (known.number and part.number)
    if known.number and part.number and known.number != part.number:
        return False
    if known.kind is FoundKind.INDICATOR and (part.above is None or known.above is None):
        return True
    return known.above is part.above
