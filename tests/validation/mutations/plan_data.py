"""The plans that are mutated: the statements of one plan, and the small changes of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from plangraf.namespaces import expand

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
TYPE = ox.NamedNode(expand("rdf:type"))
CONCEPTS = (
    *("plan:FocusArea", "plan:Goal", "plan:Strategy", "plan:Measure", "plan:Contribution"),
    *("plan:Challenge", "plan:Strength", "plan:ActorGroup", "plan:Indicator"),
)


def name(prefixed: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name."""
    return ox.NamedNode(expand(prefixed))


def text(value: str, language: str = "nb") -> ox.Literal:
    """Return a text with a language tag."""
    return ox.Literal(value, language=language)


def typed(value: object, datatype: str) -> ox.Literal:
    """Return a literal of a datatype of XML Schema, such as `gYear`."""
    return ox.Literal(str(value), datatype=name(f"xsd:{datatype}"))


def text_of(term: object) -> str:
    """Return the IRI of a node or the lexical form of a literal."""
    assert isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
    return term.value


@dataclass(frozen=True)
class Change:
    """A change of a plan: the statements that go and those that come."""

    removed: tuple[ox.Quad, ...] = ()
    added: tuple[ox.Quad, ...] = ()

    def __add__(self, other: "Change") -> "Change":
        return Change((*self.removed, *other.removed), (*self.added, *other.added))

    def applied(self, quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
        """Return the statements as they are after the change."""
        gone = set(self.removed)
        return (*(quad for quad in quads if quad not in gone), *self.added)


class PlanData:
    """The statements of a plan with its editorial links and translations.

    Args:
        label: a short name for reports.
        quads: the statements.
    """

    def __init__(self, label: str, quads: tuple[ox.Quad, ...]) -> None:
        self.label = label
        self.quads = quads
        self._types: dict[Term, set[str]] = {}
        self._graphs: dict[Term, ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = {}
        for quad in quads:
            if quad.predicate == TYPE:
                self._types.setdefault(quad.subject, set()).add(text_of(quad.object))
                self._graphs.setdefault(quad.subject, quad.graph_name)
        [self.plan] = self.instances("plan:Plan")

    def instances(self, *classes: str) -> list[ox.NamedNode]:
        """Return what has one of the types, in the order of the files."""
        wanted = {expand(each) for each in classes}
        return [node for node, types in self._types.items() if types & wanted and isinstance(node, ox.NamedNode)]

    def statements(self, predicate: str, *classes: str) -> list[ox.Quad]:
        """Return the statements by a property, or those about things of one of the classes only."""
        iri = name(predicate)
        among = set(self.instances(*classes)) if classes else self._types.keys()
        return [quad for quad in self.quads if quad.predicate == iri and quad.subject in among]

    def about(self, node: Term, *predicates: str) -> list[ox.Quad]:
        """Return the statements about a node, or those by one of the properties only."""
        iris = {name(each) for each in predicates}
        return [quad for quad in self.quads if quad.subject == node and (not iris or quad.predicate in iris)]

    def value(self, node: Term, predicate: str) -> Term | None:
        """Return the first value of a property of a node."""
        return next((quad.object for quad in self.about(node, predicate)), None)

    def number(self, node: Term) -> str:
        """Return the number of a thing, which may be empty."""
        value = self.value(node, "skos:notation")
        return text_of(value) if value is not None else ""

    def texts(self) -> Iterator[ox.Quad]:
        """Yield the statements whose value is text in a language."""
        for quad in self.quads:
            if isinstance(quad.object, ox.Literal) and quad.object.language:
                yield quad

    def adding(self, node: Term, predicate: str, *values: Term) -> Change:
        """Return the change that says more about a node."""
        assert not isinstance(node, ox.Literal)
        graph = self._graphs.get(node, self._graphs[self.plan])
        return Change(added=tuple(ox.Quad(node, name(predicate), value, graph) for value in values))

    def setting(self, node: Term, values: Mapping[str, Term]) -> Change:
        """Return the change after which a node has these values of the properties and no other."""
        change = Change(tuple(self.about(node, *values)))
        for predicate, value in values.items():
            change += self.adding(node, predicate, value)
        return change

    def renaming(self, node: Term, new: ox.NamedNode | ox.BlankNode) -> Change:
        """Return the change after which a node has another name wherever it stands."""
        met = [quad for quad in self.quads if node in (quad.subject, quad.object)]
        renamed = [
            ox.Quad(
                new if quad.subject == node else quad.subject,
                quad.predicate,
                new if quad.object == node else quad.object,
                quad.graph_name,
            )
            for quad in met
        ]
        return Change(tuple(met), tuple(renamed))


def replaced(quad: ox.Quad, value: Term) -> Change:
    """Return the change of the value of a statement."""
    return Change((quad,), (ox.Quad(quad.subject, quad.predicate, value, quad.graph_name),))


def without(*quads: ox.Quad) -> Change:
    """Return the change that takes statements away."""
    return Change(tuple(quads))
