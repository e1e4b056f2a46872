"""The documentation of the ontology: the definition, the constraints and the use of every term."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import pyoxigraph as ox

from plangraf.http.signposting import Landing
from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import ONTOLOGY, PLAN, compact, expand
from plangraf.release.release import Counts
from plangraf.site.ontology.demands import Demand, read_demands
from plangraf.site.ontology.relations import RelationRow, Relations
from plangraf.site.ontology.section import DemandRow, Section, TermGroup, TermLink, Wording
from plangraf.site.ontology.usage import Usage
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.term_names import term_names
from plangraf.vocabulary import CLASSES

_OTHER: dict[InterfaceLanguage, InterfaceLanguage] = {"nb": "en", "en": "nb"}
_VALUE = expand("plan:ControlledValue")


def ontology_page(
    triples: Iterable[ox.Triple],
    shapes: Iterable[ox.Triple],
    usage: Usage,
    counts: Counts,
    reader: Reader,
    metadata: Metadata,
) -> Page:
    """Return the page of the ontology.

    Args:
        triples: the ontology.
        shapes: the shapes.
        usage: the use of the ontology's terms in the release.
        counts: the counts of the release.
        reader: the reader.
        metadata: the metadata of the page.
    """
    reading = Reading((*triples, *usage.triples), reader, term_names(reader.language))
    view = _View(reading, read_demands(shapes), usage, counts)
    context = {
        "description": reading.text(ONTOLOGY, "dct:description"),
        "version": reading.statements.text(ONTOLOGY, expand("owl:versionInfo")),
        "version_iri": reading.statements.iri(ONTOLOGY, expand("owl:versionIRI")),
        "licences": reading.references(ONTOLOGY, "dct:license"),
        "creators": reading.references(ONTOLOGY, "dct:creator"),
        "prefix": reading.statements.text(ONTOLOGY, expand("vann:preferredNamespacePrefix")),
        "namespace": PLAN,
        "ontology": ONTOLOGY,
        "classes": view.class_sections(),
        "properties": view.property_groups(),
        "values": view.value_groups(),
        "overview": view.relations.overview(),
        "relations": view.relation_rows(),
    }
    return Page("ontology/ontology.html", reading.name(ONTOLOGY).text, context, metadata, Landing(ONTOLOGY))


class _View:
    """The terms of the ontology for one reader."""

    def __init__(self, reading: Reading, demands: Sequence[Demand], usage: Usage, counts: Counts) -> None:
        self._reading = reading
        self._demands = demands
        self._usage = usage
        self._links: dict[str, TermLink] = {}
        self._counts = {**counts.classes, **counts.properties}
        self._severities = {
            expand("sh:Violation"): reading.reader.gettext("Violation"),
            expand("sh:Warning"): reading.reader.gettext("Warning"),
            expand("sh:Info"): reading.reader.gettext("Info"),
        }
        own = self._terms(expand("owl:Class"))
        kinds = [iri for iri in CLASSES if iri in own]  # classes in the table of kinds come first
        self._classes = [*kinds, *(iri for iri in own if iri not in kinds)]
        self._properties = self._terms(expand("owl:ObjectProperty"), expand("owl:DatatypeProperty"))
        self.relations = Relations(self._classes, reading, demands, usage)

    def class_sections(self) -> list[Section]:
        """Return the sections of the classes, those in the table of kinds first."""
        return [self._section(iri) for iri in self._classes]

    def property_groups(self) -> list[TermGroup]:
        """Return the properties, grouped by the targets of their shapes."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for iri in self._properties:
            groups.setdefault(self._subjects(iri), []).append(iri)
        return self._groups(groups)

    def value_groups(self) -> list[TermGroup]:
        """Return the controlled values, each once, grouped by the properties that have them as values."""
        groups: dict[tuple[str, ...], list[str]] = {}
        order = {value: place for demand in self._demands for place, value in enumerate(demand.values)}
        for iri in sorted(self._terms(_VALUE), key=lambda value: order.get(value, len(order))):
            groups.setdefault(tuple(self._leading(iri)[:1]), []).append(iri)
        return self._groups(groups)

    def relation_rows(self) -> list[tuple[RelationRow, list[TermLink], list[TermLink]]]:
        """Return the relations between classes, with links to the classes at both ends."""
        return [
            (row, [self._link(row.source)], [self._link(iri) for iri in row.targets]) for row in self.relations.rows
        ]

    def _terms(self, *classes: str) -> list[str]:
        return [iri for iri in self._reading.statements.instances(*classes) if iri.startswith(PLAN)]

    def _groups(self, groups: dict[tuple[str, ...], list[str]]) -> list[TermGroup]:
        def order(key: tuple[str, ...]) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
            places = tuple(self._classes.index(iri) for iri in key if iri in self._classes)
            return (0 if key and len(places) == len(key) else 1 if key else 2, places, key)

        return [
            TermGroup([self._link(iri) for iri in key], [self._section(iri) for iri in groups[key]])
            for key in sorted(groups, key=order)
        ]

    def _subjects(self, iri: str) -> tuple[str, ...]:
        """Return the subjects of a property: from the shapes, else from the release."""
        named = {c for demand in self._demands if iri in demand.properties for c in demand.classes}
        order = self._classes.index
        return tuple(sorted(named or self._observed(iri), key=lambda c: (order(c) if c in self._classes else 99, c)))

    def _observed(self, iri: str) -> list[str]:
        """Return the classes of the subjects of a property in the release, those of our ontology if there are any."""
        observed = self._usage.classes(iri)
        return [c for c in self._classes if c in observed] or observed

    def _leading(self, value: str) -> list[str]:
        """Return the properties that have a controlled value, in the shapes and in the release."""
        paths = [d.path[0].property for d in self._demands if value in d.values]
        return list(dict.fromkeys([*sorted(paths), *self._usage.properties(value)]))

    def _section(self, iri: str) -> Section:
        reading = self._reading
        statements = reading.statements
        name = compact(iri)
        types = statements.types(iri)
        is_class = expand("owl:Class") in types
        superclasses = statements.iris(iri, expand("rdfs:subClassOf"))
        demands = [
            demand
            for demand in self._demands
            if (not {iri, *superclasses}.isdisjoint(demand.classes) if is_class else iri in demand.properties)
        ]
        if is_class:
            demands.sort(key=lambda d: (compact(d.path[0].property), d.shape or ""))
        example = self._usage.example(iri, is_class=is_class)
        by_class = f"?thing a {name}" if is_class else f"?thing {name} ?value"
        pattern = f"?thing ?property {name}" if _VALUE in types else by_class
        query = f"PREFIX plan: <{PLAN}>\nSELECT * WHERE {{ {pattern} }}"
        return Section(
            anchor=iri.removeprefix(PLAN),
            iri=iri,
            label=reading.name(iri),
            definition=reading.text(iri, "skos:definition"),
            other=self._other(iri),
            kind=reading.reference(min(types)),
            alignments=self._alignments(iri),
            demands=[self._row(demand) for demand in demands],
            values=[] if is_class else self._choices(iri),
            leading=[self._link(p) for p in self._leading(iri)] if _VALUE in types else [],
            uses=self._usage.number(iri) if _VALUE in types else self._counts.get(iri, 0),
            observed=[self._link(c) for c in self._observed(iri)],
            uses_href=reading.reader.href(f"/sparql?query={quote(query)}"),
            example=example,
            example_page=reading.reference(example.iri) if example and example.published else None,
            diagram=self.relations.neighbourhood(iri) if is_class else None,
        )

    def _other(self, iri: str) -> Wording:
        language = _OTHER[self._reading.reader.language]

        def text(name: str) -> str | None:
            literals = self._reading.statements.literals(iri, expand(name))
            return next((literal.value for literal in literals if literal.language == language), None)

        return Wording(language, text("rdfs:label"), text("skos:definition"))

    def _alignments(self, iri: str) -> list[tuple[str, list[TermLink]]]:
        _ = self._reading.reader.gettext
        ties = [
            (_("Subclass of"), "rdfs:subClassOf"),
            (_("Subproperty of"), "rdfs:subPropertyOf"),
            (_("Nearly the same as"), "skos:closeMatch"),
            (_("Part of something broader"), "skos:broadMatch"),
            (_("Related to"), "skos:relatedMatch"),
            (_("See also"), "rdfs:seeAlso"),
        ]
        found = [(heading, self._reading.statements.iris(iri, expand(name))) for heading, name in ties]
        return [(heading, [self._link(other) for other in others]) for heading, others in found if others]

    def _choices(self, iri: str) -> list[TermLink]:
        """Return the controlled values of a property, in the order of the shapes."""
        listed = [value for demand in self._demands if iri in demand.properties for value in demand.values]
        return [self._link(value) for value in dict.fromkeys(listed) if value.startswith(PLAN)]

    def _row(self, demand: Demand) -> DemandRow:
        return DemandRow(
            demand=demand,
            targets=[self._link(iri) for iri in demand.classes],
            subjects_of=[self._link(iri) for iri in demand.subjects_of],
            path=[(part.before, self._link(part.property), part.after) for part in demand.path],
            kinds=[self._link(iri) for iri in (*demand.value_classes, *demand.datatypes)],
            values=[self._link(iri) for iri in demand.values],
            excluded=[self._link(iri) for iri in demand.excluded],
            severity=self._severities.get(demand.severity, compact(demand.severity)),
            shape=self._link(demand.shape) if demand.shape else None,
        )

    def _link(self, iri: str) -> TermLink:
        if iri not in self._links:
            reference = self._reading.reference(iri)
            href = f"#{iri.removeprefix(PLAN)}" if iri.startswith(PLAN) else reference.href
            self._links[iri] = TermLink(compact(iri).strip("<>"), href)
        return self._links[iri]
