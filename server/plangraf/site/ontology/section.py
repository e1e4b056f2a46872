"""The parts of the page of the ontology: sections for its terms, and the groups that they stand in."""

from dataclasses import dataclass

from plangraf.site.ontology.demands import Demand
from plangraf.site.ontology.diagram import Diagram
from plangraf.site.ontology.usage import TermExample
from plangraf.view.reading import Name, Reference


@dataclass(frozen=True)
class TermLink:
    """A term by its prefixed name, with the link to its documentation."""

    name: str
    href: str | None


@dataclass(frozen=True)
class DemandRow:
    """A property shape as a row of a table.

    Attributes:
        demand: the constraints of the property shape.
        targets: the target classes.
        subjects_of: the properties whose subjects are targets.
        path: the links of the path, each with the operators before and after it.
        kinds: the classes or datatypes of the values.
        values: the allowed controlled values.
        excluded: the forbidden controlled values.
        severity: the label of the severity.
        shape: the link to the shape on the page of the shapes.
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
        label: its label.
        definition: its definition.
        other: label and definition in English, or in bokmål for readers of English.
        kind: its class.
        status: the word for its status (`vs:term_status`), or None if it states none.
        deprecated: whether it is deprecated.
        relations: related terms in this and other vocabularies, by heading.
        demands: the property shapes of the instances of a class, or of a property.
        values: the controlled values of the property.
        leading: the properties that have the controlled value.
        uses: the number of uses in the release; None for terms that are not used in data.
        observed: the classes of the subjects of the property in the release.
        uses_href: the link to the query that counts the uses.
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
    status: str | None
    deprecated: bool
    relations: list[tuple[str, list[TermLink]]]
    demands: list[DemandRow]
    values: list[TermLink]
    leading: list[TermLink]
    uses: int | None
    observed: list[TermLink]
    uses_href: str
    example: TermExample | None
    example_page: Reference | None
    diagram: Diagram | None


@dataclass(frozen=True)
class TermGroup:
    """Terms below a common heading: those of one topic, or the controlled values of one scheme.

    Attributes:
        anchor: the identifier of the heading.
        heading: the heading.
        definition: what the terms have in common.
        see_also: the terms or documents that the group refers to.
        sections: the terms.
    """

    anchor: str
    heading: Name
    definition: Name | None
    see_also: list[TermLink]
    sections: list[Section]


@dataclass(frozen=True)
class NearestRow:
    """A term of the ontology with the nearest terms of other vocabularies, and the reason why none was taken."""

    term: TermLink
    label: Name
    nearest: list[TermLink]
    reason: Name
