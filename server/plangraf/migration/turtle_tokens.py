"""The tokens of Turtle and TriG (RDF 1.1 Turtle, section 6.5), each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BASE_CHARACTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARACTERS = f"{_BASE_CHARACTERS}_0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_NAME = rf"(?:[{_BASE_CHARACTERS}](?:\.*[{_CHARACTERS}])*)?:"
_LOCAL = rf"(?:(?:[{_BASE_CHARACTERS}_:0-9]|{_ESCAPED})(?:\.*(?:[{_CHARACTERS}:]|{_ESCAPED}))*)?"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<string>
          \"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"
        | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
        | "(?!"")(?:[^"\\\n\r]|\\.)*+"
        | ""
        | '(?!'')(?:[^'\\\n\r]|\\.)*+'
        | ''
      )
    | (?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[{_BASE_CHARACTERS}_0-9](?:\.*[{_CHARACTERS}])*)
    | (?P<name>{_NAME}{_LOCAL})
    | (?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
    | (?P<word>[A-Za-z]+)
    | (?P<mark>\^\^|[\[\](){{}},;.])
    """,
    re.VERBOSE | re.DOTALL,
)
_IRI_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Span:
    """A range of a text.

    Attributes:
        start: the offset of its first character.
        end: the offset behind its last character.
    """

    start: int
    end: int


@dataclass(frozen=True)
class TurtleToken(Span):
    """A token.

    Attributes:
        kind: the name of its group in the grammar: `comment`, `iri`, `string`, `at`, `blank`, `name`, `number`,
            `word` or `mark`.
        text: the token as it is written.
    """

    kind: str
    text: str


class UnknownToken(Exception):  # noqa: N818  # named for what was met
    """A text has a part that is no token of Turtle."""


def tokens(text: str) -> Iterator[TurtleToken]:
    """Yield the tokens of a text, comments among them, without the white space.

    Raises:
        UnknownToken: a part of the text is no token.
    """
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None or match.end() == offset:
            raise UnknownToken(text[offset : offset + 20])
        if match.lastgroup != "space":
            yield TurtleToken(offset, match.end(), str(match.lastgroup), match[0])
        offset = match.end()


def unescaped_iri(token: str) -> str:
    """Return what stands between the brackets of an IRI, without escapes."""
    return _IRI_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), token[1:-1])


def unescaped_local(local: str) -> str:
    """Return the local part of a prefixed name without the escapes of its characters."""
    return re.sub(r"\\(.)", r"\1", local)
