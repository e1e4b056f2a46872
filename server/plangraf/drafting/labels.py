"""The labels of goals, strategies and so on, such as “Delmål 1.2:”, and numbers before their texts."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

_NUMBER = r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|(?<=\s)(?-i:[A-Z])(?=[\s:.)–—-]|$))"
_REST = r"(?:\s*[:.)–—-]+\s*|\s+|$)(?P<rest>.*)"
_GOAL = re.compile(
    rf"(?P<word>(?:hoved|hovud|samfunns|del|under|effekt|innsats)?mål|målsetting|hovedmålsetting)"
    rf"\s*(?:nr\.?\s*)?{_NUMBER}{_REST}",
    re.IGNORECASE,
)
_NAMED_GOAL = re.compile(
    r"(?P<word>(?:hoved|hovud|samfunns|del)?mål(?:setting)?)\s*[:–—]\s*(?P<rest>\S.*)", re.IGNORECASE
)
_AREA = re.compile(rf"(?P<word>(?:satsings|innsats|fokus)område)\s*(?:nr\.?\s*)?{_NUMBER}{_REST}", re.IGNORECASE)
_NAMED_AREA = re.compile(r"(?P<word>(?:satsings|innsats|fokus)område)\s*[:–—]\s*(?P<rest>\S.*)", re.IGNORECASE)
_STRATEGY = re.compile(rf"(?P<word>strategi)\s*(?:nr\.?\s*)?{_NUMBER}{_REST}", re.IGNORECASE)
_HEADED_AREA = re.compile(r"(?P<word>(?i:satsings|innsats|fokus)(?i:område))\s+(?P<rest>[A-ZÆØÅ«].{1,80})")
_NAMED_STRATEGY = re.compile(r"(?P<word>strategi)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)
_NAMED_MEASURE = re.compile(r"(?P<word>tiltak)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)
_NAMED_INDICATOR = re.compile(r"(?P<word>indikator)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)
_MEASURE = re.compile(rf"(?P<word>tiltak)\s*(?:nr\.?\s*)?{_NUMBER}{_REST}", re.IGNORECASE)
_INDICATOR = re.compile(rf"(?P<word>indikator)\s*(?:nr\.?\s*)?{_NUMBER}{_REST}", re.IGNORECASE)
_CHAPTER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d])")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]|\s*:)?\s+(?P<rest>[^\W\d«\"].*)", re.DOTALL)


class LabelKind(StrEnum):
    """The kinds of things that a label introduces."""

    AREA = auto()
    GOAL = auto()
    STRATEGY = auto()
    MEASURE = auto()
    INDICATOR = auto()


@dataclass(frozen=True)
class Label:
    """A label, and what follows it.

    Attributes:
        kind: what it introduces.
        word: its word in small letters, such as “delmål”.
        number: its number; empty if it has none.
        rest: the text after it; empty where that is in the next block.
    """

    kind: LabelKind
    word: str
    number: str
    rest: str


def label(text: str) -> Label | None:
    """Return the label at the beginning of a text, which may have the number of a chapter before it, or None."""
    for start in (text, _CHAPTER.sub("", text, count=1)):
        for kind, patterns in (
            (LabelKind.AREA, (_AREA, _NAMED_AREA)),
            (LabelKind.GOAL, (_GOAL, _NAMED_GOAL)),
            (LabelKind.STRATEGY, (_STRATEGY, _NAMED_STRATEGY)),
            (LabelKind.MEASURE, (_MEASURE, _NAMED_MEASURE)),
            (LabelKind.INDICATOR, (_INDICATOR, _NAMED_INDICATOR)),
        ):
            for pattern in patterns:
                found = pattern.fullmatch(start)
                if found is not None and ("number" not in found.re.groupindex or not _goes_on(found["rest"])):
                    groups = found.groupdict()
                    return Label(kind, found["word"].lower(), groups.get("number") or "", found["rest"].strip())
    return None


def goal_label(text: str) -> Label | None:
    """Return the label of a goal or a focus area at the beginning of a text, or None."""
    found = label(text)
    return found if found is not None and found.kind in (LabelKind.GOAL, LabelKind.AREA) else None


def named_area(text: str) -> Label | None:
    """Return the label of a heading such as “Satsingsområde Nye arbeidsplasser”, or None."""
    found = _HEADED_AREA.fullmatch(_CHAPTER.sub("", text, count=1))
    return Label(LabelKind.AREA, found["word"].lower(), "", found["rest"]) if found is not None else None


def numbered(text: str) -> tuple[str, str]:
    """Return the number at the beginning of a text, such as “1.2”, or an empty text, and the rest."""
    found = _NUMBERED.fullmatch(text)
    return (found["number"], found["rest"]) if found is not None else ("", text)


def _goes_on(rest: str) -> bool:
    """Return whether the text after a label makes it a part of a sentence: “Mål 1 og 2 følges opp”."""
    return bool(rest) and (rest[0].islower() or rest[0] in ",;")
