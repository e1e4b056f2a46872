"""References from one row to another: by number, name or ID."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plangraf.workbook.addresses import PlanAddresses
from plangraf.workbook.cleaning import clean
from plangraf.workbook.columns import Column, ValueKind
from plangraf.workbook.rows import NOWHERE, CellPlace, Row
from plangraf.workbook.values import SEPARATOR, as_address, expand_name

_NUMBER_FIRST = re.compile(r"(\S+)\s+(.+)")
_SEPARATORS = re.compile(r"\s*[;,]\s*")
_LONGEST_NAME = 60
_PLAN_NAMES = ("plan", "planen", "the plan")


@dataclass(frozen=True)
class NamedThing:
    """A thing that rows may refer to.

    Attributes:
        iri: its IRI.
        sheet: the key of its sheet.
        number: its number, or empty.
        names: its names.
        place: the place of its row.
    """

    iri: str
    sheet: str
    number: str = ""
    names: tuple[str, ...] = ()
    place: CellPlace = NOWHERE


class AmbiguousReference(Exception):  # noqa: N818  # it is named for what happened
    """A text names several rows.

    Attributes:
        things: the things of these rows.
    """

    def __init__(self, things: Sequence[NamedThing]) -> None:
        self.things = things
        super().__init__()


@dataclass
class _Names:
    """The things of one sheet by what they can be called."""

    numbers: dict[str, list[NamedThing]] = field(default_factory=dict)
    names: dict[str, list[NamedThing]] = field(default_factory=dict)


class References:
    """The things of a workbook.

    Args:
        addresses: the addresses of the plan.
    """

    def __init__(self, addresses: PlanAddresses) -> None:
        self._addresses = addresses
        self._iris: dict[str, NamedThing] = {}
        self._sheets: dict[str, _Names] = {}

    def add(self, thing: NamedThing) -> None:
        """Add a thing; the first thing with an IRI keeps it."""
        self._iris.setdefault(thing.iri, thing)
        names = self._sheets.setdefault(thing.sheet, _Names())
        if thing.number:
            names.numbers.setdefault(_key(thing.number), []).append(thing)
        for name in dict.fromkeys(map(_key, (*thing.names, *(_PLAN_NAMES if thing.sheet == "plan" else ())))):
            names.names.setdefault(name, []).append(thing)

    def thing(self, iri: str) -> NamedThing | None:
        """Return the thing with an IRI."""
        return self._iris.get(iri)

    def find(self, text: str, targets: Iterable[str]) -> str | None:
        """Return the IRI that a text refers to: of the row with this ID, number or name, or an IRI; else None.

        Raises:
            AmbiguousReference: the number or the name belongs to several rows.
        """
        if not text:
            return None
        known = self._addresses.thing(text)
        if known in self._iris:
            return known
        kinds = [self._sheets[key] for key in targets if key in self._sheets]
        for found in (
            [thing for kind in kinds for thing in kind.numbers.get(_key(text), ())],
            [thing for kind in kinds for thing in kind.names.get(_key(text), ())],
            self._with_number(text, kinds),
        ):
            iris = dict.fromkeys(thing.iri for thing in found)
            if len(iris) > 1:
                raise AmbiguousReference(found)
            if iris:
                return next(iter(iris))
        graph = self._graph(text)
        return graph or as_address(text) or self._part_of_source(text, targets) or self._expanded(text)

    def show(self, iri: str, targets: Iterable[str]) -> str:
        """Return the shortest text that refers to an IRI: the number, a short name, the ID or the IRI."""
        thing = self._iris.get(iri)
        targets = tuple(targets)
        texts: list[str] = []
        if iri == self._addresses.plan:
            texts.append("Plan")
        if thing is not None:
            texts += [thing.number, *(name for name in thing.names if len(name) <= _LONGEST_NAME)]
        texts.append(self._addresses.name(iri))
        graph = self._addresses.graph()
        if iri == graph or iri.startswith(f"{graph}/"):
            texts.append(f"graph{iri.removeprefix(graph)}")
        return next((text for text in texts if self._means(text, targets, iri)), iri)

    def _means(self, text: str, targets: tuple[str, ...], iri: str) -> bool:
        if not text or SEPARATOR in text or clean(text) != text:
            return False
        try:
            return self.find(text, targets) == iri
        except AmbiguousReference:
            return False

    def _with_number(self, text: str, kinds: Sequence[_Names]) -> list[NamedThing]:
        """Return the things whose number and name a text has."""
        parts = _NUMBER_FIRST.fullmatch(text)
        if parts is None:
            return []
        return [
            thing
            for kind in kinds
            for thing in kind.numbers.get(_key(parts[1]), ())
            if _key(parts[2]) in map(_key, thing.names)
        ]

    def _part_of_source(self, text: str, targets: Iterable[str]) -> str | None:
        """Return the IRI of a part of a document whose name is known, such as “plan.pdf#page=12”, or None."""
        name, mark, part = text.rpartition("#")
        if not mark or "sources" not in targets:
            return None
        found = self.find(name.strip(), ("sources",))
        return f"{found}#{part}" if found is not None else None

    def _expanded(self, text: str) -> str | None:
        return expand_name(text) if ":" in text else None

    def _graph(self, text: str) -> str | None:
        graph = self._addresses.graph()
        if text == "graph" or text.startswith("graph/"):
            return graph + text.removeprefix("graph")
        return None


def thing_of(row: Row, iri: str) -> NamedThing:
    """Return the thing that a row describes."""
    names = tuple(text for text in (row.text("name"), row.text("title")) if text)
    return NamedThing(iri, row.sheet.key, row.text("number"), names, row.place)


def split(text: str, column: Column) -> list[str]:
    """Return the values in a cell, which are separated by vertical bars, and addresses also by spaces."""
    if not column.multiple:
        return [text]
    parts = [part for each in text.split(SEPARATOR) if (part := each.strip())]
    if column.kind is ValueKind.ADDRESS:
        return [piece.rstrip(",;") for part in parts for piece in part.split()]
    if column.kind is ValueKind.REFERENCE:
        return [piece for part in parts for piece in _addresses_apart(part)]
    return parts


def pieces(text: str) -> list[str]:
    """Return the parts of a text between commas and semicolons, if there are several."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    return parts if len(parts) > 1 else []


def _addresses_apart(text: str) -> list[str]:
    """Return the addresses in a text that consists of nothing else, or the text."""
    words = [word.rstrip(",;") for word in text.split()]
    return words if len(words) > 1 and all("://" in word for word in words) else [text]


def _key(name: str) -> str:
    return name.casefold()
