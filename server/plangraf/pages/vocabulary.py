"""The page of the shapes: every shape with an anchor of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import SHAPES, expand
from plangraf.pages.names import term_names
from plangraf.pages.page import Page
from plangraf.pages.reading import Name, Reader, Reading, Reference


@dataclass(frozen=True)
class Constraint:
    """A shape of a property, or a rule: what it asks for, in words.

    A constraint that several shapes share has its anchor where the page shows it first, and None after that.
    """

    anchor: str | None
    identifier: str
    path: Reference | None
    severity: Name
    message: Name | None


@dataclass(frozen=True)
class NodeShape:
    """A shape with its constraints and what it applies to."""

    anchor: str
    shape: Reference
    message: Name | None
    targets: list[Reference]
    constraints: list[Constraint]


def shapes_page(triples: Iterable[ox.Triple], reader: Reader) -> Page:
    """Return the page of the shapes."""
    reading = Reading(triples, reader, term_names(reader.language))
    statements = reading.statements
    shapes = []
    shown: set[str] = set()
    for iri in statements.instances(expand("sh:NodeShape")):
        targets = [
            *reading.references(iri, "sh:targetClass"),
            *reading.references(iri, "sh:targetSubjectsOf"),
        ]
        if targets:
            constraints = [
                _constraint(reading, shape, shown) for shape in statements.iris(iri, expand("sh:property"))
            ]
            shapes.append(
                NodeShape(
                    _anchor(iri),
                    reading.reference(iri),
                    reading.text(iri, "sh:message"),
                    targets,
                    constraints,
                )
            )
    rules = [_constraint(reading, rule, shown) for rule in statements.instances(expand("sh:SPARQLConstraint"))]
    context = {"description": reading.text(SHAPES, "dct:description"), "shapes": shapes, "rules": rules}
    return Page("shapes.html", reading.name(SHAPES).text, context, SHAPES)


def _constraint(reading: Reading, iri: str, shown: set[str]) -> Constraint:
    anchor = None if iri in shown else _anchor(iri)
    shown.add(iri)
    path = reading.statements.iri(iri, expand("sh:path"))
    severity = reading.statements.iri(iri, expand("sh:severity")) or expand("sh:Violation")
    names = {
        expand("sh:Violation"): reading.reader.gettext("Violation"),
        expand("sh:Warning"): reading.reader.gettext("Warning"),
        expand("sh:Info"): reading.reader.gettext("Info"),
    }
    return Constraint(
        anchor=anchor,
        identifier=_anchor(iri),
        path=reading.reference(path) if path else None,
        severity=Name(names.get(severity, severity)),
        message=reading.text(iri, "sh:message"),
    )


def _anchor(iri: str) -> str:
    return iri.partition("#")[2]
