"""The page of the shapes: every shape with an anchor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from plangraf import shipped
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.http.signposting import Landing
from plangraf.linkeddata.sources import find_sources
from plangraf.namespaces import BASE, SHAPES, expand
from plangraf.validation.examples import ShapeExample, read_examples
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Name, Reading, Reference
from plangraf.view.term_names import term_names


@dataclass(frozen=True)
class Constraint:
    """A property shape, a rule or a hint, with its message, and a valid and an invalid example.

    A constraint of several shapes has its anchor at its first occurrence on the page, and None at the others.
    """

    anchor: str | None
    identifier: str
    name: Name | None
    path: Reference | None
    severity: Name
    message: Name | None
    example: ShapeExample | None


@dataclass(frozen=True)
class NodeShape:
    """A node shape with its targets and constraints."""

    anchor: str
    shape: Reference
    targets: list[Reference]
    constraints: list[Constraint]


async def shapes_page(triples: Iterable[ox.Triple], request: RecordingRequest, _: Services) -> Page:
    """Return the page of the shapes with their constraints and examples: no call of the engine."""
    reader, examples = Reader.of(request), _examples()
    reading = Reading(triples, reader, term_names(reader.language))
    statements = reading.statements
    shapes = []
    shown: set[str] = set()

    def constraints(iris: Iterable[str]) -> list[Constraint]:
        return [_constraint(reading, iri, examples, shown) for iri in iris]

    for iri in statements.instances(expand("sh:NodeShape")):
        targets = [
            *reading.references(iri, "sh:targetClass"),
            *reading.references(iri, "sh:targetSubjectsOf"),
            *reading.references(iri, "sh:targetObjectsOf"),
        ]
        if targets:
            shown.add(iri)  # its anchor is the heading
            itself = [iri] if reading.text(iri, "sh:message") else []
            own = constraints([*itself, *statements.iris(iri, expand("sh:property"))])
            shapes.append(NodeShape(_anchor(iri), reading.reference(iri), targets, own))
    context = {
        "description": reading.text(SHAPES, "dct:description"),
        "shapes": shapes,
        "rules": constraints(statements.instances(expand("sh:SPARQLConstraint"))),
        "hints": constraints(statements.instances(expand("sh:Shape"))),
        "earlier": [
            (iri.rpartition("/")[2], reader.href(iri.removeprefix(BASE)))
            for iri in statements.iris(SHAPES, expand("owl:priorVersion"))
        ],
    }
    metadata = Metadata(request.stem, sources=find_sources(statements, (SHAPES,)))
    return Page("shapes/shapes.html", reading.name(SHAPES).text, context, metadata, Landing(SHAPES))


@cache
def _examples() -> dict[str, ShapeExample]:
    """Return the examples of all shapes with a message, by name of the shape."""
    return read_examples(shipped.EXAMPLES)


def _constraint(reading: Reading, iri: str, examples: Mapping[str, ShapeExample], shown: set[str]) -> Constraint:
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
        name=reading.text(iri, "rdfs:label"),
        path=reading.reference(path) if path else None,
        severity=Name(names.get(severity, severity)),
        message=reading.text(iri, "sh:message"),
        example=examples.get(_anchor(iri)),
    )


def _anchor(iri: str) -> str:
    return iri.partition("#")[2]
