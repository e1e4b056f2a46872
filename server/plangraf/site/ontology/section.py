"""What the page of the ontology shows of a term."""

from dataclasses import dataclass

from plangraf.site.ontology.demands import Demand
from plangraf.site.ontology.diagram import Diagram
from plangraf.site.ontology.usage import TermExample
from plangraf.view.reading import Name, Reference


@dataclass(frozen=True)
class TermLink:
    """A term by its prefixed name, with where it is explained."""

    name: str
    href: str | None


@dataclass(frozen=True)
class DemandRow:
    """What a shape asks, as a row of a table.

    Attributes:
        demand: what it asks, as the shape has it.
        targets: the classes that it is asked of.
        subjects_of: the properties whose subjects it is asked of.
        path: the links of the path, each with the signs before and after it.
        kinds: the classes or datatypes of the values.
        values: the controlled values to choose from.
        excluded: the controlled values that are not to be there.
        severity: what the interface calls the severity.
        shape: the shape, on the page of the shapes.
    """

    demand: Demand
    targets: list[TermLink]
    subjects_of: list[TermLink]
    path: list[tuple[str, TermLink, str]]
    kinds: list[TermLink]
    values: list[TermLink]
    excluded: list[TermLink]
    severity: str
    shape: TermLink | None


@dataclass(frozen=True)
class Wording:
    """A label and a definition in one language."""

    language: str
    label: str | None
    definition: str | None


@dataclass(frozen=True)
class Section:
    """A term of the ontology.

    Attributes:
        anchor: its local name.
        iri: its IRI.
        label: what it is called.
        definition: what it means.
        other: both in the interface's other language.
        kind: its class.
        alignments: what it is tied to in other vocabularies and in this one, by the kind of tie.
        demands: what the shapes ask of the instances of a class, or of a property.
        values: the controlled values that the property leads to.
        leading: the properties that lead to the controlled value.
        uses: how many times the release uses it.
        observed: the classes of those that have the property in the release.
        uses_href: the query that counts them.
        example: a resource that uses it.
        example_page: the page of that resource, if it is published.
        diagram: the relations of a class.
    """

    anchor: str
    iri: str
    label: Name
    definition: Name | None
    other: Wording
    kind: Reference
    alignments: list[tuple[str, list[TermLink]]]
    demands: list[DemandRow]
    values: list[TermLink]
    leading: list[TermLink]
    uses: int
    observed: list[TermLink]
    uses_href: str
    example: TermExample | None
    example_page: Reference | None
    diagram: Diagram | None


@dataclass(frozen=True)
class TermGroup:
    """Terms that are shown together, below the names of what they are about."""

    subjects: list[TermLink]
    sections: list[Section]
