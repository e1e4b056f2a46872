"""Solutions as a table on the terminal."""

import sys

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from plangraf.namespaces import compact
from plangraf.visible import visible


def write_table(results: bytes) -> None:
    """Write solutions as a table, and a boolean as a word, to standard output.

    The table is as wide as a terminal has columns, and as wide as its content elsewhere.

    Args:
        results: the solutions or the boolean in SPARQL Results JSON.
    """
    found = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        sys.stdout.write("true\n" if found else "false\n")
        return
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # a graph is not written as a table
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for variable in found.variables:
        table.add_column(Text(visible(variable.value)), overflow="fold")
    for solution in found:
        table.add_row(*(Text(visible(_cell(solution[variable]))) for variable in found.variables))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console.width = max(1, Measurement.get(console, console.options.update(width=2**31), table).maximum)
    console.print(table, crop=False, soft_wrap=not console.is_terminal)
    console.print(f"{table.row_count} row{'' if table.row_count == 1 else 's'}", highlight=False)


def _cell(term: object) -> str:
    """Return a term as people read it: IRIs with their prefixes, texts with their language, and nothing for none."""
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return compact(term.value)
        case ox.Literal():
            return f"{term.value}@{term.language}" if term.language else term.value
    return str(term)
