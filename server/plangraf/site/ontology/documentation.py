"""The documentation of the terms of an ontology for one reader."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from plangraf.languages import BilingualLanguage, InterfaceLanguage
from plangraf.namespaces import PLAN, compact, expand
from plangraf.release.release import Counts
from plangraf.site.ontology.demands import Demand
from plangraf.site.ontology.relations import RelationRow, Relations
from plangraf.site.ontology.section import DemandRow, NearestRow, Section, TermGroup, TermLink, Wording
from plangraf.site.ontology.terms import CONTROLLED_VALUE, Group, Terms
from plangraf.site.ontology.usage import Usage
from plangraf.view.reading import Name, Reading

_OTHER: dict[InterfaceLanguage, BilingualLanguage] = {"nb": "en", "nn": "en", "en": "nb"}
# The ontology has schema.org's terms as vocabularies cite them; the descriptions of datasets have them with https.
_SCHEMA = "http://schema.org/"


class Documentation:
    """The documentation of the terms.

    Args:
        reading: the ontology, with labels for the reader.
        demands: the property shapes.
        usage: the use of the terms in the release.
        counts: the counts of the release.

    Attributes:
        relations: the relations between the classes.
    """

    def __init__(self, reading: Reading, demands: Sequence[Demand], usage: Usage, counts: Counts) -> None:
        self._reading = reading
        self._demands = demands
        self._usage = usage
        self._links: dict[str, TermLink] = {}
        self._counts = {**counts.classes, **counts.properties}
        _ = reading.reader.gettext
        self._severities = {
            expand("sh:Violation"): _("Violation"),
            expand("sh:Warning"): _("Warning"),
            expand("sh:Info"): _("Info"),
        }
        self._statuses = {"stable": _("stable"), "testing": _("testing"), "archaic": _("archaic")}
        self._terms = Terms(reading.statements)
        self._classes = self._terms.classes
        self._leading = self._read_leading()
        self.relations = Relations(self._classes, reading, demands, usage)

    def topics(self) -> list[TermGroup]:
        """Return the terms by what they are about; the controlled values are in `schemes`."""
        _, topics = self._reading.reader.gettext, self._terms.topics
        rest = _("Other") if len(topics) > 1 else _("Classes and properties")
        return [self._group(group, "other-terms", rest) for group in topics]

    def schemes(self) -> list[TermGroup]:
        """Return the controlled values by their concept schemes, those of a scheme in the order of the shapes."""
        _, order = self._reading.reader.gettext, self._order()
        found = [
            Group(g.iri, tuple(sorted(g.terms, key=lambda v: order.get(v, len(order))))) for g in self._terms.schemes
        ]
        return [self._group(group, "other-values", _("Values")) for group in found]

    def value_class(self) -> Section | None:
        """Return the class of controlled values."""
        return self._section(CONTROLLED_VALUE) if CONTROLLED_VALUE in self._classes else None

    def deprecated(self) -> list[Section]:
        """Return the deprecated terms."""
        return [self._section(iri) for iri in self._terms.deprecated]

    def nearest(self) -> list[NearestRow]:
        """Return the classes and properties with the nearest terms of other vocabularies and why none was taken."""
        rows = []
        for iri in (*self._classes, *self._terms.properties):
            reason = self._reading.text(iri, "skos:editorialNote")
            if reason is not None:
                near = self._reading.statements.iris(iri, expand("rdfs:seeAlso"))
                rows.append(NearestRow(self._link(iri), self._reading.name(iri), self._linked(near), reason))
        return rows

    def relation_rows(self) -> list[tuple[RelationRow, list[TermLink], list[TermLink]]]:
        """Return the relations between classes, with links to the classes at both ends."""
        return [(row, [self._link(row.source)], self._linked(row.targets)) for row in self.relations.rows]

    def _order(self) -> dict[str, int]:
        return {value: place for demand in self._demands for place, value in enumerate(demand.values)}

    def _group(self, group: Group, anchor: str, heading: str) -> TermGroup:
        """Return a group; the terms that are in no group have an anchor and a heading of the page."""
        iri, reading = group.iri, self._reading
        sections = [self._section(term) for term in group.terms]
        if iri is None:
            return TermGroup(anchor, Name(heading), None, [], sections)
        return TermGroup(
            anchor=iri.removeprefix(PLAN),
            heading=_capitalized(reading.name(iri)),
            definition=reading.text(iri, "skos:definition"),
            see_also=self._linked(reading.statements.iris(iri, expand("rdfs:seeAlso"))),
            sections=sections,
        )

    def _observed(self, iri: str) -> list[str]:
        """Return the classes of the subjects of a property in the release, those of our ontology if there are any."""
        observed = self._usage.classes(iri)
        return [c for c in self._classes if c in observed] or observed

    def _read_leading(self) -> dict[str, list[str]]:
        """Return the properties that have the values of a scheme, for each controlled value."""
        found: dict[str, list[str]] = {}
        for group in self._terms.schemes:
            values = set(group.terms)
            paths = {d.path[0].property for d in self._demands if not values.isdisjoint(d.values)}
            paths.update(*(self._usage.properties(value) for value in values))
            found.update(dict.fromkeys(values, sorted(paths)))
        return found

    def _section(self, iri: str) -> Section:
        reading = self._reading
        statements = reading.statements
        name, types = compact(iri), statements.types(iri)
        is_class, is_value = expand("owl:Class") in types, CONTROLLED_VALUE in types
        superclasses = statements.iris(iri, expand("rdfs:subClassOf"))
        demands = [
            demand
            for demand in self._demands
            if (not {iri, *superclasses}.isdisjoint(demand.classes) if is_class else iri in demand.properties)
        ]
        if is_class:
            demands.sort(key=lambda d: (compact(d.path[0].property), d.shape or ""))
        example = self._usage.example(iri, is_class=is_class)
        leading = self._leading.get(iri, [])
        uses = self._usage.number(iri) if is_value else self._counts.get(iri, 0)
        status = statements.text(iri, expand("vs:term_status"))
        return Section(
            anchor=iri.removeprefix(PLAN),
            iri=iri,
            label=reading.name(iri),
            definition=reading.text(iri, "skos:definition"),
            other=self._other(iri),
            kind=reading.reference(min(types)),
            status=self._statuses.get(status, status) if status else None,
            deprecated=self._terms.is_deprecated(iri),
            relations=self._related(iri),
            demands=[self._row(demand) for demand in demands],
            values=[] if is_class else self._choices(iri),
            leading=self._linked(leading),
            uses=uses if is_value or is_class or iri in self._terms.properties else None,
            observed=self._linked(self._observed(iri)),
            uses_href=reading.reader.href(f"/sparql?query={quote(_query(name, is_class, leading))}"),
            example=example,
            example_page=reading.reference(example.iri) if example and example.published else None,
            diagram=self.relations.neighbourhood(iri) if is_class and self._demands else None,
        )

    def _other(self, iri: str) -> Wording:
        language = _OTHER[self._reading.reader.language]

        def text(name: str) -> str | None:
            literals = self._reading.statements.literals(iri, expand(name))
            return next((literal.value for literal in literals if literal.language == language), None)

        return Wording(language, text("rdfs:label"), text("skos:definition"))

    def _related(self, iri: str) -> list[tuple[str, list[TermLink]]]:
        _, statements = self._reading.reader.gettext, self._reading.statements
        reasoned = statements.text(iri, expand("skos:editorialNote")) and not self._terms.is_deprecated(iri)
        ties = [
            (_("Replaced by"), expand("dct:isReplacedBy")),
            (_("Subclass of"), expand("rdfs:subClassOf")),
            (_("Subproperty of"), expand("rdfs:subPropertyOf")),
            (_("Used on"), f"{_SCHEMA}domainIncludes"),
            (_("Expected values"), f"{_SCHEMA}rangeIncludes"),
            (_("Nearly the same as"), expand("skos:closeMatch")),
            (_("Part of something broader"), expand("skos:broadMatch")),
            (_("Related to"), expand("skos:relatedMatch")),
            (_("Nearest, not taken") if reasoned else _("See also"), expand("rdfs:seeAlso")),
        ]
        found = [(heading, statements.iris(iri, name)) for heading, name in ties]
        return [(heading, self._linked(others)) for heading, others in found if others]

    def _choices(self, iri: str) -> list[TermLink]:
        """Return the controlled values of a property: in the order of the shapes, else those that lead from it."""
        listed = [value for demand in self._demands if iri in demand.properties for value in demand.values]
        own = [value for value in dict.fromkeys(listed) if value.startswith(PLAN)]
        return self._linked(own or (value for value in self._terms.values if iri in self._leading.get(value, ())))

    def _row(self, demand: Demand) -> DemandRow:
        return DemandRow(
            demand=demand,
            targets=self._linked(demand.classes),
            subjects_of=self._linked(demand.subjects_of),
            path=[(part.before, self._link(part.property), part.after) for part in demand.path],
            kinds=self._linked((*demand.value_classes, *demand.datatypes)),
            values=self._linked(demand.values),
            excluded=self._linked(demand.excluded),
            severity=self._severities.get(demand.severity, compact(demand.severity)),
            shape=self._link(demand.shape) if demand.shape else None,
        )

    def _linked(self, iris: Iterable[str]) -> list[TermLink]:
        return [self._link(iri) for iri in iris]

    def _link(self, iri: str) -> TermLink:
        if iri not in self._links:
            reference = self._reading.reference(iri)
            href = f"#{iri.removeprefix(PLAN)}" if iri.startswith(PLAN) else reference.href
            schema = iri.removeprefix(_SCHEMA)
            self._links[iri] = TermLink(compact(iri).strip("<>") if schema == iri else f"schema:{schema}", href)
        return self._links[iri]


def _query(name: str, is_class: bool, leading: Sequence[str]) -> str:
    """Return the query for the uses of a class, of a controlled value or, if nothing leads to it, of a property."""
    path = "|".join(f"<{iri}>" for iri in leading)
    pattern = f"?thing a {name}" if is_class else f"?thing {path} {name}" if path else f"?thing {name} ?value"
    return f"PREFIX plan: <{PLAN}>\nSELECT * WHERE {{ {pattern} }}"


def _capitalized(name: Name) -> Name:
    return Name(name.text[:1].upper() + name.text[1:], name.language)
