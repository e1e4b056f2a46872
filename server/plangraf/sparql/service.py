"""Find SERVICE in a query by its tokens, without parsing the query.

A full parse in Python costs milliseconds. This reads only what a keyword can hide in or behind: escapes, comments,
strings, IRIs, variables, language tags, blank nodes and prefixed names (SPARQL 1.1 Query, sections 19.2 and 19.8).
The engine's parser takes keywords without a space around them, as in `trueSERVICE<…>` and `SERVICE:x{`; so any
remaining word with "service" in it counts, and a prefix with "service" in it counts when a group follows.
"""

import re

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<skip>
          \#[^\n\r]*                                # comment
        | <[^<>"{}|^`\\\x00-\x20]*>                 # IRI
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"    # long strings
        | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n\r]|\\.)*"                     # short strings
        | '(?:[^'\\\n\r]|\\.)*'
        | [?$@]\w+                                  # variables and language tags
        | _:[\w.-]+                                 # blank nodes
      )
    | (?P<name>(?P<prefix>[\w.-]*):(?:[\w.:%-]|\\.)*)
    | (?P<word>[\w.-]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_GROUP_FOLLOWS = re.compile(r"(?:\s|#[^\n\r]*[\n\r])*\{")
_GRAPH_KEYWORDS = ("graph", "named", "from")


def find_service(query: str) -> tuple[int, int] | None:
    """Return the line and column of the first SERVICE keyword of `query`, counted from 1, or None."""
    text = _ESCAPE.sub(_character, query)
    if "service" not in text.lower():
        return None
    previous = ""
    for match in _TOKEN.finditer(text):
        if match["word"]:
            found = "service" in match["word"].lower()
            previous = match["word"].lower()
        elif match["name"]:
            found = (
                "service" in match["prefix"].lower()
                and _GROUP_FOLLOWS.match(text, match.end()) is not None
                and previous not in _GRAPH_KEYWORDS
            )
            previous = ""
        else:
            continue
        if found:
            before = text[: match.start()]
            return before.count("\n") + 1, match.start() - (before.rfind("\n") + 1) + 1
    return None


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
