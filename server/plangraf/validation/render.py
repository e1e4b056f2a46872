"""Serialization of validation reports as text, JSON, CSV and Turtle."""

import csv
import io
from collections.abc import Callable

import orjson
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from plangraf.languages import InterfaceLanguage, translations
from plangraf.namespaces import PREFIXES, compact
from plangraf.validation.report import Report, Result, Severity


def _pick(texts: dict[str, str], language: InterfaceLanguage) -> str | None:
    other = "en" if language == "nb" else "nb"
    return texts.get(language) or texts.get(other) or next(iter(texts.values()), None)


def _term(node: Node) -> str:
    if isinstance(node, URIRef):
        return compact(str(node))
    if isinstance(node, BNode):
        return f"_:{node}"
    return str(node.n3()) if isinstance(node, Literal) else str(node)


def to_text(report: Report, language: InterfaceLanguage) -> str:
    """Return the report as text: each result with its location, its message and the IRIs involved."""
    gettext = translations(language).gettext
    severity = {
        Severity.VIOLATION: gettext("Violation"),
        Severity.WARNING: gettext("Warning"),
        Severity.INFO: gettext("Info"),
    }
    blocks = [_block(result, severity[result.severity], language, gettext) for result in report.results]
    counts = report.counts
    ending = gettext("The data conform to the shapes.") if report.conforms else gettext("The data break the shapes.")
    summary = gettext("Violations: {violations}, warnings: {warnings}, infos: {infos}.").format(
        violations=counts[Severity.VIOLATION], warnings=counts[Severity.WARNING], infos=counts[Severity.INFO]
    )
    # A value that violates two constraints of one shape is listed once, with the message of the shape.
    return "\n\n".join([*dict.fromkeys(blocks), f"{ending} {summary}"]) + "\n"


def _block(result: Result, severity: str, language: InterfaceLanguage, gettext: Callable[[str], str]) -> str:
    name = _pick(result.label, language)
    subject = f"{name} {_term(result.focus)}" if name else _term(result.focus)
    lines = [f"{result.location}: {severity}: {subject}" if result.location else f"{severity}: {subject}"]
    lines.append(f"  {_pick(result.messages, language) or _term(result.component)}")
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
        "results": [
            {
                "severity": result.severity.value,
                "focusNode": str(result.focus),
                "label": result.label,
                "path": str(result.path) if result.path is not None else None,
                "value": str(result.value) if result.value is not None else None,
                "sourceShape": str(result.shape),
                "sourceConstraintComponent": str(result.component),
                "messages": result.messages,
                "file": str(result.location.path) if result.location else None,
                "line": result.location.line if result.location else None,
            }
            for result in report.results
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_csv(report: Report, language: InterfaceLanguage) -> str:
    """Return the results as CSV (RFC 4180), one line for each result, with messages in `language`."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(("severity", "focusNode", "label", "path", "value", "message", "sourceShape", "file", "line"))
    for result in report.results:
        place = result.location
        table.writerow(
            (
                result.severity.value,
                result.focus,
                _pick(result.label, language),
                result.path,
                result.value,
                _pick(result.messages, language),
                result.shape,
                place.path if place else None,
                place.line if place else None,
            )
        )
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
