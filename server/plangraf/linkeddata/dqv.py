"""The quality report in the W3C Data Quality Vocabulary (DQV)."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from plangraf.languages import INTERFACE_LANGUAGES, translations
from plangraf.linkeddata.addresses import document_iri
from plangraf.linkeddata.measures import CATEGORIES, DIMENSIONS, MEASURES, Kind
from plangraf.linkeddata.quality import PlanQuality
from plangraf.namespaces import expand, fragment

QUALITY_PATH = "/quality"

_DATATYPES = {Kind.COUNT: "xsd:integer", Kind.SHARE: "xsd:decimal", Kind.FLAG: "xsd:boolean"}


def quality_description(
    path: str, plans: Iterable[PlanQuality], release: str, licences: Iterable[str] = ()
) -> list[ox.Triple]:
    """Return the document at `path`: the metrics, and the measurements of some plans (DQV, sections 4.1 to 4.4).

    Every node has an IRI. A share whose total is 0 has no measurement.

    Args:
        path: the path of the document, without an extension.
        plans: the results of the measures for each plan.
        release: the identifier of the measured release.
        licences: the licences that the data of all these plans share.
    """
    here = ox.NamedNode(document_iri(path))
    return [
        _triple(here, "rdf:type", _term("foaf:Document")),
        *(_triple(here, "dct:license", ox.NamedNode(licence)) for licence in licences),
        _triple(here, "dcat:version", ox.Literal(release)),
        *_metrics(),
        *(triple for quality in plans for triple in _measurements(here, quality)),
    ]


def _metrics() -> Iterator[ox.Triple]:
    for key, name in CATEGORIES.items():
        yield _triple(_node(f"category-{key}"), "rdf:type", _term("dqv:Category"))
        yield from _texts(_node(f"category-{key}"), "skos:prefLabel", name)
    for dimension in DIMENSIONS:
        node = _node(f"dimension-{dimension.key}")
        yield _triple(node, "rdf:type", _term("dqv:Dimension"))
        yield _triple(node, "dqv:inCategory", _node(f"category-{dimension.category}"))
        yield from _texts(node, "skos:prefLabel", dimension.name)
    for measure in MEASURES:
        node = _node(measure.key)
        yield _triple(node, "rdf:type", _term("dqv:Metric"))
        yield _triple(node, "dqv:inDimension", _node(f"dimension-{measure.dimension.key}"))
        yield _triple(node, "dqv:expectedDataType", _term(_DATATYPES[measure.kind]))
        yield from _texts(node, "skos:prefLabel", measure.name)
        yield from _texts(node, "skos:definition", measure.definition)


def _measurements(here: ox.NamedNode, quality: PlanQuality) -> Iterator[ox.Triple]:
    plan = ox.NamedNode(quality.plan)
    yield _triple(here, "foaf:topic", plan)
    for measure in MEASURES:
        value = quality.value(measure)
        if value is None:
            continue
        # Rounded so that the same release gives the same text everywhere.
        text = f"{value:.4f}" if measure.kind == Kind.SHARE else str(value).lower()
        node = _node(f"{fragment(quality.plan)}/{measure.key}")
        yield _triple(node, "rdf:type", _term("dqv:QualityMeasurement"))
        yield _triple(node, "dqv:computedOn", plan)
        yield _triple(node, "dqv:isMeasurementOf", _node(measure.key))
        yield _triple(node, "dqv:value", ox.Literal(text, datatype=_term(_DATATYPES[measure.kind])))


def _texts(subject: ox.NamedNode, predicate: str, message: str) -> Iterator[ox.Triple]:
    for language in INTERFACE_LANGUAGES:
        text = translations(language).gettext(message)
        yield _triple(subject, predicate, ox.Literal(text, language=language))


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{document_iri(QUALITY_PATH)}#{name}")


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _term(predicate), value)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
