"""The kind and place of a syntax error in a query, from the message of the engine's parser and the grammar.

The parser reports the end of the longest keyword that it tried. Its start is never behind the error, and the grammar
tells the first token that no SPARQL 1.1 query can have: the later of the two is the place of the error, because the
parser also reads queries that are not SPARQL 1.1.
"""

import re
import unicodedata
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.engine.errors import QuerySyntax, SyntaxFault
from plangraf.engine.grammar import token_starts, unexpected_token
from plangraf.engine.tokens import TOKEN
from plangraf.namespaces import SPARQL

_MESSAGE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_KEYWORD = re.compile(r"\b[A-Z][A-Z_0-9]+\b")
_PADDING = "\n" + " " * 40  # longer than any keyword, so that none is cut off by the end of the text
_WORD = re.compile(r"[?$]?[^\s{}()\[\]<>\"',;.?$]+|\S")
_UNFINISHED = re.compile(r"\b(?:PREFIX|BASE)\s*(?:[^\s:]*:)?\s*$", re.IGNORECASE)
_FOUND = 40
"""The maximum number of characters of an unexpected token in an error."""
# Categories of characters that are not visible: spaces, separators, format and control characters.
_INVISIBLE = ("Zs", "Zl", "Zp", "Cf", "Cc")
# A part of the parser's message that states a rule beside the grammar, among the keywords that it expected.
_RULE = re.compile(r"(?:expected (?:one of )?|, )((?:[A-Z][a-z]|\\)[^,]* [^,]*)")


@dataclass(frozen=True)
class _Told:
    """The report of the parser: the offset, and the message without it."""

    offset: int
    message: str


@dataclass(frozen=True)
class _Undeclared:
    """A prefixed name whose prefix is not declared."""

    offset: int
    prefix: str


def syntax_error(query: str, message: str) -> QuerySyntax:
    """Return the error of a query that does not parse.

    Args:
        query: the text of the query.
        message: the message of the parser.
    """
    told = _read(query, message)
    if told is None:
        return QuerySyntax(message)
    unexpected = unexpected_token(query)
    if "Prefix not found" in told.message or unexpected is None:
        name = _undeclared(query)
        if name is not None:
            return _error(query, message, "prefix", name.offset, name.prefix)
    if "IRI parsing failed" in told.message:
        return _error(query, message, "iri", max(0, query.rfind("<", 0, told.offset)))
    if unexpected is None and (rule := _RULE.search(told.message)):
        fault: SyntaxFault = "unbound variable" if "variable that is unbound" in rule[1] else "rule"
        return _error(query, message, fault, told.offset, rule[1])
    if unexpected is None and "UNDEF" not in told.message and re.search(r"\[_\]|<unreported>", told.message):
        return _error(query, message, "scope", told.offset)
    known = told.offset if unexpected is None else unexpected
    offset = max(_keyword_start(query, told, known), unexpected or 0)
    if offset >= len(query.rstrip()):
        return _error(query, message, "end", offset)
    if unicodedata.category(query[offset]) in _INVISIBLE:
        return _error(query, message, "invisible", offset, _name(query[offset]))
    if unexpected == offset and "expected CONSTRUCT" in told.message and not _UNFINISHED.search(query, 0, offset):
        return _error(query, message, "query form", offset)
    found = _WORD.match(query, offset)
    return _error(query, message, "unexpected", offset, found[0][:_FOUND] if found else "")


def _error(query: str, message: str, fault: SyntaxFault, offset: int, found: str = "") -> QuerySyntax:
    before = query[:offset]
    return QuerySyntax(message, fault, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1, found)


def _read(text: str, message: str) -> _Told | None:
    match = _MESSAGE.match(message)
    if match is None:
        return None
    lines = text.split("\n")
    return _Told(sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1, match[3])


def _keyword_start(query: str, told: _Told, otherwise: int) -> int:
    """Return the start of the token with the keyword whose end the parser reports, or `otherwise` without a keyword.

    The error is not before it. The parser is asked again with spaces at the end of the query, where it would report a
    keyword that is cut off.
    """
    padded = query + _PADDING
    try:
        ox.Store().query(padded, base_iri=SPARQL)
    except SyntaxError as error:
        told = _read(padded, str(error)) or told
    starts = [told.offset - len(word) for word in _KEYWORD.findall(told.message)]
    earliest = max((start for start in starts if start >= 0), default=otherwise)
    return max((start for start in token_starts(query) if start <= earliest), default=0)


def _undeclared(query: str) -> _Undeclared | None:
    """Return the first prefixed name whose prefix is not declared, or None."""
    declared: set[str] = set()
    previous = ""
    for match in TOKEN.finditer(query):
        if match.lastgroup == "comment":
            continue
        if match.lastgroup == "name":
            prefix = match[0].partition(":")[0]
            if previous == "prefix":
                declared.add(prefix)
            elif prefix not in declared:
                return _Undeclared(match.start(), prefix)
        previous = match[0].lower()
    return None


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
