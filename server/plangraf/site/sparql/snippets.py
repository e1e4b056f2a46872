"""Code snippets in curl, Python and R that send a query to the endpoint.

Queries are escaped as string literals, so that no query can add code to a snippet.
"""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Snippet:
    """A code snippet: the name of its language and its source code."""

    language: str
    text: str


def snippets(address: str, query: str, parameters: Sequence[tuple[str, str]], *, graph: bool) -> list[Snippet]:
    """Return the snippets for a query.

    Args:
        address: the URL of the endpoint.
        query: the query.
        parameters: further parameters of the request, such as graphs.
        graph: whether the answer is a graph; otherwise it is a table.
    """
    # Browsers submit CR LF in forms, but the code of a snippet needs LF.
    query = query.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\0" in query:  # an argument of a shell command cannot contain it
        return []
    media_type = "text/turtle" if graph else "text/csv"
    return [
        Snippet("curl", _curl(address, query, parameters, media_type)),
        Snippet("Python", _python(address, query, parameters, media_type)),
        Snippet("R", _r(address, query, parameters, media_type)),
    ]


def _curl(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str) -> str:
    fields = [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in parameters]
    fields.append(f"--data-urlencode {shlex.quote(f'query={query}')}")
    return " \\\n  ".join([f"curl -sS -H 'Accept: {media_type}' {shlex.quote(address)}", *fields]) + "\n"


def _python(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str) -> str:
    escaped = query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    extra = "".join(f", {json.dumps(name)}: {json.dumps(values)}" for name, values in _grouped(parameters).items())
    show = (
        "print(answer.text)\n"
        if media_type == "text/turtle"
        else 'for row in csv.DictReader(io.StringIO(answer.text, newline="")):\n    print(row)\n'
    )
    return (
        ("" if media_type == "text/turtle" else "import csv\nimport io\n\n")
        + f'import httpx\n\nQUERY = """\n{escaped}\n"""\n'
        + f'answer = httpx.post(\n    {json.dumps(address)},\n    data={{"query": QUERY{extra}}},\n'
        + f'    headers={{"Accept": "{media_type}"}},\n    timeout=60,\n)\nanswer.raise_for_status()\n{show}'
    )


def _r(address: str, query: str, parameters: Sequence[tuple[str, str]], media_type: str) -> str:
    escaped = query.replace("\\", "\\\\").replace('"', '\\"')
    extra = "".join(f", `{name}` = {json.dumps(value)}" for name, value in parameters)
    show = (
        "cat(resp_body_string(answer))\n"
        if media_type == "text/turtle"
        else "table <- read.csv(text = resp_body_string(answer))\nprint(table)\n"
    )
    return (
        f'library(httr2)\n\nquery <- "\n{escaped}\n"\nanswer <- request({json.dumps(address)}) |>\n'
        f'  req_headers(Accept = "{media_type}") |>\n  req_body_form(query = query{extra}) |>\n  req_perform()\n'
        f"{show}"
    )


def _grouped(parameters: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in parameters:
        grouped.setdefault(name, []).append(value)
    return grouped
