"""The words by which Norwegian plans announce goals, strategies and so on, in bokmål and nynorsk."""

import re
from enum import StrEnum, auto
from functools import lru_cache


class SectionKind(StrEnum):
    """The kinds of content that a heading, an introducing line or the head of a column announces.

    OTHER is a list that has its own introduction, which says nothing of a plan.
    """

    AREAS = auto()
    GOALS = auto()
    SUB_GOALS = auto()
    STRATEGIES = auto()
    MEASURES = auto()
    CONTRIBUTIONS = auto()
    INDICATORS = auto()
    SDGS = auto()
    VISION = auto()
    CHALLENGES = auto()
    STRENGTHS = auto()
    OTHER = auto()


_OURS = r"(?:(?:våre|våra|kommunens|kommunen sine|overordnede|overordna|langsiktige|prioriterte)\s+)?"
_COUNT = r"(?:(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti)\s+)?"
_FOR = r"(?:\s+(?:for|til|under|knyttet til|knytt til|innen|innenfor|innanfor)\s+.{1,80})?"
_WHO = r"(?:vi|me|kommunen|\w+ kommune|fylkeskommunen|kommunen og \w+)"
_YOU = (
    r"(?:du|de|dere|dykk|dokker|alle|vi|andre|innbyggerne|innbyggarane|næringslivet|frivilligheten|frivilligheita"
    r"|organisasjoner|organisasjonar|bedrifter|bedriftene|verksemder|verksemdene|du og \w+)"
)
_ALSO = r"(?:\s+(?:også|óg|òg|derfor|difor|blant annet|mellom anna))?"
_PATTERNS = {
    SectionKind.AREAS: (rf"{_OURS}{_COUNT}(?:satsings|innsats|fokus)områd(?:e|er|ene|a)(?:\s+i\s+planen)?",),
    SectionKind.SUB_GOALS: (rf"{_OURS}delmål(?:ene|a|et)?{_FOR}",),
    SectionKind.GOALS: (
        rf"{_OURS}{_COUNT}(?:hoved|hovud|samfunns|innsats|effekt)?mål(?:ene|a|et)?{_FOR}",
        rf"{_OURS}(?:hoved|hovud|samfunns)?målsetting(?:er|ar|ene|ane)?{_FOR}",
        r"(?:dette|her|dit) (?:vil|skal) vi(?: oppnå| nå)?",
    ),
    SectionKind.STRATEGIES: (
        rf"{_OURS}strateg(?:i|ier|iar|iene|iane|ien)(?:er)?{_FOR}",
        r"slik (?:gjør|gjer) (?:vi|me|kommunen) det",
        rf"slik (?:skal|vil) {_WHO} (?:gjøre|gjere|få til|oppnå) det(?:te)?",
        rf"slik (?:arbeider|jobber|jobbar) {_WHO}(?: med .{{1,60}}| for å nå målet)?",
        rf"slik (?:når|skal) {_WHO}(?: nå)? (?:mål(?:et|ene|a)|delmål(?:et|ene|a))",
        r"slik (?:kommer|kjem) (?:vi|me) (?:dit|i mål)",
        rf"dette (?:gjør|gjer) {_WHO}{_ALSO}",
        rf"dette (?:skal|vil) {_WHO} (?:gjøre|gjere)",
        rf"(?:hva|kva) (?:skal|vil|gjør|gjer) {_WHO}(?: (?:gjøre|gjere))?",
        rf"(?:hvordan|korleis) skal {_WHO} (?:nå|oppnå) .{{1,60}}",
        rf"{_WHO} (?:skal|vil){_ALSO}",
        rf"for å (?:nå|oppnå|få til|lykkes|lukkast) .{{0,60}}?(?:skal|vil) {_WHO}{_ALSO}",
        r"for å (?:nå|oppnå|få til) .{1,60}",
        rf"derfor (?:skal|vil) {_WHO}|difor (?:skal|vil) {_WHO}",
    ),
    SectionKind.MEASURES: (rf"{_OURS}tiltak(?:a|ene|et)?{_FOR}", r"(?:dette|disse|desse) tiltaka?(?:ne|ene)?"),
    SectionKind.CONTRIBUTIONS: (
        rf"(?:dette|her) kan {_YOU} (?:gjøre|gjere|bidra med|bidra|hjelpe til med)(?: .{{1,40}})?",
        rf"slik kan {_YOU} (?:bidra|hjelpe|hjelpa|hjelpe til|delta|være med|vere med|medverke|ta del)(?: .{{1,40}})?",
        rf"(?:hva|kva) kan {_YOU} (?:gjøre|gjere|bidra med)(?: .{{1,40}})?",
        rf"(?:hvordan|korleis) kan {_YOU} (?:bidra|hjelpe|delta|medverke)(?: .{{1,40}})?",
        rf"{_OURS}bidrag(?:ene|a|et)?{_FOR}",
        r"(?:ditt|dine) bidrag",
        r"du kan(?: bidra(?: med)?)?",
    ),
    SectionKind.INDICATORS: (
        rf"{_OURS}(?:måle|styrings|resultat|nøkkel)?indikator(?:er|ar|ene|ane|en)?{_FOR}",
        r"mål\s?/\s?(?:måle)?indikator(?:er|ar)?|(?:måle)?indikator(?:er|ar)?\s?/\s?mål(?:epunkt)?",
        r"slik (?:måler|mäler|skal) (?:vi|me)(?: måle)?(?: det| framgang| framdrift| mål(?:et|a|ene)| resultat\w*)?",
        r"dette (?:måler|skal) (?:vi|me)(?: måle)?",
    ),
    SectionKind.SDGS: (
        rf"{_OURS}(?:relevante |aktuelle |viktigste )?(?:fns? (?:sine )?)?(?:bærekrafts|berekrafts)mål(?:ene|a)?"
        rf"(?: (?:til|i) fn)?{_FOR}",
        r"(?:bidrar til |støtter |knyttet til )?(?:fns? )?(?:bærekrafts|berekrafts)mål(?:ene|a)?",
        r"sdg(?:er|s|-er)?",
    ),
    SectionKind.VISION: (
        r"(?:dette er )?(?:vår |(?:[\w-]+ ){0,2}kommun(?:e|en|a)s? (?:sin )?)?visjon(?:en)?(?: vår| til kommunen)?"
        r"(?: for .{1,60}| er [«“\"].{1,80})?",
    ),
    SectionKind.CHALLENGES: (
        rf"{_OURS}(?:viktige |viktigaste |viktigste |største )?(?:hoved|hovud)?utfordring(?:er|ar|ene|ane)?"
        rf"(?: våre| våra)?(?: i .{{1,60}})?{_FOR}",
    ),
    SectionKind.STRENGTHS: (rf"{_OURS}styrk(?:er|ar|ene|ane)(?: våre| våra)?(?: i .{{1,60}})?{_FOR}",),
}
_COMPILED = {kind: [re.compile(pattern) for pattern in patterns] for kind, patterns in _PATTERNS.items()}
_CHAPTER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
_TAIL = re.compile(r"\s*(?::|\s[–—-])\s.*$|\s*\(.*\)$")
_LONGEST = 120
_SENTENCE = 30
"""The number of characters from which on a text that ends in a full stop is a sentence, and no heading."""
_CONTENTS = re.compile(r"innhold(?:sfortegnelse|soversikt)?|innhald(?:sliste|soversyn|s?forteikning)?|contents")


@lru_cache(maxsize=4096)
def section_kind(text: str) -> SectionKind | None:
    """Return the kind of content that a heading or an introducing line announces, or None.

    The number of a chapter before it, a colon behind it and what follows a colon or a dash do not matter:
    “2.1 Strategier – hva kommunen skal gjøre”.
    """
    if len(text) > _LONGEST or (text.endswith(".") and len(text) > _SENTENCE):
        return None
    plain = plain_words(_CHAPTER.sub("", text))
    for candidate in (plain, plain_words(_TAIL.sub("", plain))):
        for kind, patterns in _COMPILED.items():
            if any(pattern.fullmatch(candidate) for pattern in patterns):
                return kind
    return None


def plain_words(text: str) -> str:
    """Return a text in small letters, without what stands around its words."""
    return " ".join(text.casefold().split()).strip(" :.?!…–—-*")


def is_contents(text: str) -> bool:
    """Return whether a heading is that of a table of contents."""
    return bool(_CONTENTS.fullmatch(plain_words(_CHAPTER.sub("", text))))
