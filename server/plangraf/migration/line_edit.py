"""The migration of N-Triples and N-Quads, which have one statement a line: the other lines stay as they are."""

import re
from collections.abc import Sequence

import pyoxigraph as ox

from plangraf.migration.rewrites import StatementMigration
from plangraf.migration.turtle_layout import UnknownLayout

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_IRI = r"<[^<>\s]*>"
_STATEMENT = re.compile(
    rf"""
    (?P<subject>\s*(?:{_IRI}|_:[^\s<]+))
    (?P<gap>\s*)
    (?P<predicate>{_IRI})
    (?P<space>\s*)
    (?P<object>{_IRI}|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\s*{_IRI})?)
    (?P<end>(?:\s*(?:{_IRI}|_:\S+))?\s*\.)
    (?P<comment>[ \t]*(?:\#[^\r\n]*)?)
    (?P<line_break>\s*)
    """,
    re.VERBOSE,
)
_EMPTY = re.compile(r"\s*(#.*)?", re.DOTALL)


def edited_lines(text: str, found: Sequence[StatementMigration]) -> str:
    """Return an N-Triples or N-Quads text with the outcomes of its statements.

    Args:
        text: the text.
        found: the outcomes, in the order of the lines.

    Raises:
        UnknownLayout: a line is not laid out as one statement is.
    """
    rest = iter(found)
    lines = []
    for match in _LINE.finditer(text):
        line = match[0]
        if _EMPTY.fullmatch(line):
            lines.append(line)
            continue
        outcome = next(rest, None)
        if outcome is None:
            raise UnknownLayout("more lines than statements")
        lines.append(_edited(line, outcome) if outcome.changes else line)
    if next(rest, None) is not None:
        raise UnknownLayout("more statements than lines")
    return "".join(lines)


def _edited(line: str, outcome: StatementMigration) -> str:
    """Return the line of a statement, or what takes its place."""
    parts = _STATEMENT.fullmatch(line)
    if parts is None:
        raise UnknownLayout(line)
    if outcome.after is None:
        comment = parts["comment"].strip()
        return comment + parts["line_break"] if comment else ""
    line = _statement(parts, outcome.before, outcome.after) + parts["comment"]
    if outcome.added is not None:
        line += (parts["line_break"] or "\n") + _statement(parts, outcome.before, outcome.added)
    return line + parts["line_break"]


def _statement(parts: "re.Match[str]", before: ox.Quad, after: ox.Quad) -> str:
    """Return the statement `after` as `before` is written, without the comment of the line."""
    predicate = parts["predicate"] if after.predicate == before.predicate else str(after.predicate)
    value = parts["object"] if after.object == before.object else str(after.object)
    return "".join([parts["subject"], parts["gap"], predicate, parts["space"], value, parts["end"]])
