"""Lines in JSON-LD documents, which are parsed as a whole.

The text is read as JSON tokens with their offsets. The value of a statement is looked for in the objects that name
its subject, and what a context renames is recognized by its last part.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from plangraf.sources.statement_lines import StatementLine

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_NAME = re.compile(r"[^/#:]*$")
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
    """A JSON object: the value of its `@id`, and its tokens and those of the objects in it."""

    identifier: _Token | None = None
    tokens: list[_Token] = field(default_factory=list)


class JsonPositions:
    """The tokens of a JSON-LD document.

    Args:
        text: the document.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens: list[_Token] = []
        self._objects: dict[str, list[_Object]] = {}
        self._used: set[int] = set()
        self._scan(list(_TOKEN.finditer(text)))

    def line_of(self, quad: ox.Quad) -> StatementLine:
        """Return the lines of a statement; each value is taken by one statement, as long as there are enough."""
        names = [] if isinstance(quad.subject, ox.BlankNode) else self._named(str(quad.subject)[1:-1])
        tokens = [token for named in names for token in named.tokens] or self._tokens
        value = self._value(tokens, quad)
        if value is not None:
            self._used.add(value.offset)
        identifier = names[0].identifier if names else None
        subject = self._line(identifier.offset) if identifier is not None else None
        return StatementLine(self._line(value.offset) if value is not None else subject, subject)

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _named(self, iri: str) -> Sequence[_Object]:
        found = self._objects.get(_tail(iri), [])
        exact = [named for named in found if named.identifier is not None and named.identifier.text == iri]
        return exact or found

    def _value(self, tokens: Sequence[_Token], quad: ox.Quad) -> _Token | None:
        """Return the token of the value, or else the key of the property."""
        if isinstance(quad.object, ox.Literal):
            wanted = [token for token in tokens if token.text == quad.object.value]
        elif isinstance(quad.object, ox.NamedNode):
            iri = quad.object.value
            wanted = [token for token in tokens if token.text == iri]
            wanted = wanted or [token for token in tokens if _tail(token.text) == _tail(iri)]
        else:
            wanted = []
        wanted = [token for token in wanted if not token.key]
        if not wanted:
            name = "@type" if quad.predicate.value == _TYPE else _tail(quad.predicate.value)
            wanted = [token for token in tokens if token.key and name in (token.text, _tail(token.text))]
        return next((token for token in wanted if token.offset not in self._used), next(iter(wanted), None))

    def _scan(self, found: list[re.Match[str]]) -> None:
        """Read the tokens, and note for each object what it is about."""
        open_objects: list[_Object] = []
        key: str | None = None
        for number, match in enumerate(found):
            sign = match[0]
            if sign in ("{", "}"):
                if sign == "{":
                    open_objects.append(_Object())
                elif open_objects:
                    self._note(open_objects.pop())
                key = None
            elif sign not in "[]:,":
                text = json.loads(sign) if sign.startswith('"') else sign
                is_key = number + 1 < len(found) and found[number + 1][0] == ":"
                token = _Token(match.start(), text, is_key)
                self._tokens.append(token)
                for enclosing in open_objects:
                    enclosing.tokens.append(token)
                if not is_key and key in _IDENTIFIERS and open_objects:
                    open_objects[-1].identifier = token
                key = text if is_key else None

    def _note(self, found: _Object) -> None:
        if found.identifier is not None:
            self._objects.setdefault(_tail(found.identifier.text), []).append(found)


def json_lines(data: bytes) -> list[StatementLine]:
    """Return the lines of the statements of a JSON-LD document, in the order of the parser."""
    return list(_lines(data))


def _lines(data: bytes) -> Iterator[StatementLine]:
    positions = JsonPositions(data.decode("utf-8"))
    for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD, base_iri="http://localhost/"):
        yield positions.line_of(quad)


def _tail(name: str) -> str:
    found = _NAME.search(name)
    return found[0] if found else name
