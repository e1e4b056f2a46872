"""RDF/XML as the parser takes it: in UTF-8, and with a mark in place of an empty language tag.

The parser reads UTF-8 only, and refuses `xml:lang=""`, which says that a text has no language (XML, section 2.12).
"""

import codecs
import re
from encodings.aliases import aliases
from pathlib import Path

from plangraf.sources.faults import SourceFault, UnusableSourceError

NO_LANGUAGE = "zxx-x-empty"
"""The language tag that stands for an empty one."""

_ENCODINGS = (
    "utf-8",
    "us-ascii",
    *(f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))),
    *(f"windows-{page}" for page in range(1250, 1259)),
    "utf-16",
    "utf-16-le",
    "utf-16-be",
)


def _normalized(name: str) -> str:
    return name.lower().replace("-", "_")


def _codecs() -> dict[str, codecs.CodecInfo]:
    """Return the codecs of the encodings by all their names; the names that Python's table has are in use."""
    modules = {aliases.get(_normalized(name), _normalized(name)): codecs.lookup(name) for name in _ENCODINGS}
    return {**modules, **{alias: modules[module] for alias, module in aliases.items() if module in modules}}


# They are loaded with this module, because the process that validates uploads opens no files later.
_CODECS = _codecs()
_DECLARATION = re.compile(rb"""^(\s*<\?xml\b[^>]*?\bencoding\s*=\s*["'])([A-Za-z][\w.-]*)(["'])""")
_UTF_16 = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Comments, sections of text and instructions are matched so that nothing inside them counts as a tag. Those that have
# no end take the rest of the document, and a tag has no `<` in it, so that no part is read again for each `<`.
_MARKUP = re.compile(
    rb"""<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"""
    rb"""|(<[A-Za-z_:](?:"[^"<]*+"|'[^'<]*+'|[^>"'<])*+>)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""(?<![^\s=<>"'])([^\s=<>"']++)(\s*+=\s*+)("[^"]*"|'[^']*')""")
_EMPTY = (b'""', b"''")
_EMPTY_LANGUAGE = re.compile(rb"""xml:lang\s*+=\s*+(?:""|'')""")


def to_utf8(data: bytes, path: Path) -> bytes:
    """Return an XML document in UTF-8, whatever encoding it declares.

    Args:
        data: the document.
        path: the name for messages.

    Raises:
        UnusableSourceError: the encoding is unknown, or the document is not in the encoding that it declares.
    """
    name = next((name for start, name in _UTF_16 if data.startswith(start)), None)
    if name is None:
        declared = _DECLARATION.match(data)
        name = declared[2].decode("ascii") if declared else "utf-8"
    codec = _CODECS.get(_normalized(name))
    if codec is None:
        raise UnusableSourceError(SourceFault.ENCODING_UNKNOWN, path, 1, 1, name)
    if name.lower() == "utf-8":
        return data
    try:
        text = codec.decode(data)[0]
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise UnusableSourceError(SourceFault.ENCODING_WRONG, path, line, column, name) from error
    return _DECLARATION.sub(rb"\g<1>UTF-8\g<3>", text.removeprefix("\ufeff").encode(), count=1)


def mark_empty_languages(data: bytes) -> bytes:
    """Return an XML document with `NO_LANGUAGE` in place of each empty language tag."""
    return _MARKUP.sub(_marked, data) if _EMPTY_LANGUAGE.search(data) else data


def _marked(markup: re.Match[bytes]) -> bytes:
    def attribute(match: re.Match[bytes]) -> bytes:
        if match[1] == b"xml:lang" and match[3] in _EMPTY:
            return b'%b%b"%b"' % (match[1], match[2], NO_LANGUAGE.encode())
        return match[0]

    return _ATTRIBUTE.sub(attribute, markup[1]) if markup[1] else markup[0]
