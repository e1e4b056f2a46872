"""An index over the triples of one answer, for documents and pages."""

from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.namespaces import PREFIXES

_NAMING = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["dct"] + "title")
TYPE = PREFIXES["rdf"] + "type"


class Statements:
    """Triples, indexed by subject and by object. Triple terms (RDF 1.2) are left out."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._forward: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
        self._backward: dict[tuple[str, str], list[str]] = {}
        forward, backward = self._forward, self._backward
        for subject, predicate, value in set(triples):  # each access of a triple makes its terms anew
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                continue
            name, relation = subject.value, predicate.value
            forward.setdefault(name, {}).setdefault(relation, []).append(value)
            if isinstance(value, ox.NamedNode):
                backward.setdefault((relation, value.value), []).append(name)

    def __contains__(self, iri: str) -> bool:
        return iri in self._forward

    def predicates(self, subject: str) -> list[str]:
        """Return the properties of `subject`, sorted."""
        return sorted(self._forward.get(subject, {}))

    def objects(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """Return the values of a property, in a stable order."""
        return sorted(self._forward.get(subject, {}).get(predicate, []), key=str)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property that are IRIs, sorted."""
        return [o.value for o in self.objects(subject, predicate) if isinstance(o, ox.NamedNode)]

    def iri(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property that is an IRI."""
        return next(iter(self.iris(subject, predicate)), None)

    def literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        """Return the values of a property that are literals, in a stable order."""
        return [o for o in self.objects(subject, predicate) if isinstance(o, ox.Literal)]

    def text(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property that is a literal, without its language."""
        return next((literal.value for literal in self.literals(subject, predicate)), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have the IRI `value` for a property, sorted."""
        return sorted(self._backward.get((predicate, value), []))

    def referring(self, value: str) -> list[tuple[str, str]]:
        """Return the pairs of property and subject that refer to the IRI `value`, sorted."""
        return sorted(
            (predicate, subject)
            for (predicate, target), subjects in self._backward.items()
            if target == value
            for subject in subjects
        )

    def instances(self, *classes: str) -> list[str]:
        """Return the instances of any of `classes`, sorted."""
        return sorted({subject for iri in classes for subject in self.subjects(TYPE, iri)})

    def types(self, subject: str) -> set[str]:
        """Return the classes of `subject`."""
        return set(self.iris(subject, TYPE))

    def names(self, subject: str) -> list[ox.Literal]:
        """Return the labels of `subject`: the values of its first labelling property, in order of precedence."""
        for predicate in _NAMING:
            found = self.literals(subject, predicate)
            if found:
                return found
        return []
