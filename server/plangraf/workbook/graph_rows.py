"""The descriptions of the graphs that a workbook yields: those of its rows, and those that follow from the plan."""

from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.workbook.code_lists import code_lists
from plangraf.workbook.columns import Words
from plangraf.workbook.conversion import Conversion
from plangraf.workbook.rows import Row, WorkbookRows
from plangraf.workbook.sheets import BY_KEY
from plangraf.workbook.statements import node
from plangraf.workbook.values import Term

_ROLES = {"": "plan:PublishersText", "editorial": "plan:EditorialLinking", "translation": "plan:Translation"}
_TITLES = {
    "editorial": Words("{plan}: redaksjonelle koblinger", "{plan}: editorial links"),
    "translation": Words("{plan}: oversettelse", "{plan}: translation"),
}


@dataclass(frozen=True)
class _Defaults:
    """What the descriptions of graphs say unless their rows say something else."""

    plan_row: Row
    main_row: Row
    creators: list[Term]
    licences: list[Term]


def add_graphs(conversion: Conversion, rows: WorkbookRows) -> None:
    """Add a description of each graph that has statements."""
    plan = next(iter(rows.of("plan")), None)
    if plan is None:
        return
    described = {conversion.role(row): row for row in reversed(rows.of("graphs"))}
    main = described.get("", Row(BY_KEY["graphs"], {}, plan.place))
    creators = _terms(conversion, main, "creator") or _terms(conversion, plan, "publisher")
    defaults = _Defaults(plan, main, creators, _terms(conversion, main, "licence"))
    below = f"{conversion.addresses.graph()}/"
    used = {iri.removeprefix(below) for iri in conversion.statements.graphs() if iri.startswith(below)}
    for tail in ("", *sorted({*used, *described} - {""})):
        _add_graph(conversion, tail, described.get(tail), defaults)


def _add_graph(conversion: Conversion, tail: str, given: Row | None, defaults: _Defaults) -> None:
    row = given if given is not None else Row(BY_KEY["graphs"], {}, defaults.main_row.place)
    graph = conversion.addresses.graph(tail)
    kind = tail.partition("-")[0] if tail.startswith("translation-") else tail
    conversion.add_type(graph, row.sheet.types, graph, row)
    conversion.add(graph, "plan:graphRole", node(_ROLES.get(kind, "plan:PublishersText")), graph, row.place, row)
    conversion.add_columns(row, graph, graph)
    for key, prop, values in (
        ("title", "dct:title", _titles(conversion, kind, defaults)),
        ("creator", "dct:creator", defaults.creators),
        ("licence", "dct:license", defaults.licences),
        ("derived_from", "prov:wasDerivedFrom", _derived_from(conversion, tail, defaults)),
        ("languages", "dct:language", _languages(tail)),
    ):
        if key not in row.cells:
            for value in values:
                conversion.add(graph, prop, value, graph, row.place, row)


def _titles(conversion: Conversion, kind: str, defaults: _Defaults) -> list[Term]:
    plan = defaults.plan_row
    name = plan.text("name") or plan.text("title")
    words = _TITLES.get(kind)
    if words is None:
        return [ox.Literal(name, language=conversion.language)] if name else []
    return [
        ox.Literal(words.nb.format(plan=name), language="nb"),
        ox.Literal(words.en.format(plan=name), language="en"),
    ]


def _derived_from(conversion: Conversion, tail: str, defaults: _Defaults) -> list[Term]:
    return [ox.NamedNode(conversion.addresses.graph())] if tail else _terms(conversion, defaults.plan_row, "source")


def _languages(tail: str) -> list[Term]:
    tag = tail.removeprefix("translation-") if tail.startswith("translation-") else ""
    entry = code_lists()["languages"].find(tag) if tag else None
    return [ox.NamedNode(entry.value)] if entry is not None else []


def _terms(conversion: Conversion, row: Row, key: str) -> list[Term]:
    return [term for term, _ in conversion.terms(row, row.sheet.by_key[key])]
