"""Mentions of SDGs, targets and indicators by their numbers, as people write them: SDG 11, delmål 11.6, 11.6.1."""

import re
from dataclasses import dataclass

_GOAL = "sdg-goal"
_TARGET = "sdg-target"
_INDICATOR = "sdg-indicator"
_WORDS: dict[str, tuple[str, ...]] = {
    "": (
        *("sdgs?", "fns? (?:sitt |sine )?b(?:æ|ae|e)rekrafts?mål", "b(?:æ|ae|e)rekrafts?mål(?:et|a|ene)?"),
        *("un sdgs?", "un goal", "sustainable development goals?", "global goals?", "fn[- ]?mål(?:et)?"),
    ),
    _GOAL: ("hovedmål(?:et)?", "hovudmål(?:et)?", "mål(?:et)?", "goals?"),
    _TARGET: ("delmål(?:et|a|ene)?", "targets?", "sdg targets?", "undermål(?:et)?", "b(?:æ|ae|e)rekrafts?delmål"),
    _INDICATOR: ("indikator(?:en)?", "indicators?", "sdg indikator", "sdg indicators?"),
}
_NUMBER = r"(?P<goal>[1-9]|1[0-7])(?:\s?[.,]\s?(?P<target>[1-9]\d?|[a-d])(?:\s?[.]\s?(?P<indicator>\d))?)?"
_UN = ("sdg", "fn", "un ")
_BETWEEN = r"[\s:#.-]*(?:nr\.?|nummer|number|no\.?)?\s*"
_MENTIONS = tuple(
    (kind, re.compile(rf"(?:fns?[ -]|un |sdg )?(?:{word}){_BETWEEN}{_NUMBER}(?P<rest>(?!\w).*)"))
    for kind, every in _WORDS.items()
    for word in every
)
_BARE = re.compile(rf"(?P<rest>)(?:un |fn )?{_NUMBER}[.]?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Mention:
    """A mention of an SDG, a target or an indicator.

    Attributes:
        number: the number, such as 11, 11.6 or 11.6.1.
        kind: what has it: the key of a kind of thing.
        named: whether words say that it is the number of an SDG, or of its target or indicator.
        rest: what follows the number, such as the name of the SDG.
    """

    number: str
    kind: str
    named: bool
    rest: str = ""


def find_mention(text: str) -> Mention | None:
    """Return the SDG, target or indicator that a text names by its number, or None."""
    plain = _SPACES.sub(" ", text.casefold().strip())
    for kind, pattern in _MENTIONS:
        found = pattern.fullmatch(plain)
        if found is not None:
            parts = [found["goal"], found["target"], found["indicator"]]
            numbered = _of(parts)
            # "mål 11" may be the goal of a plan; "indikator 3" has too few parts for an indicator of the SDGs.
            named = kind == "" or (kind == numbered and kind != _GOAL) or plain.startswith(_UN)
            return Mention(_joined(parts), numbered, named, found["rest"].strip(" .:,;–—-"))
    found = _BARE.fullmatch(plain)
    if found is None:
        return None
    parts = [found["goal"], found["target"], found["indicator"]]
    return Mention(_joined(parts), _of(parts), named=False)


def _of(parts: list[str | None]) -> str:
    return (_GOAL, _TARGET, _INDICATOR)[sum(part is not None for part in parts) - 1]


def _joined(parts: list[str | None]) -> str:
    return ".".join(part for part in parts if part is not None)
