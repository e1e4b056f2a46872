"""Recognition of the format of files whose extension does not tell it."""

import re

from plangraf.formats import JSON_LD, RDF_XML, TURTLE, Format

EXTENSIONS = (".owl", ".xml", ".json")
"""Extensions that RDF files have in several formats."""

# A bracket begins a blank node in Turtle too, but in JSON a brace or another bracket follows it.
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*([\[{]|\]\s*$)")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def recognize(data: bytes, otherwise: Format = TURTLE) -> Format:
    """Return RDF/XML or JSON-LD if the content is XML or JSON, else `otherwise`."""
    for mark in _BYTE_ORDER_MARKS:
        data = data.removeprefix(mark)
    start = data[:200].replace(b"\0", b"").lstrip()
    if start.startswith((b"<?xml", b"<!DOCTYPE", b"<!--")) or re.match(rb"<(\w+:)?RDF[\s>]", start):
        return RDF_XML
    return JSON_LD if _JSON.match(start) else otherwise
