"""Serialization of validation reports as text, JSON, CSV and Turtle."""

import csv
import io
from collections import Counter
from collections.abc import Callable

import orjson
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from plangraf.languages import InterfaceLanguage, preferred_text, translations
from plangraf.namespaces import PREFIXES, compact
from plangraf.rdf.terms import blank_label
from plangraf.validation.cells import is_about_cell
from plangraf.validation.coverage import KINDS, ValidationCoverage
from plangraf.validation.report import PLACES, Report
from plangraf.validation.result import Result, Severity
from plangraf.visible import visible


def _term(node: Node) -> str:
    if isinstance(node, URIRef):
        return compact(str(node))
    if isinstance(node, BNode):
        return f"_:{blank_label(node)}"
    if isinstance(node, Literal) and node.datatype is not None:
        return f"{Literal(str(node)).n3()}^^<{node.datatype}>"  # rdflib would change the form of numbers
    return str(node.n3()) if isinstance(node, Literal) else str(node)


def to_text(report: Report, language: InterfaceLanguage, *, every: bool = False) -> str:
    """Return the report as text: results by shape, each with its location, its message and the IRIs involved.

    Args:
        report: the report.
        language: the language of the messages.
        every: whether to list all results of a shape, and not the first ones and the number of the others.
    """
    gettext = translations(language).gettext
    severity = {
        Severity.VIOLATION: gettext("Violation"),
        Severity.WARNING: gettext("Warning"),
        Severity.INFO: gettext("Info"),
    }
    blocks = []
    for group in report.groups:
        # A value that violates two constraints of one shape is listed once, with the message of the shape.
        listed = list(
            dict.fromkeys(_block(result, severity[group.severity], language, gettext) for result in group.results)
        )
        shown = listed if every else listed[:PLACES]
        more = group.count - len(group.results) + len(listed) - len(shown)
        if more:
            words = gettext("{severity}: {count} more results of {shape}; --all lists them.")
            shown.append(words.format(severity=severity[group.severity], count=more, shape=_term(group.shape)))
        blocks += shown
    counts = report.counts
    ending = gettext("The data conform to the shapes.") if report.conforms else gettext("The data break the shapes.")
    if report.nothing_known:
        ending = gettext("Nothing in the data was checked.")
    if report.coverage is not None:
        blocks.append(_coverage(report.coverage, gettext))
    summary = gettext("Violations: {violations}, warnings: {warnings}, infos: {infos}.").format(
        violations=counts[Severity.VIOLATION], warnings=counts[Severity.WARNING], infos=counts[Severity.INFO]
    )
    return visible("\n\n".join([*blocks, f"{ending} {summary}"])) + "\n"


def _coverage(coverage: ValidationCoverage, gettext: Callable[[str], str]) -> str:
    words = gettext(
        "Found: {statements} statements; plans: {plans}, goals: {goals}, concepts: {concepts}, datasets: {datasets}."
    )
    found = {name: coverage.kinds[name] for name in KINDS}
    shapes = ", ".join(f"{_term(URIRef(shape))} ({count})" for shape, count in sorted(coverage.shapes.items()))
    applied = gettext("Shapes that apply, with the number of resources: {shapes}.")
    lines = [words.format(statements=coverage.statements, **found)]
    return "\n".join([*lines, applied.format(shapes=shapes)] if shapes else lines)


def _block(result: Result, severity: str, language: InterfaceLanguage, gettext: Callable[[str], str]) -> str:
    name = preferred_text(result.label, language)
    subject = f"{name} {_term(result.focus)}" if name else _term(result.focus)
    lines = [f"{result.location}: {severity}: {subject}" if result.location else f"{severity}: {subject}"]
    if is_about_cell(result):
        return f"{result.location}: {severity}\n  {preferred_text(result.messages, language)}"
    lines.append(f"  {preferred_text(result.messages, language) or _term(result.component)}")
    details = (
        (gettext("property"), result.path),
        (gettext("value"), result.value),
        (gettext("shape"), result.shape),
    )
    lines += [f"  {word}: {_term(term)}" for word, term in details if term is not None]
    return "\n".join(lines)


def to_json(report: Report) -> bytes:
    """Return the report as JSON, with the messages in all their languages."""
    document = {
        "conforms": report.conforms,
        "counts": {severity.value.lower(): report.counts[severity] for severity in Severity},
        "leftOut": sum(report.left_out.values()),
        **_found(report),
        "results": [
            {
                "severity": result.severity.value,
                "focusNode": _identifier(result.focus),
                "label": result.label,
                "path": str(result.path) if result.path is not None else None,
                "value": _identifier(result.value) if result.value is not None else None,
                "sourceShape": str(result.shape),
                "sourceConstraintComponent": str(result.component),
                "messages": result.messages,
                "file": str(result.location.path) if result.location else None,
                "line": result.location.line if result.location else None,
                **_cell(result),
            }
            for result in report.results
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _found(report: Report) -> dict[str, object]:
    """Return what the data hold, and for each shape its numbers of focus nodes and of results."""
    if report.coverage is None:
        return {}
    results: Counter[str] = Counter()
    for group in report.groups:
        results[str(group.shape)] += group.count
    focus_nodes = report.coverage.shapes
    return {
        "statements": report.coverage.statements,
        "found": {name: report.coverage.kinds[name] for name in KINDS},
        "shapes": [
            {"shape": shape, "focusNodes": focus_nodes.get(shape), "results": results[shape]}
            for shape in sorted({*focus_nodes, *results})
        ],
    }


def _cell(result: Result) -> dict[str, object]:
    """Return sheet, row and column of the cell, if the file is a workbook."""
    cell = result.location.cell if result.location is not None else None
    if cell is None:
        return {}
    return {"sheet": cell.sheet, "row": cell.row, "column": cell.column or None, "cell": str(cell)}


def _identifier(node: Node) -> str:
    return blank_label(node) if isinstance(node, BNode) else str(node)


def to_csv(report: Report, language: InterfaceLanguage) -> str:
    """Return the results as CSV (RFC 4180), one line for each result, with messages in `language`.

    A line at the end for each shape of which results are left out says how many.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    # Only reports on workbooks have a column for cells.
    cells = any(result.location is not None and result.location.cell is not None for result in report.results)
    head = ("severity", "focusNode", "label", "path", "value", "message", "sourceShape", "file", "line")
    table.writerow((*head, "cell") if cells else head)
    for result in report.results:
        place = result.location
        table.writerow(
            (
                result.severity.value,
                _identifier(result.focus),
                preferred_text(result.label, language),
                result.path,
                _identifier(result.value) if result.value is not None else None,
                preferred_text(result.messages, language),
                result.shape,
                place.path if place else None,
                place.line if place else None,
                *([place.cell if place else None] if cells else []),
            )
        )
    more = translations(language).gettext("{count} more results of this shape are left out.")
    for (severity, shape), count in report.left_out.items():
        table.writerow((severity.value, None, None, None, None, more.format(count=count), shape, None, None))
    return out.getvalue()


def to_turtle(report: Report) -> str:
    """Return the report as a SHACL validation report (SHACL, section 3.6)."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    root = BNode()
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal(report.conforms, datatype=XSD.boolean)))
    for result in report.results:
        node = BNode()
        graph.add((root, SH.result, node))
        graph.add((node, RDF.type, SH.ValidationResult))
        graph.add((node, SH.resultSeverity, URIRef(result.declared)))
        graph.add((node, SH.focusNode, result.focus))
        if result.path is not None:
            graph.add((node, SH.resultPath, result.path))
        if result.value is not None:
            graph.add((node, SH.value, result.value))
        graph.add((node, SH.sourceShape, result.shape))
        graph.add((node, SH.sourceConstraintComponent, result.component))
        for tag, message in result.messages.items():
            graph.add((node, SH.resultMessage, Literal(message, lang=tag)))
    return graph.serialize(format="turtle")
