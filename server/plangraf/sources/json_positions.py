"""Lines in JSON-LD documents, which are parsed as a whole.

The text is read as JSON tokens with their offsets. The value of a statement is looked for in the objects that name
its subject, and what a context renames is recognized by its last part.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from plangraf.sources.statement_lines import StatementLine

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_IDENTIFIERS = ("@id", "id", "uri", "iri")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class _Token:
    """A key, a text, a number or another value of JSON, at its offset."""

    offset: int
    text: str
    key: bool


@dataclass
class _Object:
    """A JSON object: the value of its `@id`, and the range of its tokens, with those of the objects in it."""

    start: int
    end: int = 0
    identifier: _Token | None = None


@dataclass
class _Place:
    """How far the objects that name a subject have been searched for one text: an index into its occurrences."""

    first: int
    next: int


@dataclass
class _Subject:
    """The objects that name one subject, or the whole document.

    Attributes:
        starts: where their ranges of tokens begin, in order; an object in another one is part of that one's range.
        ends: where these ranges end.
        identifier: the name of the first one.
        places: the search for each text, by the occurrences of the text.
    """

    starts: list[int]
    ends: list[int]
    identifier: _Token | None = None
    places: dict[int, _Place] = field(default_factory=dict)


class JsonPositions:
    """The tokens of a JSON-LD document, by their texts and by the last parts of these.

    A value is found without a search of all tokens: an upload may have a hundred thousand statements.

    Args:
        text: the document.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens: list[_Token] = []
        self._objects: list[_Object] = []
        self._used: set[int] = set()
        self._scan(list(_TOKEN.finditer(text)))
        self._texts: dict[str, list[int]] = {}
        self._tails: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        for number, token in enumerate(self._tokens):
            if token.key:
                self._keys.setdefault(_tail(token.text), []).append(number)
            else:
                self._texts.setdefault(token.text, []).append(number)
                self._tails.setdefault(_tail(token.text), []).append(number)
        self._document = _Subject([0], [len(self._tokens)])
        self._exact: dict[str, _Subject] = {}
        self._renamed: dict[str, _Subject] = {}
        for found in sorted(self._objects, key=lambda each: each.start):
            if found.identifier is not None:
                _add(self._exact, found.identifier.text, found)
                _add(self._renamed, _tail(found.identifier.text), found)

    def line_of(self, quad: ox.Quad) -> StatementLine:
        """Return the lines of a statement; each value is taken by one statement, as long as there are enough."""
        subject = self._document
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            subject = self._exact.get(iri) or self._renamed.get(_tail(iri)) or self._document
        number = self._value(subject, quad)
        if number is not None:
            self._used.add(number)
        identifier = subject.identifier
        line = self._line(identifier.offset) if identifier is not None else None
        return StatementLine(self._line(self._tokens[number].offset) if number is not None else line, line)

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _value(self, subject: _Subject, quad: ox.Quad) -> int | None:
        """Return the number of the token of the value, or else of the key of the property."""
        found: int | None = None
        if isinstance(quad.object, ox.Literal):
            found = self._find(subject, self._texts.get(quad.object.value))
        elif isinstance(quad.object, ox.NamedNode):
            iri = quad.object.value
            found = self._find(subject, self._texts.get(iri))
            if found is None:
                found = self._find(subject, self._tails.get(_tail(iri)))
        if found is None:
            name = "@type" if quad.predicate.value == _TYPE else _tail(quad.predicate.value)
            found = self._find(subject, self._keys.get(name))
        return found

    def _find(self, subject: _Subject, occurrences: Sequence[int] | None) -> int | None:
        """Return the first of the occurrences about the subject that no statement has taken, or else the first one.

        Used occurrences stay used, so that a search goes on where the one before has ended.
        """
        if occurrences is None:
            return None
        place = subject.places.get(id(occurrences))
        if place is None:
            first = _within(subject, occurrences, 0)
            place = subject.places[id(occurrences)] = _Place(first, first)
        while place.next < len(occurrences) and occurrences[place.next] in self._used:
            place.next = _within(subject, occurrences, place.next + 1)
        index = place.next if place.next < len(occurrences) else place.first
        return occurrences[index] if index < len(occurrences) else None

    def _scan(self, found: list[re.Match[str]]) -> None:
        """Read the tokens, and note for each object what it is about."""
        open_objects: list[_Object] = []
        key: str | None = None
        for number, match in enumerate(found):
            sign = match[0]
            if sign in ("{", "}"):
                if sign == "{":
                    open_objects.append(_Object(len(self._tokens)))
                elif open_objects:
                    closed = open_objects.pop()
                    closed.end = len(self._tokens)
                    self._objects.append(closed)
                key = None
            elif sign not in "[]:,":
                text = json.loads(sign) if sign.startswith('"') else sign
                is_key = number + 1 < len(found) and found[number + 1][0] == ":"
                token = _Token(match.start(), text, is_key)
                self._tokens.append(token)
                if not is_key and key in _IDENTIFIERS and open_objects:
                    open_objects[-1].identifier = token
                key = text if is_key else None


def _add(subjects: dict[str, _Subject], name: str, found: _Object) -> None:
    """Add an object to those that name a subject; they come in the order of their starts."""
    subject = subjects.setdefault(name, _Subject([], [], found.identifier))
    if not subject.ends or found.start >= subject.ends[-1]:
        subject.starts.append(found.start)
        subject.ends.append(found.end)


def _within(subject: _Subject, occurrences: Sequence[int], index: int) -> int:
    """Return the index of the next occurrence about the subject, from `index` on, or else how many there are."""
    while index < len(occurrences):
        number = occurrences[index]
        part = bisect_right(subject.ends, number)
        if part == len(subject.ends):
            return len(occurrences)
        if subject.starts[part] <= number:
            return index
        index = bisect_left(occurrences, subject.starts[part], index)
    return index


def json_lines(data: bytes) -> list[StatementLine]:
    """Return the lines of the statements of a JSON-LD document, in the order of the parser."""
    return list(_lines(data))


def _lines(data: bytes) -> Iterator[StatementLine]:
    positions = JsonPositions(data.decode("utf-8"))
    for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD, base_iri="http://localhost/"):
        yield positions.line_of(quad)


def _tail(name: str) -> str:
    return name[max(name.rfind("/"), name.rfind("#"), name.rfind(":")) + 1 :]
