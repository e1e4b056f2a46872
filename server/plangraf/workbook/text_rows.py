"""The statements of rows with translations and other texts."""

import pyoxigraph as ox

from plangraf.workbook.columns import LANGUAGE_COLUMN
from plangraf.workbook.conversion import Conversion
from plangraf.workbook.properties import property_of
from plangraf.workbook.rows import Row


def add_text(conversion: Conversion, row: Row) -> None:
    """Add a text in a language of its own: to the graph of its translator, or to the graph that it is about."""
    thing = conversion.reference(row, "thing")
    prop = property_of(conversion, row, thing)
    cell = row.cells.get("text")
    language = conversion.code(row, LANGUAGE_COLUMN)
    if thing is None or prop is None or cell is None or not language:
        return
    main = conversion.addresses.graph()
    is_graph = thing == main or thing.startswith(f"{main}/")
    graph = thing if is_graph else conversion.addresses.graph(conversion.role(row, default="translation"))
    text = ox.Literal(cell.text, language=language)
    conversion.add(thing, prop, text, graph, cell.place, row)
