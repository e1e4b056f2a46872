"""Errors about content that the parser refuses, with the place."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from plangraf.errors import InputError
from plangraf.formats import JSON_LD, Format
from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.line_reader import LineReader

_PLACE = re.compile(r"^Parser error at line \d+ .*?columns? \d+( and (line \d+ column )?\d+)?: ")
_QUOTED = re.compile(r"'([^'\n]+)'")
_REMOTE = "No LoadDocumentCallback"


def not_well_formed(error: SyntaxError, data: bytes, rdf_format: Format, path: Path, base: str) -> InputError:
    """Return the error about a file for an error of the parser.

    Args:
        error: the parser's error.
        data: the content that was parsed.
        rdf_format: its format.
        path: the name for messages.
        base: the base IRI.
    """
    reason = _PLACE.sub("", error.msg)
    if rdf_format == JSON_LD and _REMOTE in reason:
        return _remote_context(data, path)
    named = _QUOTED.search(reason)
    if "Invalid IRI code point" in reason:
        reason += ": in an IRI, write a space as %20, and leave out quotation marks, braces and backslashes"
    elif "language tag" in reason:
        reason += ": write a language tag of BCP 47, such as nb, nn or en"
    line, column = error.lineno, error.offset
    if line is None or column is None:
        line, column = _place(data, rdf_format, base, named[1].encode() if named else None)
    return InputError(f"is not well-formed {rdf_format.label}", path, line, column, reason)


def position(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of an offset in UTF-8 data."""
    start = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode("utf-8", "replace")) + 1


def _place(data: bytes, rdf_format: Format, base: str, named: bytes | None) -> tuple[int | None, int | None]:
    """Return line and column of `named`, which the parser refuses, or else the line that it has come to."""
    if rdf_format == JSON_LD:  # it is parsed as a whole
        offset = data.find(named) if named else -1
        return position(data, offset) if offset >= 0 else (None, None)
    reader = LineReader(data)
    try:
        for _ in ox.parse(
            cast("IO[bytes]", reader), format=ox.RdfFormat.from_media_type(rdf_format.media_type), base_iri=base
        ):
            pass
    except SyntaxError:
        lines = data.split(b"\n")
        end = sum(len(line) + 1 for line in lines[: reader.line])
        offset = data.rfind(named, 0, end) if named else -1
        if offset < 0:
            text = lines[max(reader.line, 1) - 1]
            offset = end - 1 - len(text.lstrip()) if text.strip() else end - 1 - len(text)
        return position(data, max(offset, 0))
    return None, None


def _remote_context(data: bytes, path: Path) -> InputError:
    """Return the error about a context that the document only names, which is not fetched."""
    iri = next(_remote_contexts(cast("object", json.loads(data))), "")
    offset = data.find(json.dumps(iri, ensure_ascii=False).encode())
    if offset < 0:
        offset = max(data.find(b'"@context"'), 0)
    line, column = position(data, offset)
    return UnusableSourceError(SourceFault.REMOTE_CONTEXT, path, line, column, iri)


def _remote_contexts(value: object, *, context: bool = False) -> Iterator[str]:
    """Yield the addresses of contexts that a JSON-LD document only names."""
    if isinstance(value, str) and context:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _remote_contexts(item, context=context)
    elif isinstance(value, dict):
        for key, item in value.items():
            inside = key in ("@context", "@import")
            yield from _remote_contexts(item, context=inside)
