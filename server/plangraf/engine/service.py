"""Detection of SERVICE in a query by its tokens, without a full parse.

The engine's parser does not tokenize, so it accepts SERVICE in more places than the specification:

- Keywords need no space around them (`trueSERVICE<…>`, `SERVICE:x{`): any remaining word with "service" in it counts.
- The engine reads a keyword in the prefix of a name (`SERVICE:x{`), and parses a prefixed name with an invalid IRI as
  a prefix followed by a keyword (`e:SERVICE<…>{`): a name with "service" in it counts when a group follows, unless it
  names a graph, or only its local part has "service" in it and the namespaces of its prefix make it a valid IRI.
- `<` after an operand is an operator, so `(?a<?b#>` contains a comment and no IRI: where that is possible, and after
  an unterminated string, any later "service" counts.

The engine accepts escapes (section 19.2) only in strings and names, the specification everywhere: both are checked.
"""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.engine.tokens import TOKEN

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WORD = re.compile("service", re.IGNORECASE)
_GRAPH_KEYWORDS = ("graph", "named", "from")
_ROW = "{("  # opens a row of VALUES or a list, in which there are no comparisons
# Tokens before an operand, after which `<` opens an IRI.
_BEFORE_OPERAND = ("(", ",", "/", "|", "^", "!", "=", "&")
# A namespace that is absolute, and whose authority is complete: a local name after it cannot change that.
_NAMESPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/?#]*[/?#]|(?!/))")


@dataclass(frozen=True)
class ServiceCall:
    """The place of a call of another endpoint, or of what the engine could read as one.

    Attributes:
        line: the line of the keyword, counted from 1.
        column: its column, counted from 1.
        name: the prefixed name that the keyword may hide in; empty if it stands alone.
    """

    line: int
    column: int
    name: str = ""


@dataclass(frozen=True)
class _Found:
    position: int
    name: str = ""


def find_service(query: str) -> ServiceCall | None:
    """Return the first SERVICE keyword of `query`, or None."""
    escaped = _ESCAPE.sub(_character, query) if "\\" in query else query
    for text in dict.fromkeys((query, escaped)):
        if _WORD.search(text):
            found = _find(text)
            if found is not None:
                before = text[: found.position]
                return ServiceCall(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, found.name)
    return None


def _find(text: str) -> _Found | None:
    previous = ""
    brackets: list[str] = []
    name: _Found | None = None  # a name that SERVICE may hide in
    namespaces = _Namespaces()
    room = 0  # how many tokens may stand between that name and its group
    for match in TOKEN.finditer(text):
        kind, lexeme, start = match.lastgroup, match[0], match.start()
        if kind == "comment":
            continue
        if _ambiguous(kind, lexeme, previous, brackets):
            later = _WORD.search(text, start)
            return _Found(later.start()) if later else None
        namespaces.read(kind, lexeme)
        if kind == "word" and _WORD.search(lexeme):
            return _Found(start)
        if lexeme == "{" and name is not None:
            return name
        if (
            kind == "name"
            and _WORD.search(lexeme)
            and previous not in _GRAPH_KEYWORDS
            and not namespaces.make_valid(lexeme)
        ):
            name, room = name or _Found(start, lexeme), 2
        elif kind in ("iri", "variable", "name") or lexeme.lower() == "silent":
            room -= 1
        else:
            room = -1
        if room < 0:
            name = None
        if lexeme in ("(", "[", "{"):
            lexeme = _ROW if lexeme == "(" and previous in ("{", _ROW) else lexeme
            brackets.append(lexeme)
        elif lexeme in (")", "]", "}") and brackets and brackets.pop() == _ROW:
            lexeme = _ROW
        previous = lexeme.lower()
    return None


class _Namespaces:
    """The namespaces that a query declares, as far as they have been read."""

    def __init__(self) -> None:
        self._declared: dict[str, set[str]] = {}
        self._prefix: str | None = None

    def read(self, kind: str | None, lexeme: str) -> None:
        """Take the next token; a prefix without a local part and the IRI after it are a declaration."""
        prefix, self._prefix = self._prefix, None
        if kind == "name" and lexeme.endswith(":"):
            self._prefix = lexeme[:-1]
        elif prefix is not None and (kind == "iri" or lexeme.startswith("<")):
            namespace = lexeme[1:-1] if kind == "iri" else ""  # the engine may read more than this tokenizer
            for name in {prefix, _without_keyword(prefix)}:
                self._declared.setdefault(name, set()).add(namespace)

    def make_valid(self, lexeme: str) -> bool:
        """Return whether the engine reads a prefixed name as one IRI, and none of it as a keyword."""
        prefix, _, local = lexeme.partition(":")
        declared = self._declared.get(prefix, set())
        return (
            not _WORD.search(prefix)
            and "\\" not in local
            and bool(declared)
            and all(_NAMESPACE.match(namespace) and _is_iri(namespace + local) for namespace in declared)
        )


def _without_keyword(prefix: str) -> str:
    """Return a prefix without PREFIX, which the engine reads also when no space follows it."""
    return prefix[len("prefix") :] if prefix.lower().startswith("prefix") else prefix


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _ambiguous(kind: str | None, lexeme: str, previous: str, brackets: list[str]) -> bool:
    """Return whether the engine may read on from here in another way: a string begins, or `<` compares."""
    if kind == "mark":
        return lexeme in ('"', "'") or (lexeme == "<<" and brackets[-1:] == ["("])
    return (
        kind == "iri"
        and brackets[-1:] == ["("]
        and previous not in _BEFORE_OPERAND
        and ("#" in lexeme or "'" in lexeme)
    )


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
