"""Shapes: core SHACL for pySHACL, and rules, which are SPARQL constraints (SHACL, section 5)."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Literal, Node

from plangraf.errors import InputError
from plangraf.namespaces import ONTOLOGY
from plangraf.rdf.terms import to_graph
from plangraf.sources.dataset import read_dataset
from plangraf.validation.absences import Absences
from plangraf.validation.files import shape_files
from plangraf.validation.precedence import Precedence

Messages = dict[str, str]
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True)
class Rule:
    """A SPARQL constraint that is evaluated over the whole dataset at once.

    Attributes:
        iri: the IRI of the rule.
        severity: the IRI of the severity of its results.
        messages: messages by language tag; `{?name}` is replaced by the value of a variable.
        select: a SELECT query with ?this, and optionally ?path and ?value.
    """

    iri: str
    severity: str
    messages: Messages
    select: str


@dataclass(frozen=True)
class Shapes:
    """A shapes graph with core shapes and rules."""

    graph: Graph

    def messages(self, shape: Node) -> Messages:
        """Return the messages of a shape by language tag, which may be none."""
        return {
            message.language or "en": str(message)
            for message in self.graph.objects(shape, SH.message)
            if isinstance(message, Literal)
        }

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The SPARQL constraints, in the order of their IRIs."""
        return tuple(
            Rule(
                iri=str(rule),
                severity=str(self.graph.value(rule, SH.severity, default=SH.Violation)),
                messages=self.messages(rule),
                select=str(self.graph.value(rule, SH.select)),
            )
            for rule in sorted(self.graph.subjects(RDF.type, SH.SPARQLConstraint), key=str)
            if (None, SH.sparql, rule) not in self.graph  # pySHACL evaluates the constraints of shapes
        )

    @cached_property
    def precedence(self) -> Precedence:
        """The precedence that the shapes declare among their results."""
        return Precedence(self.graph)

    @cached_property
    def absences(self) -> Absences:
        """The properties whose absence the shapes are about."""
        return Absences(self.graph)

    @cached_property
    def core(self) -> Graph:
        """The core shapes, in a form that pySHACL evaluates fast.

        The property shapes of a node shape get its targets. The results are the same, because sh:property adds no
        result of its own (SHACL, section 4.8.1), but pySHACL then evaluates a property shape for all focus nodes at
        once, which is four times as fast as node by node.
        """
        core = Graph()
        rules = {URIRef(rule.iri) for rule in self.rules}
        for triple in self.graph:
            if triple[0] not in rules:
                core.add(triple)
        _import_prefixes(core)
        _hoist(core)
        return core

    def label(self, shape: Node, language: str) -> str:
        """Return the label of a shape in `language`, or its IRI."""
        for label in self.graph.objects(shape, RDFS.label):
            if isinstance(label, Literal) and label.language == language:
                return str(label)
        return str(shape)


def _import_prefixes(core: Graph) -> None:
    """Copy prefix declarations from imported graphs to the graphs that use them (SHACL, section 5.2.1)."""
    for user in set(core.objects(None, SH.prefixes)):
        for imported in list(core.transitive_objects(user, OWL.imports)):
            for declaration in list(core.objects(imported, SH.declare)):
                core.add((user, SH.declare, declaration))


def _hoist(core: Graph) -> None:
    """Copy the targets of node shapes to their property shapes."""
    for shape, property_shape in list(core.subject_objects(SH.property)):
        targets = [(kind, target) for kind in _TARGETS for target in core.objects(shape, kind)]
        apart = (
            (shape, SH.path, None) not in core
            and (shape, SH.deactivated, None) not in core
            and (shape, RDF.type, RDFS.Class) not in core
            and next(core.subjects(None, shape), None) is None
            and (None, SH.qualifiedValueShapesDisjoint, None) not in core  # depends on sibling shapes
        )
        if targets and apart:
            core.remove((shape, SH.property, property_shape))
            for kind, target in targets:
                core.add((property_shape, kind, target))


def load_shapes(*paths: Path) -> Shapes:
    """Read shapes from files and folders; from a folder, the files in it and in its folder `rules`.

    Raises:
        InputError: a path cannot be read, or contains no shapes.
    """
    graph = to_graph(read_dataset([file for path in paths for file in shape_files(path)]).quads())
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    if not any((None, RDF.type, kind) in graph for kind in kinds):
        raise InputError(f"no shapes found in {', '.join(map(str, paths))}; see {ONTOLOGY}")
    return Shapes(graph)
