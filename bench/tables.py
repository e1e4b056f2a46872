"""Tables in Markdown, and their position in a document."""

import json
import math
import os
import platform
import re
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)) + "\n"


def number(value: float) -> str:
    """Return a number with three significant digits, or `none` if it is not finite."""
    if not math.isfinite(value):
        return "none"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f}"


def ratio(ours: float, theirs: float) -> str:
    """Return the quotient of `ours` and `theirs` as text."""
    return "none" if not theirs else number(ours / theirs)


def machine() -> str:
    """Return the date and a description of the machine."""
    model = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {len(os.sched_getaffinity(0))} cores of {model[1] if model else 'unknown'}, "
        f"Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


def section(command: str, tables: Iterable[str]) -> str:
    """Return a section with tables and the command that made them."""
    made = f"Measured on {machine()}, by:\n\n    {command}\n"
    return "\n".join((*tables, made))


def replace(document: str, name: str, content: str) -> str:
    """Return `document` with `content` between the markers `<!-- bench: NAME -->` and `<!-- end: NAME -->`.

    Raises:
        ValueError: the document lacks a marker.
    """
    begin, end = f"<!-- bench: {name} -->\n", f"<!-- end: {name} -->"
    before, found_begin, rest = document.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found_begin and found_end):
        raise ValueError(f"the document has no markers for {name}")
    return f"{before}{begin}\n{content}\n{end}{after}"


def option(name: str, value: object) -> str:
    """Return an option as it is written on the command line."""
    text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"--{name.replace('_', '-')} {shlex.quote(text)}"


def keep(content: str, values: Mapping[str, float]) -> str:
    """Return `content` with the values in a comment, which the function `values` reads."""
    return f"{content}\n<!-- values: {json.dumps(values, sort_keys=True)} -->\n"


def values(document: str) -> dict[str, float]:
    """Return the values from the comments of a document."""
    found = re.search(r"<!-- values: (\{.*\}) -->", document)
    return {name: float(value) for name, value in json.loads(found[1]).items()} if found else {}


def say(text: str) -> None:
    """Write a line to standard output and flush it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def progress(text: str) -> None:
    """Write a progress message to standard error."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()
