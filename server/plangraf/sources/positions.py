"""The lines of the statements of a file: of the value, which is what a report names, and of the subject.

The parser reads a file a line at a time, so the line that it has come to when it yields a statement is the last one
on which the value can stand. The value itself is looked for between the statement before and the end of that line.
JSON-LD is parsed as a whole; `plangraf.sources.json_positions` finds its lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from plangraf.formats import JSON_LD, RDF_XML, Format
from plangraf.sources.json_positions import json_lines
from plangraf.sources.line_reader import LineReader
from plangraf.sources.rdf import parsable
from plangraf.sources.statement_lines import StatementLine

# In these lines of Turtle and TriG, a name is no part of a statement.
_ASIDE = re.compile(rb"(?im)^[ \t]*(#.*|@?(?:prefix|base)\b.*)$")
_TURTLE_NAME = re.compile(r"[^/#:]*$")
_NAMELESS = (b"[", b"(", b"parseType", b"nodeID")
_LOOK_BACK = 30  # lines
_NO_ESCAPE = re.compile(r"[^\"'\\\x00-\x1f]*")
_NO_ENTITY = re.compile(r"[^\"'&<>\n]*")


def statement_lines(data: bytes, rdf_format: Format, path: Path) -> list[StatementLine]:
    """Return the lines of the statements of a file, in the order of the parser.

    Args:
        data: the content.
        rdf_format: its format.
        path: the name for messages.
    """
    text = parsable(data, rdf_format, path)
    if rdf_format == JSON_LD:
        return json_lines(text)
    return list(_Search(text, rdf_format).lines())


class _Search:
    """The search for the statements of one file."""

    def __init__(self, data: bytes, rdf_format: Format) -> None:
        self._data = data
        self._format = rdf_format
        self._xml = rdf_format == RDF_XML
        self._text = data if self._xml else _ASIDE.sub(lambda aside: b" " * len(aside[0]), data)
        self._starts = [0, *(match.end() for match in re.finditer(b"\n", data))]
        self._subjects: dict[object, int] = {}

    def lines(self) -> Iterator[StatementLine]:
        """Yield the lines of each statement."""
        reader = LineReader(self._data)
        statements = ox.parse(
            cast("IO[bytes]", reader),
            format=ox.RdfFormat.from_media_type(self._format.media_type),
            base_iri="http://localhost/",
        )
        before = 0
        for quad in statements:
            end = self._starts[reader.line] if reader.line < len(self._starts) else len(self._text)
            at = self._value(quad.object, before, end)
            if quad.subject not in self._subjects:
                inner = self._subjects.get(quad.object) if isinstance(quad.object, ox.BlankNode) else None
                self._subjects[quad.subject] = (
                    self._subject(quad.subject, before, end if self._xml or at < 0 else self._end(at), at)
                    if inner is None
                    else self._outer(quad.subject, inner)
                )
            line = self._line(at) if at >= 0 else reader.line
            if isinstance(quad.object, ox.BlankNode) and quad.object in self._subjects:
                line = min(line, self._line(self._subjects[quad.object]))
            yield StatementLine(line, self._line(self._subjects[quad.subject]))
            before = max(before, end if at < 0 else self._behind(quad.object, at))

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _value(self, value: object, start: int, end: int) -> int:
        """Return the offset of a value, or -1: it then stands on the last line."""
        if isinstance(value, ox.Literal):
            return self._literal(value, start, end)
        if isinstance(value, ox.NamedNode) and self._xml:
            name = _tail(value)
            return max(self._text.rfind(sign, start, end) for sign in (name + b'"', name + b"'", b":" + name))
        if isinstance(value, ox.BlankNode) and value not in self._subjects:
            return self._text.rfind(b"[", start, end)
        return -1

    def _literal(self, literal: ox.Literal, start: int, end: int) -> int:
        if self._xml:
            words = next((line.strip() for line in literal.value.split("\n") if line.strip()), "")
            plain = _NO_ENTITY.match(words)
            return self._text.find(plain[0].encode(), start, end) if plain and plain[0] else -1
        plain = _NO_ESCAPE.match(literal.value)
        beginning = plain[0] if plain else ""
        whole = beginning == literal.value
        found = [
            offset
            for quote in _quotes(literal.value)
            if (offset := self._text.find(f"{quote}{beginning}{quote if whole else ''}".encode(), start, end)) >= 0
        ]
        return min(found, default=-1)

    def _subject(self, subject: object, start: int, end: int, value: int) -> int:
        """Return the offset of the first mention of a subject behind the statement before, or else of its value."""
        if isinstance(subject, ox.NamedNode):
            found = next(self._names(_tail(subject), start, end), -1)
        else:
            found = max(self._text.rfind(sign, start, value if value >= 0 else end) for sign in _NAMELESS)
            found = found if found >= 0 else self._text.find(b"_:", start, end)
        return next(offset for offset in (found, value, end - 1) if offset >= 0)

    def _outer(self, subject: object, inner: int) -> int:
        """Return the offset of a subject whose first statement is about a nameless node, which begins at `inner`."""
        start = self._starts[max(self._line(inner) - _LOOK_BACK, 0)]
        if isinstance(subject, ox.NamedNode):
            return max(self._names(_tail(subject), start, inner), default=inner)
        found = max(self._text.rfind(sign, start, inner) for sign in _NAMELESS)
        return found if found >= 0 else inner

    def _behind(self, value: object, offset: int) -> int:
        """Return an offset that a value at `offset` reaches at least."""
        if not isinstance(value, ox.Literal):
            return offset + 1
        end = offset + len(value.value.encode()) + 1
        if self._xml or "\n" not in value.value:
            return end
        closing = self._text.find(self._text[offset : offset + 1] * 3, end - 1)
        return closing + 3 if closing >= 0 else end

    def _names(self, name: bytes, start: int, end: int) -> Iterator[int]:
        """Yield the offsets of a name that is not a part of a longer one."""
        offset = self._text.find(name, start, end) if name else -1
        while offset >= 0:
            around = self._text[offset - 1 : offset], self._text[offset + len(name) : offset + len(name) + 1]
            if not any(sign.isalnum() or sign in (b"_", b"-") for sign in around):
                yield offset
            offset = self._text.find(name, offset + 1, end)

    def _end(self, offset: int) -> int:
        """Return the end of the line of an offset."""
        line = self._line(offset)
        return self._starts[line] if line < len(self._starts) else len(self._text)


def _quotes(value: str) -> tuple[str, ...]:
    """Return the quotation marks that may begin a text; a line break needs three of them."""
    return ('"""', "'''", '"', "'") if value.startswith("\n") else ('"', "'")


def _tail(node: ox.NamedNode) -> bytes:
    """Return the last part of an IRI, which a name with a prefix and a relative IRI have too."""
    name = _TURTLE_NAME.search(node.value)
    return name[0].encode() if name else b""
