"""The terms of an ontology: its classes, properties and controlled values, and the groups that they are in."""

from collections.abc import Iterable
from dataclasses import dataclass

from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, expand
from plangraf.vocabulary import CLASSES

CONTROLLED_VALUE = expand("plan:ControlledValue")
_TOPICS = ("PlanTerms", "IndicatorTerms", "ObservationTerms", "LinkTerms", "TranscriptionTerms")
"""The local names of the topics, in the order of the page; others follow."""


@dataclass(frozen=True)
class Group:
    """A topic or a concept scheme, or None for the terms that are in none, with its terms in order."""

    iri: str | None
    terms: tuple[str, ...]


class Terms:
    """The terms that an ontology defines in our namespace.

    Args:
        statements: the ontology.

    Attributes:
        classes: the classes, those of the table of kinds first.
        properties: the properties.
        values: the controlled values.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        own = self._instances("owl:Class")
        kinds = [iri for iri in CLASSES if iri in own]
        self.classes = [*kinds, *(iri for iri in own if iri not in kinds)]
        self.properties = self._instances("owl:ObjectProperty", "owl:DatatypeProperty")
        self.values = self._instances("plan:ControlledValue")
        self._topics = self._instances("dcmitype:Collection")
        self._schemes = self._instances("skos:ConceptScheme")

    @property
    def topics(self) -> list[Group]:
        """What the terms are about (`dct:isPartOf`), with the terms that are not deprecated: classes come first.

        The class of controlled values is in none: it stands with them.
        """
        known = [PLAN + name for name in _TOPICS]
        order = sorted(self._topics, key=lambda iri: known.index(iri) if iri in known else len(known))
        terms = [iri for iri in self._documented() if iri != CONTROLLED_VALUE]
        return self._groups({iri: self._of("dct:isPartOf", iri, terms) for iri in order}, terms)

    @property
    def schemes(self) -> list[Group]:
        """The concept schemes of the controlled values, with the values that are not deprecated."""
        groups = {iri: self._of("skos:inScheme", iri, self.values) for iri in self._schemes}
        return self._groups(groups, self.values)

    @property
    def deprecated(self) -> list[str]:
        """The deprecated terms."""
        return [iri for iri in (*self._documented(), *self.values) if self.is_deprecated(iri)]

    def is_deprecated(self, iri: str) -> bool:
        """Return whether a term is deprecated (`owl:deprecated`)."""
        return self._statements.text(iri, expand("owl:deprecated")) == "true"

    def _documented(self) -> list[str]:
        """Return the terms that are neither controlled values nor groups."""
        defined = self._statements.subjects(expand("rdfs:isDefinedBy"), ONTOLOGY)
        first = (*self.classes, *self.properties)
        apart = {*first, *self.values, *self._topics, *self._schemes}
        return [*first, *(iri for iri in defined if iri.startswith(PLAN) and iri not in apart)]

    def _instances(self, *names: str) -> list[str]:
        return [iri for iri in self._statements.instances(*map(expand, names)) if iri.startswith(PLAN)]

    def _of(self, property_: str, group: str, terms: Iterable[str]) -> tuple[str, ...]:
        members = set(self._statements.subjects(expand(property_), group))
        return tuple(iri for iri in terms if iri in members and not self.is_deprecated(iri))

    def _groups(self, groups: dict[str, tuple[str, ...]], terms: Iterable[str]) -> list[Group]:
        grouped = {iri for members in groups.values() for iri in members}
        rest = tuple(iri for iri in terms if iri not in grouped and not self.is_deprecated(iri))
        found = [Group(iri, members) for iri, members in groups.items()]
        return [*found, Group(None, rest)] if rest else found
