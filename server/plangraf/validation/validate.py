"""Validation of a dataset: pySHACL evaluates core shapes, pyoxigraph the rules, and this module the hints."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from pyshacl import validate as pyshacl_validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Literal, Node

from plangraf.errors import InputError
from plangraf.namespaces import expand
from plangraf.rdf.terms import to_graph, to_rdflib
from plangraf.sources.dataset import Dataset, SourceFile
from plangraf.sources.positions import statement_lines
from plangraf.validation.context import DescriptionIndex, find_context
from plangraf.validation.language import NORWEGIAN_AS_ENGLISH, looks_norwegian
from plangraf.validation.precedence import RuleResult
from plangraf.validation.report import Location, Report, Result, Severity, to_report
from plangraf.validation.rules import run_rules
from plangraf.validation.shapes import Shapes
from plangraf.validation.terms import find_term_faults

_LABELS = (SKOS.prefLabel, DCTERMS.title, RDFS.label)
_TYPE = ox.NamedNode(expand("rdf:type"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_ROLE = ox.NamedNode(expand("plan:graphRole"))
_NAMED_GRAPH = ox.NamedNode(expand("sd:NamedGraph"))
# What the derivation of the hierarchy adds to each other.
_INVERSES: Mapping[Node | None, Node] = {
    SKOS.broader: SKOS.narrower,
    SKOS.narrower: SKOS.broader,
    SKOS.hasTopConcept: SKOS.topConceptOf,
    SKOS.topConceptOf: SKOS.hasTopConcept,
}


def validate(dataset: Dataset, context: Iterable[ox.Quad], shapes: Shapes) -> Report:
    """Return the validation report on `dataset`.

    Args:
        dataset: the dataset; results about nodes that only the context describes are not reported.
        context: statements that the dataset may refer to, such as the SDG scheme and the ontology.
        shapes: core shapes and rules.

    Raises:
        InputError: a shape cannot be used, or a rule cannot be run.
    """
    return to_report(find_results(dataset, context, shapes), shapes.graph)


def validate_in_context(
    dataset: Dataset, known: DescriptionIndex, ontology: Sequence[ox.Quad], shapes: Shapes
) -> Report:
    """Return the validation report on `dataset`, completed with derived statements and validated in its context.

    Args:
        dataset: the dataset; its descriptions replace those in `known`.
        known: an index of the statements that the dataset may refer to.
        ontology: the ontology.
        shapes: core shapes and rules.

    Raises:
        InputError: a shape cannot be used, or a rule cannot be run.
    """
    context = find_context(list(dataset.quads()), [known], ontology, override=True)
    return validate(dataset, [*ontology, *context.quads()], shapes)


def find_results(dataset: Dataset, context: Iterable[ox.Quad], shapes: Shapes) -> tuple[Result, ...]:
    """Return the results for `dataset`, in no particular order; see `validate`."""
    context = list(context)
    quads = [*dataset.quads(), *context]
    graph = to_graph(quads)
    places = _Places(dataset.files, context)
    core = _core_results(graph, shapes, places)
    ruled = _rule_results(_to_store(dataset, quads), graph, shapes, places)
    return (*shapes.precedence.settle(core, ruled), *_hints(dataset, graph, shapes, places))


def _to_store(dataset: Dataset, quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store for the rules: all statements in the default graph, and facts about `dataset` in named ones.

    The plans and the descriptions of graphs are also in the graphs in which the dataset has them, the graphs of files
    in folders are `sd:NamedGraph`, and the faulty terms are in the graph `psh:terms`.
    """
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    graphs = {quad.graph_name for file in dataset.files if file.placed for quad in file.quads}
    store.extend(ox.Quad(name, _TYPE, _NAMED_GRAPH, name) for name in graphs if isinstance(name, ox.NamedNode))
    for quad in dataset.quads():
        if quad.predicate == _ROLE or (quad.object == _PLAN and quad.predicate == _TYPE):
            store.add(quad)
    store.extend(find_term_faults(dataset.quads()))
    return store


def _core_results(graph: Graph, shapes: Shapes, places: "_Places") -> Iterator[Result]:
    try:
        _, results, _ = pyshacl_validate(graph, shacl_graph=shapes.core, inference="none", advanced=False)
    except (ReportableRuntimeError, NotImplementedError) as error:
        raise InputError(f"the shapes cannot be used: {error}") from error
    if not isinstance(results, Graph):  # pySHACL returns some failures instead of raising them
        raise InputError(f"the shapes cannot be used: {results}")
    for node in results.objects(None, SH.result):
        focus = results.value(node, SH.focusNode)
        shape = results.value(node, SH.sourceShape)
        component = results.value(node, SH.sourceConstraintComponent)
        if focus is None or shape is None or component is None or not places.is_about(focus):
            continue
        path = results.value(node, SH.resultPath)
        value = results.value(node, SH.value)
        # pySHACL drops the language tag of some messages, so they are read from the shape.
        messages = shapes.messages(shape) or {
            message.language or "en": str(message)
            for message in results.objects(node, SH.resultMessage)
            if isinstance(message, Literal)
        }
        yield Result(
            severity=Severity.of(str(results.value(node, SH.resultSeverity))),
            declared=str(results.value(node, SH.resultSeverity)),
            focus=focus,
            label=_labels(graph, focus),
            path=path if isinstance(path, URIRef) else None,
            value=value,
            shape=shape,
            component=component,
            messages=messages,
            location=places.find(focus, path, value),
        )


def _rule_results(store: ox.Store, graph: Graph, shapes: Shapes, places: "_Places") -> Iterator[RuleResult]:
    """Yield the results of rules, without those about derived statements whose fault the files have themselves."""
    found = list(_all_rule_results(store, graph, shapes, places))
    stated = {(each.result.shape, each.result.focus, each.result.path, each.result.value) for each in found}
    for each in found:
        result = each.result
        inverse = places.stated_inverse(result.focus, result.path, result.value)
        twins = {(result.shape, result.value, inverse, result.focus), (result.shape, result.value, None, None)}
        if inverse is None or stated.isdisjoint(twins):
            yield each


def _all_rule_results(store: ox.Store, graph: Graph, shapes: Shapes, places: "_Places") -> Iterator[RuleResult]:
    for finding in run_rules(shapes.rules, store):
        focus = to_rdflib(finding.focus)
        if not places.is_about(focus):
            continue
        path = to_rdflib(finding.path) if finding.path is not None else None
        value = to_rdflib(finding.value) if finding.value is not None else None
        result = Result(
            severity=Severity.of(finding.rule.severity),
            declared=finding.rule.severity,
            focus=focus,
            label=_labels(graph, focus),
            path=path,
            value=value,
            shape=URIRef(finding.rule.iri),
            component=SH.SPARQLConstraintComponent,
            messages=finding.messages,
            location=places.find(focus, path, value),
        )
        yield RuleResult(result, to_rdflib(finding.due) if finding.due is not None else None)


def _hints(dataset: Dataset, graph: Graph, shapes: Shapes, places: "_Places") -> Iterator[Result]:
    shape = URIRef(NORWEGIAN_AS_ENGLISH)
    messages = shapes.messages(shape)
    if not messages:  # the shapes do not define this hint
        return
    severity = Severity.of(str(shapes.graph.value(shape, SH.severity)))
    for quad in dataset.quads():
        if not isinstance(quad.object, ox.Literal) or quad.object.language != "en":
            continue
        if isinstance(quad.subject, ox.Triple) or not looks_norwegian(quad.object.value):
            continue
        focus, path, value = to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)
        yield Result(
            severity=severity,
            declared=severity.iri,
            focus=focus,
            label=_labels(graph, focus),
            path=path,
            value=value,
            shape=shape,
            component=shape,
            messages=messages,
            location=places.find(focus, path, value),
        )


def _labels(graph: Graph, node: Node) -> dict[str, str]:
    for predicate in _LABELS:
        labels = {
            label.language or "": str(label) for label in graph.objects(node, predicate) if isinstance(label, Literal)
        }
        if labels:
            return labels
    return {}


class _Places:
    """The positions of statements in files. Lines are looked up only when there is a result to locate."""

    def __init__(self, files: tuple[SourceFile, ...], context: Iterable[ox.Quad]) -> None:
        self._elsewhere = {quad.subject.value for quad in context if isinstance(quad.subject, ox.NamedNode)}
        self._files: dict[str, list[SourceFile]] = {}
        for file in files:
            subjects = {quad.subject.value for quad in file.quads if not isinstance(quad.subject, ox.Triple)}
            for subject in subjects:
                self._files.setdefault(subject, []).append(file)
        self._statements: dict[SourceFile, _FileStatements] = {}

    def is_about(self, node: Node) -> bool:
        """Return whether the files, and not only their context, describe `node`."""
        return str(node) in self._files or str(node) not in self._elsewhere

    def find(self, focus: Node, path: Node | None, value: Node | None) -> Location | None:
        """Return the location of the statement, with the property and then the subject as fallbacks.

        A statement that is derived from its inverse has the location of that.
        """
        inverse = self.stated_inverse(focus, path, value)
        if inverse is not None and value is not None:
            return self._locate(value, inverse, focus)
        return self._locate(focus, path, value)

    def stated_inverse(self, focus: Node, path: Node | None, value: Node | None) -> Node | None:
        """Return the inverse of `path`, if the files state only the inverse of the statement."""
        inverse = _INVERSES.get(path)
        if inverse is None or value is None or self._states(focus, path, value):
            return None
        return inverse if self._states(value, inverse, focus) else None

    def _states(self, focus: Node, path: Node | None, value: Node) -> bool:
        return any(self._index(file).states(focus, path, value) for file in self._files.get(str(focus), []))

    def _locate(self, focus: Node, path: Node | None, value: Node | None) -> Location | None:
        candidates = [self._index(file) for file in self._files.get(str(focus), [])]
        if not candidates:
            return None
        best = max(candidates, key=lambda statements: statements.fit(focus, path, value))
        return Location(best.path, best.line(focus, path))

    def _index(self, file: SourceFile) -> "_FileStatements":
        if file not in self._statements:
            self._statements[file] = _FileStatements(file)
        return self._statements[file]


class _FileStatements:
    """The statements of one file, by subject."""

    def __init__(self, file: SourceFile) -> None:
        self.path = file.path
        self._lines = statement_lines(file.path, file.content)
        self._graph = to_graph(file.quads)

    def states(self, focus: Node, path: Node | None, value: Node) -> bool:
        """Return whether the file has the statement."""
        return (focus, path, value) in self._graph

    def fit(self, focus: Node, path: Node | None, value: Node | None) -> int:
        """Return how precisely the file matches: 3 the statement, 2 the property, 1 the type, 0 only the subject."""
        if path is not None and value is not None and (focus, path, value) in self._graph:
            return 3
        if path is not None and (focus, path, None) in self._graph:
            return 2
        return 1 if (focus, RDF.type, None) in self._graph else 0

    def line(self, focus: Node, path: Node | None) -> int | None:
        """Return the line of the property, with the subject's first line as fallback."""
        return self._lines.get((str(focus), str(path))) or self._lines.get((str(focus), None))
