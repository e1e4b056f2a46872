"""Judgements of links: what somebody has accepted or refused, as it stands in a file."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from plangraf.matching.judgement_columns import USUAL, ColumnChoice, JudgementColumns
from plangraf.matching.judgement_table import JudgementRow, JudgementTable
from plangraf.matching.linkables import LINK_PROPERTIES, LinkableKind, Linkables
from plangraf.matching.sssom_metadata import read_metadata
from plangraf.namespaces import ID, PREFIXES, SDG, compact, expand

MANUAL = expand("semapv:ManualMappingCuration")
NO_TERM_FOUND = expand("sssom:NoTermFound")
_MODIFIER = "predicate_modifier"
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.I)
_SDG_CODE = re.compile(r"(?:sdg\s*)?(\d{1,2}(?:\.[0-9a-z]{1,2})?)", re.I)
_CONFIDENCE = re.compile(r"0(\.\d+)?|1(\.0+)?")
_DAY = len("2026-11-26")


class Verdict(StrEnum):
    """Whether a link was accepted, refused or not judged."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNJUDGED = "unjudged"


_WORDS = {
    Verdict.ACCEPTED: ("matched", "match", "accepted", "accept", "yes", "true", "ja", "godtatt", "1", "x"),
    # OpenRefine says new of a thing that has no match: with a candidate beside it, the candidate is refused.
    Verdict.REFUSED: ("new", "not", "refused", "rejected", "reject", "no", "nei", "avvist", "avslått", "unmatched"),
    Verdict.UNJUDGED: ("none", "", "error", "errors", "unsure", "false", "0", "(blank)", "(unreconciled)", "null"),
}
_VERDICTS = {word: verdict for verdict, words in _WORDS.items() for word in words}


@dataclass(frozen=True)
class Judgement:
    """A judgement of a link.

    Attributes:
        subject: the IRI of what is linked.
        object: the IRI of what it is linked to.
        predicate: the IRI of the property of the link.
        verdict: accepted or refused.
        creator: the IRI of who judged; None if the file does not say.
        date: the day; None if the file does not say.
        justification: the IRI of how the link was found.
        confidence: from 0 to 1; None if the file does not say.
        place: the place in the file.
    """

    subject: str
    object: str
    predicate: str
    verdict: Verdict
    creator: str | None
    date: date | None
    justification: str
    confidence: str | None
    place: str


@dataclass(frozen=True)
class Judgements:
    """The judgements of a file.

    Attributes:
        found: the judgements, in the order of the file.
        unjudged: the number of rows that nobody has judged, or that found no match.
        faults: what is wrong, each with its place and how to mend it.
    """

    found: tuple[Judgement, ...]
    unjudged: int
    faults: tuple[str, ...]


class _Unusable(Exception):  # noqa: N818  # it never leaves this module: it becomes a fault of a cell
    """A cell cannot be used; the message says why, and how to mend it."""

    def __init__(self, message: str, column: str) -> None:
        super().__init__(message)
        self.column = column


def read_judgements(table: JudgementTable, linkables: Linkables, chosen: ColumnChoice = USUAL) -> Judgements:
    """Return the judgements of a table: an export of OpenRefine, or SSSOM with or without metadata.

    Args:
        table: the table.
        linkables: the known things, which tell what an identifier is.
        chosen: the headings of columns, if they are not the usual ones.

    Raises:
        InputError: a column is missing.
    """
    return _Reader(table, linkables, chosen).read()


class _Reader:
    def __init__(self, table: JudgementTable, linkables: Linkables, chosen: ColumnChoice) -> None:
        self._table = table
        self._things = linkables.things
        self._metadata = read_metadata(table.comments)
        self._columns = JudgementColumns(table, chosen, lambda text, name: self._resolved(text, name) is not None)

    def read(self) -> Judgements:
        found: list[Judgement] = []
        faults: list[str] = []
        unjudged = 0
        for row in self._table.rows:
            try:
                judgement = self._judgement(row)
            except _Unusable as fault:
                place = self._table.place(row.number, self._columns.get(fault.column))
                faults.append(f"{place}: {fault}")
                continue
            if judgement is None:
                unjudged += 1
            else:
                found.append(judgement)
        return Judgements(tuple(found), unjudged, tuple(faults))

    def _judgement(self, row: JudgementRow) -> Judgement | None:
        verdict = self._verdict(row)
        text = self._text(row, "object")
        if verdict is Verdict.UNJUDGED or not text or self._metadata.expanded(text) == NO_TERM_FOUND:
            return None
        subject, thing = self._known(row, "subject"), self._known(row, "object")
        return Judgement(
            subject=subject,
            object=thing,
            predicate=self._predicate(row, subject, thing),
            verdict=verdict,
            creator=self._creator(row),
            date=self._date(row),
            justification=self._justification(row),
            confidence=self._confidence(row),
            place=self._table.place(row.number),
        )

    def _verdict(self, row: JudgementRow) -> Verdict:
        column = self._columns.get("judgement")
        if column is None:
            return Verdict.ACCEPTED
        text = self._text(row, "judgement").casefold()
        if self._table.headings[column].casefold() == _MODIFIER:
            if text not in ("", "not"):
                raise _Unusable(f"“{text}” is no modifier; SSSOM has Not, or an empty cell", "judgement")
            return Verdict.REFUSED if text else Verdict.ACCEPTED  # in SSSOM a mapping without the modifier holds
        if text not in _VERDICTS:
            words = ", ".join(words[0] for words in _WORDS.values())
            raise _Unusable(f"“{text}” is no judgement; write one of {words}", "judgement")
        return _VERDICTS[text]

    def _known(self, row: JudgementRow, name: str) -> str:
        """Return the IRI of a known thing.

        Raises:
            _Unusable: there is no such thing.
        """
        text = self._text(row, name)
        if not text:
            raise _Unusable(f"the cell is empty; write the IRI of the {name}", name)
        iri = self._resolved(text, name)
        if iri is None:
            near = get_close_matches(self._metadata.expanded(text), self._things, 1, 0.75)
            hint = (
                f"did you mean {near[0]}?" if near else "write the IRI of something that is published or in the plan"
            )
            raise _Unusable(f"{text} is not known; {hint}", name)
        return iri

    def _resolved(self, text: str, name: str) -> str | None:
        """Return the IRI of what a text names: an IRI, a CURIE, the end of one below /id/, or the code of an SDG."""
        kinds = (
            (LinkableKind.GOAL, LinkableKind.PLAN)
            if name == "subject"
            else (LinkableKind.GOAL, LinkableKind.SDG, LinkableKind.TARGET)
        )
        expanded, code = self._metadata.expanded(text), _SDG_CODE.fullmatch(text)
        named: list[str] = [expanded, expanded.rstrip("/"), f"{ID}{text.strip('/')}"]
        named.append(expanded.replace("https://metadata.un.org/", "http://metadata.un.org/"))
        if code is not None:
            named.append(SDG + code[1].lower())
        return next((iri for iri in named if iri in self._things and self._things[iri].kind in kinds), None)

    def _predicate(self, row: JudgementRow, subject: str, thing: str) -> str:
        text = self._text(row, "predicate") or self._metadata.slots.get("predicate_id", "")
        if not text:
            if self._things[subject].kind is LinkableKind.PLAN:
                return expand("plan:contributesToSDG")
            return expand(
                "skos:broadMatch" if self._things[thing].kind is LinkableKind.TARGET else "skos:relatedMatch"
            )
        predicate = self._metadata.expanded(text)
        if predicate not in LINK_PROPERTIES:
            words = ", ".join(map(compact, LINK_PROPERTIES))
            raise _Unusable(f"{text} is no relation of a claim; write one of {words}", "predicate")
        return predicate

    def _creator(self, row: JudgementRow) -> str | None:
        text = self._text(row, "creator") or self._metadata.slots.get("creator_id", "")
        if not text:
            return None
        first = self._metadata.expanded(text.split("|")[0].strip())
        if not _IRI.fullmatch(first):
            raise _Unusable(f"{text} is no IRI; write one, such as https://orcid.org/0000-0002-1825-0097", "creator")
        return first

    def _date(self, row: JudgementRow) -> date | None:
        text = self._text(row, "date") or self._metadata.slots.get("mapping_date", "")
        if not text:
            return None
        try:
            return date.fromisoformat(text[:_DAY])
        except ValueError:
            raise _Unusable(f"{text} is no date; write it as 2026-11-26", "date") from None

    def _justification(self, row: JudgementRow) -> str:
        text = self._text(row, "justification") or self._metadata.slots.get("mapping_justification", "")
        found = self._metadata.expanded(text) if text else MANUAL
        if not found.startswith(PREFIXES["semapv"]):
            raise _Unusable(
                f"{text} is no justification; write one, such as semapv:ManualMappingCuration", "justification"
            )
        return found

    def _confidence(self, row: JudgementRow) -> str | None:
        text = self._text(row, "confidence").replace(",", ".")
        if text and not _CONFIDENCE.fullmatch(text):
            raise _Unusable(f"{text} is no confidence; it is a number from 0 to 1", "confidence")
        return text or None

    def _text(self, row: JudgementRow, name: str) -> str:
        column = self._columns.get(name)
        return "" if column is None else row.cells.get(column, "")
