"""The columns of a table of judgements, by their headings or by what stands in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plangraf.errors import InputError
from plangraf.matching.judgement_table import JudgementTable

_HEADINGS = {
    "subject": (
        "subject_id",
        "subject",
        "our iri",
        "iri",
        "uri",
        "goal iri",
        "goal",
        "mål",
        "id",
        "thing",
        "vår iri",
    ),
    "object": (
        *("object_id", "object", "match", "match_id", "match id", "matched id", "matched iri", "match iri"),
        *("cell.recon.match.id", "recon.match.id", "recon match id", "cell.recon.best.id", "sdg", "sdg_id"),
        *("sdg iri", "entity identifier", "identifier", "candidate", "target", "treff", "bærekraftsmål"),
    ),
    "judgement": (
        *("judgement", "judgment", "cell.recon.judgment", "recon.judgment", "recon judgment", "predicate_modifier"),
        *("verdict", "decision", "vurdering", "avgjørelse", "cell.recon.matched"),
    ),
    "predicate": ("predicate_id", "predicate", "relation", "sammenheng"),
    "creator": ("author_id", "creator_id", "reviewer_id", "creator", "author", "hvem"),
    "date": ("mapping_date", "date", "dato"),
    "justification": ("mapping_justification", "justification"),
    "confidence": ("confidence", "sikkerhet"),
}
"""The usual headings of each column, the most certain first: those of SSSOM and of GREL, and common words."""
_NEEDED = ("subject", "object")
Resolves = Callable[[str, str], bool]
"""Tells whether a text names a thing that the column of a name may have."""


@dataclass(frozen=True)
class ColumnChoice:
    """The headings of columns, where they differ from the usual ones; None looks for the usual ones."""

    subject: str | None = None
    object: str | None = None
    judgement: str | None = None


USUAL = ColumnChoice()


class JudgementColumns:
    """Finds the columns of a table.

    Args:
        table: the table.
        chosen: the headings of columns that somebody names.
        resolves: tells whether a text names a thing that a column may have.

    Raises:
        InputError: a column is missing.
    """

    def __init__(self, table: JudgementTable, chosen: ColumnChoice, resolves: Resolves) -> None:
        self._table = table
        self._resolves = resolves
        self._indexes: dict[str, int] = {}
        for name, heading in (
            ("subject", chosen.subject),
            ("object", chosen.object),
            ("judgement", chosen.judgement),
        ):
            if heading is not None:
                self._indexes[name] = self._named(heading, name)
        for name in _HEADINGS:
            if name not in self._indexes and (found := self._find(name)) is not None:
                self._indexes[name] = found

    def get(self, name: str) -> int | None:
        """Return the index of a column, or None if the table has no such column."""
        return self._indexes.get(name)

    def _find(self, name: str) -> int | None:
        """Return a column with a usual heading; of subjects and objects one that names things, if possible."""
        usual = list(self._usual(name))
        if name not in _NEEDED:
            return usual[0] if usual else None
        every = [*usual, *range(len(self._table.headings))]
        found = next((column for column in every if self._names_things(column, name)), usual[0] if usual else None)
        if found is None:
            raise InputError(
                f"has no column with the {name}s of links; name it with --{name}-column. Its columns are "
                f"{self._listed()}",
                self._table.path,
            )
        return found

    def _usual(self, name: str) -> Iterator[int]:
        headings = [heading.strip().casefold() for heading in self._table.headings]
        taken = self._indexes.values()
        for usual in _HEADINGS[name]:
            if usual in headings and headings.index(usual) not in taken:
                yield headings.index(usual)

    def _names_things(self, column: int, name: str) -> bool:
        """Return whether most of the cells of a column that has no other meaning name things."""
        texts = [row.cells[column] for row in self._table.rows if column in row.cells]
        known = sum(self._resolves(text, name) for text in texts)
        return column not in self._indexes.values() and 2 * known > len(texts)

    def _named(self, heading: str, name: str) -> int:
        headings = [each.strip().casefold() for each in self._table.headings]
        if heading.strip().casefold() not in headings:
            raise InputError(
                f"has no column “{heading}” (--{name}-column); its columns are {self._listed()}", self._table.path
            )
        return headings.index(heading.strip().casefold())

    def _listed(self) -> str:
        return ", ".join(heading for heading in self._table.headings if heading)
