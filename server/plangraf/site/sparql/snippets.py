"""Code snippets in curl, Python and R that send a query to the endpoint.

Queries are escaped as string literals, so that no query can add code to a snippet.
"""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from plangraf.engine.interface import AnswerForm


@dataclass(frozen=True)
class Snippet:
    """A code snippet: the name of its language and its source code."""

    language: str
    text: str


def snippets(address: str, query: str, parameters: Sequence[tuple[str, str]], form: AnswerForm) -> list[Snippet]:
    """Return the snippets for a query.

    Args:
        address: the URL of the endpoint.
        query: the query.
        parameters: further parameters of the request, such as graphs.
        form: the kind of the answer.
    """
    # Browsers submit CR LF in forms, but the code of a snippet needs LF.
    query = query.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\0" in query:  # an argument of a shell command cannot contain it
        return []
    media_type = "text/turtle" if form == AnswerForm.GRAPH else "text/csv"
    table = form == AnswerForm.SOLUTIONS
    return [
        Snippet("curl", _curl(address, query, parameters, media_type)),
        Snippet("Python", _python(address, query, parameters, media_type, table=table)),
        Snippet("R", _r(address, query, parameters, media_type, table=table)),
    ]


def _curl(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str) -> str:
    fields = [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in parameters]
    fields.append(f"--data-urlencode {shlex.quote(f'query={query}')}")
    return " \\\n  ".join([f"curl -sS -H 'Accept: {media_type}' {shlex.quote(address)}", *fields]) + "\n"


def _python(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str, *, table: bool) -> str:
    """Return a program for Python without packages."""
    escaped = query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    extra = "".join(f", {json.dumps(name)}: {json.dumps(values)}" for name, values in _grouped(parameters).items())
    show = 'for row in csv.DictReader(io.StringIO(text, newline="")):\n    print(row)\n' if table else "print(text)\n"
    return (
        ("import csv\nimport io\n" if table else "")
        + f'import urllib.parse\nimport urllib.request\n\nQUERY = """\n{escaped}\n"""\n'
        + f'fields = urllib.parse.urlencode({{"query": QUERY{extra}}}, doseq=True).encode()\n'
        + f'request = urllib.request.Request({json.dumps(address)}, fields, {{"Accept": "{media_type}"}})\n'
        + f"with urllib.request.urlopen(request, timeout=60) as answer:\n    text = answer.read().decode()\n{show}"
    )


def _r(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str, *, table: bool) -> str:
    escaped = query.replace("\\", "\\\\").replace('"', '\\"')
    extra = "".join(f", `{name}` = {json.dumps(value)}" for name, value in parameters)
    # All columns are texts, since R would read "16.10" as a number, and "NA" as missing.
    show = (
        'table <- read.csv(text = text, colClasses = "character", na.strings = NULL, check.names = FALSE)\n'
        "print(table)\n"
        if table
        else "cat(text)\n"
    )
    return (
        f'library(httr2)\n\nquery <- "\n{escaped}\n"\nanswer <- request({json.dumps(address)}) |>\n'
        f'  req_headers(Accept = "{media_type}") |>\n  req_body_form(query = query{extra}) |>\n  req_perform()\n'
        f"text <- resp_body_string(answer)\n{show}"
    )


def _grouped(parameters: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in parameters:
        grouped.setdefault(name, []).append(value)
    return grouped
