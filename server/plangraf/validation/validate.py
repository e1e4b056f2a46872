"""Validation of a dataset: pySHACL evaluates core shapes, pyoxigraph the rules, and this module the hints."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from plangraf.namespaces import expand
from plangraf.rdf.terms import to_graph, to_rdflib
from plangraf.reserved_segments import reserved_segment_of
from plangraf.sources.dataset import Dataset
from plangraf.validation.cells import CellResults
from plangraf.validation.context import DescriptionIndex, ReferenceData, find_context, without_descriptions
from plangraf.validation.coverage import find_coverage
from plangraf.validation.language import NORWEGIAN_AS_ENGLISH, looks_norwegian
from plangraf.validation.naming import Names
from plangraf.validation.places import ResultPlaces
from plangraf.validation.precedence import RuleResult
from plangraf.validation.prefixes import one_for_each_prefix
from plangraf.validation.report import Report, to_report
from plangraf.validation.result import Result, Severity
from plangraf.validation.rules import run_rules
from plangraf.validation.shacl import core_results
from plangraf.validation.shapes import Messages, Shapes
from plangraf.validation.spaces import SpaceFacts, find_space_facts
from plangraf.validation.terms import find_term_faults

_TYPE = ox.NamedNode(expand("rdf:type"))
_PLAN = ox.NamedNode(expand("plan:Plan"))
_ROLE = ox.NamedNode(expand("plan:graphRole"))
_NAMED_GRAPH = ox.NamedNode(expand("sd:NamedGraph"))
_TERMS = ox.NamedNode(expand("psh:terms"))
_TERM = ox.NamedNode(expand("psh:term"))
_RESERVED_SEGMENT = ox.NamedNode(expand("psh:ReservedSegment"))


def validate(dataset: Dataset, context: Iterable[ox.Quad], shapes: Shapes) -> Report:
    """Return the validation report on `dataset`.

    Args:
        dataset: the dataset; results about nodes that only the context describes are not reported.
        context: statements that the dataset may refer to, such as the SDG scheme and the ontology.
        shapes: core shapes and rules.

    Raises:
        InputError: a shape cannot be used, or a rule cannot be run.
    """
    context = list(context)
    return to_report(find_results(dataset, context, shapes), shapes, find_coverage(dataset, context, shapes))


def validate_in_context(
    dataset: Dataset, reference: DescriptionIndex, ontology: Sequence[ox.Quad], shapes: Shapes
) -> Report:
    """Return the validation report on `dataset`, completed with derived statements and validated in its context.

    Args:
        dataset: the dataset, whose descriptions count alone: the reference data add nothing to them.
        reference: an index of the reference data, in which the resources that the dataset refers to are looked up.
        ontology: the ontology.
        shapes: core shapes and rules.

    Raises:
        InputError: a shape cannot be used, or a rule cannot be run.
    """
    quads = list(dataset.quads())
    described = {quad.subject for quad in quads}
    known = without_descriptions(ontology, described)
    data = ReferenceData([reference], described)
    context = [*known, *find_context(quads, [], known, data).quads()]

    def with_reference() -> tuple[Result, ...]:
        return find_results(dataset, [*known, *find_context(quads, [reference], known).quads()], shapes)

    results = find_results(dataset, context, shapes)
    results = without_false_links(results, data.redescribed(quads), with_reference)
    return to_report(results, shapes, find_coverage(dataset, context, shapes))


def without_false_links(
    results: tuple[Result, ...], redescribed: Container[str], with_reference: Callable[[], tuple[Result, ...]]
) -> tuple[Result, ...]:
    """Return the results without those that are due to a description that says less than the reference data.

    A plan that states the label of an SDG and nothing else describes it incompletely; its links to the SDG are right.

    Args:
        results: the results, with the descriptions of the data alone.
        redescribed: the IRIs of the resources that both the data and the reference data describe.
        with_reference: returns the results with both descriptions merged; called only if it matters.
    """
    if not redescribed or all(str(result.focus) in redescribed for result in results):
        return results
    found = {result.identity for result in with_reference()}
    return tuple(result for result in results if str(result.focus) in redescribed or result.identity in found)


def find_results(
    dataset: Dataset, context: Iterable[ox.Quad], shapes: Shapes, spaces: SpaceFacts | None = None
) -> tuple[Result, ...]:
    """Return the results for `dataset`, in no particular order; see `validate`.

    Args:
        dataset: the dataset.
        context: statements that the dataset may refer to.
        shapes: core shapes and rules.
        spaces: the URI spaces that the dataset declares or mentions; None for a dataset that is known alone.
    """
    context = list(context)
    spaces = spaces or find_space_facts(dataset)
    quads = [*dataset.quads(), *context]
    graph = to_graph(quads)
    places = ResultPlaces(dataset.files, context)
    core = _core_results(graph, shapes, places)
    cells = CellResults(dataset.files, shapes.absences)
    ruled = cells.without_due(_rule_results(_to_store(dataset, quads, spaces), graph, shapes, places))
    hints = _hints(dataset, graph, shapes, places)
    results = cells.merged((*shapes.precedence.settle(core, ruled), *hints))
    return tuple(one_for_each_prefix(results, dataset.files))


def _to_store(dataset: Dataset, quads: Iterable[ox.Quad], spaces: SpaceFacts) -> ox.Store:
    """Return a store for the rules: all statements in the default graph, and facts about `dataset` in named ones.

    The plans and the descriptions of graphs are also in the graphs in which the dataset has them, the graphs of files
    in folders are `sd:NamedGraph`, and the faulty terms, the URI spaces and the reserved names of publishers are in
    the graph `psh:terms`.
    """
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    graphs = {quad.graph_name for file in dataset.files if file.placed for quad in file.quads}
    store.extend(ox.Quad(name, _TYPE, _NAMED_GRAPH, name) for name in graphs if isinstance(name, ox.NamedNode))
    for quad in dataset.quads():
        if quad.predicate == _ROLE or (quad.object == _PLAN and quad.predicate == _TYPE):
            store.add(quad)
        if quad.object == _PLAN and quad.predicate == _TYPE:
            store.extend(_reserved_segments(quad))
    store.extend((*find_term_faults(dataset.quads(), spaces.spaces), *spaces.quads()))
    return store


def _reserved_segments(plan: ox.Quad) -> Iterator[ox.Quad]:
    """Yield the names of publishers in the IRI of a plan and in that of its graph that no publisher may have."""
    for term in (plan.subject, plan.graph_name):
        segment = reserved_segment_of(term.value) if isinstance(term, ox.NamedNode) else None
        if segment is not None:
            yield ox.Quad(_RESERVED_SEGMENT, _TERM, ox.Literal(segment), _TERMS)


def _core_results(graph: Graph, shapes: Shapes, places: ResultPlaces) -> Iterator[Result]:
    names = Names(graph)
    messages: dict[Node, Messages] = {}
    for result in core_results(graph, shapes.core):
        if not places.is_about(result.focus):
            continue
        if result.shape not in messages:
            messages[result.shape] = shapes.messages(result.shape)
        yield Result(
            severity=Severity.of(result.severity),
            declared=result.severity,
            focus=result.focus,
            label=names.labels(result.focus),
            path=result.path if isinstance(result.path, URIRef) else None,
            value=result.value,
            shape=result.shape,
            component=result.component,
            # pySHACL drops the language tag of some messages, so they are read from the shape.
            messages=messages[result.shape] or result.messages,
            location=places.find(result.focus, result.path, result.value),
        )


def _rule_results(store: ox.Store, graph: Graph, shapes: Shapes, places: ResultPlaces) -> Iterator[RuleResult]:
    """Yield the results of rules, without those about derived statements whose fault the files have themselves."""
    found = list(_all_rule_results(store, graph, shapes, places))
    stated = {(each.result.shape, each.result.focus, each.result.path, each.result.value) for each in found}
    for each in found:
        result = each.result
        inverse = places.stated_inverse(result.focus, result.path, result.value)
        twins = {(result.shape, result.value, inverse, result.focus), (result.shape, result.value, None, None)}
        if inverse is None or stated.isdisjoint(twins):
            yield each


def _all_rule_results(store: ox.Store, graph: Graph, shapes: Shapes, places: ResultPlaces) -> Iterator[RuleResult]:
    names = Names(graph)
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
            label=names.labels(focus),
            path=path,
            value=value,
            shape=URIRef(finding.rule.iri),
            component=SH.SPARQLConstraintComponent,
            messages=finding.messages,
            location=places.find(focus, path, value),
        )
        yield RuleResult(result, to_rdflib(finding.due) if finding.due is not None else None)


def _hints(dataset: Dataset, graph: Graph, shapes: Shapes, places: ResultPlaces) -> Iterator[Result]:
    shape = URIRef(NORWEGIAN_AS_ENGLISH)
    messages = shapes.messages(shape)
    if not messages:  # the shapes do not define this hint
        return
    severity = Severity.of(str(shapes.graph.value(shape, SH.severity)))
    names = Names(graph)
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
            label=names.labels(focus),
            path=path,
            value=value,
            shape=shape,
            component=shape,
            messages=messages,
            location=places.find(focus, path, value),
        )
