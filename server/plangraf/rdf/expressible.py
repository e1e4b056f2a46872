"""Statements that a serialization of RDF cannot express, found before they are written (XML 1.0, JSON-LD 1.1).

XML has no way to write most control characters, RDF/XML names a property by an element, and neither RDF/XML nor
JSON-LD expresses RDF 1.2: triple terms, and text with a direction. Turtle and N-Triples, as pyoxigraph writes them,
express everything.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal
from xml.parsers import expat

import pyoxigraph as ox

from plangraf.errors import NotAcceptable
from plangraf.formats import GRAPH_FORMATS, JSON_LD, RDF_XML, Format
from plangraf.languages import N_, Msgid
from plangraf.namespaces import expand

Obstacle = Literal["character", "property", "RDF 1.2"]
"""The kind of a thing that a format cannot express: a character of a literal, a property, or a part of RDF 1.2."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Matches a character that XML 1.0 cannot hold, not even as a reference (section 2.2)."""
# Names that RDF/XML no longer has (section 5.1), and that pyoxigraph writes as if they were properties.
_OLD_TERMS = tuple(expand(f"rdf:{name}") for name in ("aboutEach", "aboutEachPrefix", "bagID"))
_LONGEST = 200
"""The maximum number of characters of a statement in an error."""
_MESSAGES: dict[Obstacle, Msgid] = {
    "character": N_(
        "{format} cannot hold the character {detail}, which is in this statement: {statement}. It can be had as "
        "{available}."
    ),
    "property": N_(
        "{format} cannot hold the property {detail}, because no XML name can be made of its IRI. It can be had as "
        "{available}."
    ),
    "RDF 1.2": N_(
        "{format} cannot hold this statement, which is RDF 1.2: {statement}. It can be had as {available}."
    ),
}


class Inexpressible(Exception):  # noqa: N818  # named for the statement that was met
    """A format cannot express a statement.

    Attributes:
        obstacle: the reason.
        detail: the code point of the character, or the IRI of the property.
        statement: the statement, cut if it is long.
    """

    def __init__(self, obstacle: Obstacle, detail: str, statement: str) -> None:
        self.obstacle = obstacle
        self.detail = detail
        self.statement = statement
        super().__init__(obstacle, detail, statement)


def escape_carriage_returns(xml: bytes) -> bytes:
    """Return XML in which carriage returns are references, because parsers read plain ones as line feeds (2.11)."""
    return xml.replace(b"\r", b"&#xD;")


def code_point(character: str) -> str:
    """Return the code point of a character, such as U+000B."""
    return f"U+{ord(character):04X}"


def is_checked(rdf_format: Format) -> bool:
    """Return whether there are statements that a format cannot express."""
    return rdf_format in (RDF_XML, JSON_LD)


def expressible(triples: Iterable[ox.Triple], rdf_format: Format) -> Iterator[ox.Triple]:
    """Yield the triples as long as the format can express them.

    Raises:
        Inexpressible: the format cannot express the next one.
    """
    xml = rdf_format == RDF_XML
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.Triple) or (isinstance(value, ox.Literal) and value.direction is not None):
            raise Inexpressible("RDF 1.2", "", _shown(triple))
        if xml:
            if isinstance(value, ox.Literal) and (found := NOT_XML.search(value.value)):
                raise Inexpressible("character", code_point(found[0]), _shown(triple))
            if not _has_xml_name(triple.predicate.value):
                raise Inexpressible("property", f"<{triple.predicate.value}>", _shown(triple))
        yield triple


def not_expressible(obstacle: Obstacle, detail: str, statement: str, rdf_format: Format) -> NotAcceptable:
    """Return the error for a document that cannot be had in a format; it lists the formats that can express it."""
    offers = [f for f in GRAPH_FORMATS if f != rdf_format and not (obstacle == "RDF 1.2" and is_checked(f))]
    message = _MESSAGES[obstacle]
    return NotAcceptable(
        message,
        members={"available": [offer.media_type for offer in offers]},
        format=rdf_format.label,
        detail=detail,
        statement=statement,
        available=", ".join(offer.media_type for offer in offers),
    )


@lru_cache(4096)
def _has_xml_name(iri: str) -> bool:
    """Return whether pyoxigraph writes a property as an element that XML parsers of all editions read."""
    if iri in _OLD_TERMS:
        return False
    node = ox.NamedNode(iri)
    try:
        written = ox.serialize([ox.Triple(node, node, node)], format=ox.RdfFormat.RDF_XML)
        expat.ParserCreate(namespace_separator=" ").Parse(written or b"", True)
    except (OSError, expat.ExpatError):
        return False
    return True


def _shown(triple: ox.Triple) -> str:
    text = str(triple)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
