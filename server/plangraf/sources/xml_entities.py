"""Entities of XML documents: abbreviations, as ontology editors write them for namespaces, are read.

Entities that refer to each other can expand to a document of any size, and external ones refer to files.
"""

import re
from collections import Counter
from pathlib import Path

from plangraf.sources.faults import SourceFault, UnusableSourceError
from plangraf.sources.malformed import position

MOST_EXPANDED = 16 * 1024 * 1024
"""The maximum number of bytes that all references to entities of a document may stand for."""

_START = b"<!ENTITY"
_ABBREVIATION = re.compile(rb"""<!ENTITY\s+([A-Za-z_][\w.-]*)\s+("[^"&%]*"|'[^'&%]*')\s*>""")
_REFERENCE = re.compile(rb"&([A-Za-z_][\w.-]*);")


def parsable_entities(data: bytes, path: Path) -> bytes:
    """Return a document whose entities are abbreviations of bounded size, as the parser takes them.

    The parser takes values in double quotes only.

    Args:
        data: the document, in UTF-8.
        path: the name for messages.

    Raises:
        UnusableSourceError: an entity refers to a file or another entity, or all together stand for too much text.
    """
    at, expanded = data.find(_START), 0
    if at < 0:
        return data
    uses = Counter(_REFERENCE.findall(data))
    while at >= 0:
        declared = _ABBREVIATION.match(data, at)
        if declared is not None:
            expanded += len(declared[2]) * uses[declared[1]]
        if declared is None or expanded > MOST_EXPANDED:
            raise UnusableSourceError(SourceFault.ENTITY, path, *position(data, at))
        at = data.find(_START, declared.end())
    return _ABBREVIATION.sub(_double_quoted, data)


def _double_quoted(declared: re.Match[bytes]) -> bytes:
    value = declared[2][1:-1]
    return declared[0] if b'"' in value else declared[0].replace(declared[2], b'"%b"' % value)
