"""The facts on the cover of a plan about the plan itself: its title, its period and its adoption."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plangraf.drafting.document import BlockKind, PlanDocument, TextBlock
from plangraf.drafting.finds import FoundAdoption, SourcePlace, WrittenPeriod
from plangraf.drafting.words import plain_words

_YEARS = r"(?<![\d/.-])(?P<start>(?:19|20)\d\d)\s*(?:[-\u2010-\u2015]|til)\s*(?P<end>(?:19|20)\d\d)(?![\d/.-]*\d)"
_PERIOD = re.compile(_YEARS)
_MUNICIPALITY = r"(?:[A-ZÆØÅ][\w-]+\s+){1,2}(?:fylkes)?kommunes?"
_PLAN_WORD = (
    r"(?i:kommuneplan\w*|samfunnsplan\w*|samfunnsdel\w*|planen|plan|planperiode\w*|periode\w*"
    r"|sin|for|av|i|til|åra|årene|gjelder|gjeld)"
)
_PLAN_WORDS = rf"(?:(?:{_MUNICIPALITY}|{_PLAN_WORD})[\s:,–—-]+)*"
_PERIOD_ALONE = re.compile(rf"{_PLAN_WORDS}{_YEARS}")
"""A period with nothing before it but names of the plan and of its municipality."""
_AFTER_NAME = re.compile(rf"{_PLAN_WORDS}(?:{_YEARS})?[\s,:–—-]*")
_LONGEST_PERIOD = 50
_MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_DATE = (
    r"(?:den\s+)?(?:(?:(?P<day>\d{1,2})\.?\s*)?(?P<name>" + "|".join(_MONTHS) + r")\s+(?P<year>(?:19|20)\d\d)"
    r"|(?P<day2>\d{1,2})\.\s?(?P<month2>\d{1,2})\.\s?(?P<year2>(?:19|20)\d\d)"
    r"|(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d))(?!\d)"
)
_BODY = r"(?:(?:\w+\s+)?(?:kommunestyre|bystyre|heradsstyre|fylkesting|kommunesty)\w*)"
_CASE = r"(?:,?\s*\(?(?:i\s+)?(?:\w+)?sak(?:\s*nr)?\.?:?\s*(?:[A-Z]{1,3}[\s-]?)?(?P<case%s>\d{1,4}/\d{2,4})\)?)?"
_ADOPTED = r"(?:endelig\s+|endeleg\s+)?(?:vedtatt|vedteken|vedteke)"
_SUBJECT = (
    r"(?:(?:denne\s+)?planen|samfunnsdelen|denne\s+samfunnsdelen|kommuneplanens\s+samfunnsdel"
    r"|samfunnsdelen\s+(?:av|i)\s+kommuneplanen)\s+(?:er|ble|blei|vart)\s+"
)
_ADOPTION = re.compile(
    rf"(?P<subject>{_SUBJECT})?{_ADOPTED}\s*:?\s+"
    rf"(?:(?:av|i)\s+{_BODY}{_CASE % 1}\s*[,:]?\s*(?:i\s+møte\s+)?{_DATE}{_CASE % 2}"
    rf"|{_DATE.replace('>', '_b>')}\s+(?:av|i)\s+{_BODY}{_CASE % 3})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=(?:[^\d\s][^\d\s]|\d\d)[.!?])\s+(?=[A-ZÆØÅ])")
_LONGEST_COVER = 30
_HEADINGS_OF_COVER = 3


def cover_of(document: PlanDocument) -> Sequence[TextBlock]:
    """Return the blocks before the third heading, at most 30."""
    found: list[TextBlock] = []
    headings = 0
    for block in document.blocks[:_LONGEST_COVER]:
        headings += block.kind is BlockKind.HEADING
        if headings >= _HEADINGS_OF_COVER:
            break
        found.append(block)
    return found


def written_period(document: PlanDocument) -> WrittenPeriod | None:
    """Return the period in the title, or that which the cover states alone; “mot 2040” is none."""
    found = _periods(_PERIOD.finditer(document.title))
    if not found:
        sentences = (each for block in cover_of(document) for each in _SENTENCE_END.split(block.text))
        alone = (_PERIOD_ALONE.fullmatch(re.split(r"[,.;]", each.strip(), maxsplit=1)[0]) for each in sentences)
        found = _periods(each for each in alone if each is not None)
    return found[0] if len({(each.start, each.end) for each in found}) == 1 else None


def name_of(title: str, period: WrittenPeriod | None) -> str:
    """Return a title without the period."""
    if period is None:
        return title
    return " ".join(title.replace(period.text, " ").split()).strip(" ,:;()–—-") or title


def written_adoption(document: PlanDocument) -> FoundAdoption | None:
    """Return the adoption that the cover or the text states of the plan, and None if they state several days.

    In running text, the sentence must be about the plan itself: others are adopted too.
    """
    on_cover = [*_adoptions(cover_of(document), is_cover=True)]
    found = on_cover or [*_adoptions(document.blocks, is_cover=False)]
    return found[0] if len({each.date for each in found}) == 1 else None


def is_on_cover(heading: str, document: PlanDocument) -> bool:
    """Return whether a heading is that of the cover: the title or a part of it, its period or its adoption."""
    words = plain_words(heading)
    if not any(block.kind is BlockKind.HEADING and block.text == heading for block in cover_of(document)):
        return False
    title = plain_words(document.title)
    if words == title or (title and f" {words} " in f" {title} " and len(words) * 3 >= len(title)):
        return True
    adopted = _ADOPTION.match(heading.strip())
    return _PERIOD_ALONE.fullmatch(heading.strip(" .")) is not None or adopted is not None


def _periods(found: Iterable[re.Match[str]]) -> list[WrittenPeriod]:
    return [
        WrittenPeriod(_PERIOD.search(each[0])[0], each["start"], each["end"])  # type: ignore[index]  # it has matched
        for each in found
        if 0 < int(each["end"]) - int(each["start"]) <= _LONGEST_PERIOD
    ]


def _adoptions(blocks: Sequence[TextBlock], *, is_cover: bool) -> Iterator[FoundAdoption]:
    above: tuple[str, ...] = ()
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            continue
        for sentence in _SENTENCE_END.split(block.text):
            words = sentence.strip()
            name = _AFTER_NAME.match(words) if is_cover else None
            found = _ADOPTION.match(words[name.end() :] if name is not None else words) or _ADOPTION.match(words)
            if found is None or not (is_cover or found["subject"]):
                continue
            day = _date(found)
            if day:
                case = next((found[f"case{number}"] for number in (1, 2, 3) if found[f"case{number}"]), "")
                yield FoundAdoption(found[0].strip(), day, case, SourcePlace(block.page, above))
        if block.kind is BlockKind.HEADING:
            above = (block.text,)


def _date(found: re.Match[str]) -> str:
    """Return the day or the month in the form of ISO 8601, or an empty text if there is no such day."""
    for end in ("", "_b"):
        if found[f"name{end}"]:
            month = _MONTHS.index(found[f"name{end}"].lower()) + 1
            return _checked(found[f"year{end}"], month, int(found[f"day{end}"] or 0))
        for number in ("2", "3"):
            if found[f"year{number}{end}"]:
                month, day = int(found[f"month{number}{end}"]), int(found[f"day{number}{end}"])
                return _checked(found[f"year{number}{end}"], month, day)
    return ""


def _checked(year: str, month: int, day: int) -> str:
    if not day:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""
