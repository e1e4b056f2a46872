"""The tokens of a query that can contain or precede a keyword (SPARQL 1.1 Query, section 19.8), without a full parse.

A full parse in Python takes milliseconds. These tokens are comments, strings, IRIs, variables, language tags, blank
nodes, prefixed names and words; every other character is a token of its own.
"""

import re

TOKEN = re.compile(
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
"""Matches the next token; the name of the last group is its kind."""
