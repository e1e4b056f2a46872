"""Detection of SERVICE in a query by its tokens, without a full parse.

A full parse in Python takes milliseconds. This tokenizer recognises only the tokens that can contain or precede a
keyword: comments, strings, IRIs, variables, language tags, blank nodes and prefixed names (SPARQL 1.1 Query, section
19.8). The engine's parser does not tokenize, so it accepts SERVICE in more places than the specification:

- Keywords need no space around them (`trueSERVICE<…>`, `SERVICE:x{`): any remaining word with "service" in it counts.
- The engine parses a prefixed name with an invalid IRI as a prefix followed by a keyword (`e:SERVICE<…>{`):
  a name with "service" in it counts when a group follows, unless it names a graph.
- `<` after an operand is an operator, so `(?a<?b#>` contains a comment and no IRI: where that is possible, and after
  an unterminated string, any later "service" counts.

The engine accepts escapes (section 19.2) only in strings and names, the specification everywhere: both are checked.
"""

import re

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WORD = re.compile("service", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>
          \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*+\"\"\"
        | '''(?:'{0,2}(?:[^'\\]|\\.))*+'''
        | "(?!"")(?:[^"\\\n\r]|\\.)*+"
        | '(?!'')(?:[^'\\\n\r]|\\.)*+'
      )
    | (?P<variable>[?$]\w+)
    | (?P<other>@\w+|_:[\w.-]+)                        # language tags and blank nodes
    | (?P<name>[\w.-]*:(?:(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*)?)
    | (?P<word>[\w.-]+)
    | (?P<mark><<|\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_GRAPH_KEYWORDS = ("graph", "named", "from")
_ROW = "{("  # opens a row of VALUES or a list, in which there are no comparisons
# Tokens before an operand, after which `<` opens an IRI.
_BEFORE_OPERAND = ("(", ",", "/", "|", "^", "!", "=", "&")


def find_service(query: str) -> tuple[int, int] | None:
    """Return the line and column of the first SERVICE keyword of `query`, counted from 1, or None."""
    escaped = _ESCAPE.sub(_character, query) if "\\" in query else query
    for text in dict.fromkeys((query, escaped)):
        if _WORD.search(text):
            position = _find(text)
            if position is not None:
                before = text[:position]
                return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
    return None


def _find(text: str) -> int | None:
    previous = ""
    brackets: list[str] = []
    name: int | None = None  # a name that SERVICE may hide in
    room = 0  # how many tokens may stand between that name and its group
    for match in _TOKEN.finditer(text):
        kind, lexeme, start = match.lastgroup, match[0], match.start()
        if kind == "comment":
            continue
        if _ambiguous(kind, lexeme, previous, brackets):
            later = _WORD.search(text, start)
            return later.start() if later else None
        if kind == "word" and _WORD.search(lexeme):
            return start
        if lexeme == "{" and name is not None:
            return name
        if kind == "name" and _WORD.search(lexeme) and previous not in _GRAPH_KEYWORDS:
            name, room = (start if name is None else name), 2
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
