"""Refusal of what RDF 1.2 has and RDF 1.1 lacks: triple terms, and texts with a direction.

Plangraf publishes RDF 1.1, which every client reads.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from plangraf.formats import JSON_LD, Format
from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.line_reader import LineReader
from plangraf.sources.malformed import position

_SYNTAX = {
    SourceFault.TRIPLE_TERM: (b"<<", b"{|", b"parseType"),
    SourceFault.DIRECTION: (b"--ltr", b"--rtl", b"@direction", b":dir"),
}


def refuse_rdf_1_2(quads: Sequence[ox.Quad], data: bytes, rdf_format: Format, path: Path) -> None:
    """Refuse statements that RDF 1.1 cannot express.

    Args:
        quads: the statements, in the order of the parser.
        data: the content that was parsed.
        rdf_format: its format.
        path: the name for messages.

    Raises:
        UnusableSourceError: a statement has a triple term or a text with a direction; with the line of the first one.
    """
    for number, quad in enumerate(quads):
        if type(quad.object) is ox.Triple or type(quad.subject) is ox.Triple:
            fault = SourceFault.TRIPLE_TERM
        elif type(quad.object) is ox.Literal and quad.object.direction is not None:
            fault = SourceFault.DIRECTION
        else:
            continue
        line, column = _position(number, data, rdf_format, _SYNTAX[fault])
        raise UnusableSourceError(fault, path, line, column)


def _position(number: int, data: bytes, rdf_format: Format, syntax: tuple[bytes, ...]) -> tuple[int, int]:
    """Return line and column of the syntax of a statement, of which the parser yields `number` before it."""
    end = len(data)
    if rdf_format != JSON_LD:
        reader = LineReader(data)
        statements = ox.parse(
            cast("IO[bytes]", reader),
            format=ox.RdfFormat.from_media_type(rdf_format.media_type),
            base_iri="http://localhost/",
        )
        for count, _ in enumerate(statements):
            if count == number:
                break
        end = sum(len(line) + 1 for line in data.split(b"\n")[: reader.line])
    found = [data.rfind(sign, 0, end) if rdf_format != JSON_LD else data.find(sign) for sign in syntax]
    return position(data, max(0, *found))
