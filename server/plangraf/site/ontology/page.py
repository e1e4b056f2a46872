"""The documentation of the ontology: the definition, the constraints and the use of every term."""

from collections.abc import Iterable

import pyoxigraph as ox

from plangraf.http.signposting import Landing
from plangraf.linkeddata.statements import Statements
from plangraf.namespaces import ONTOLOGY, PLAN, expand
from plangraf.release.release import Counts
from plangraf.site.ontology.demands import read_demands
from plangraf.site.ontology.documentation import Documentation
from plangraf.site.ontology.usage import NO_USAGE, Usage
from plangraf.view.page import Metadata, Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.term_names import term_names


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
    documentation = Documentation(reading, read_demands(shapes), usage, counts)
    context = {
        **_facts(reading),
        **_terms(documentation),
        "nearest": documentation.nearest(),
        "overview": documentation.relations.overview(),
        "relations": documentation.relation_rows(),
        "current": None,
    }
    return Page("ontology/ontology.html", reading.name(ONTOLOGY).text, context, metadata, Landing(ONTOLOGY))


def earlier_page(
    triples: Iterable[ox.Triple], usage: Usage, current: str, reader: Reader, metadata: Metadata
) -> Page:
    """Return the page of an earlier version of the ontology: its terms, without shapes and uses of today.

    Args:
        triples: the earlier version.
        usage: the use of the current version, with the names of those who made it.
        current: the number of the current version, to which the page links.
        reader: the reader.
        metadata: the metadata of the page.
    """
    statements = Statements(triples)
    makers = set(statements.iris(ONTOLOGY, expand("dct:creator")))
    statements.add(t for t in usage.triples if isinstance(t.subject, ox.NamedNode) and t.subject.value in makers)
    reading = Reading(statements, reader, term_names(reader.language))
    documentation = Documentation(reading, (), NO_USAGE, Counts(triples=0, graphs={}, classes={}))
    facts = _facts(reading)
    context = {**facts, **_terms(documentation), "nearest": [], "current": current}
    title = f"{reading.name(ONTOLOGY).text} {facts['version']}"
    return Page("ontology/ontology.html", title, context, metadata, Landing(str(facts["version_iri"])))


def _facts(reading: Reading) -> dict[str, object]:
    statements = reading.statements
    prior = statements.iri(ONTOLOGY, expand("owl:priorVersion"))
    return {
        "description": reading.text(ONTOLOGY, "dct:description"),
        "version": statements.text(ONTOLOGY, expand("owl:versionInfo")),
        "version_iri": statements.iri(ONTOLOGY, expand("owl:versionIRI")),
        "prior_version": prior.removeprefix(f"{ONTOLOGY}/") if prior else None,
        "created": statements.text(ONTOLOGY, expand("dct:created")),
        "modified": statements.text(ONTOLOGY, expand("dct:modified")),
        "licences": reading.references(ONTOLOGY, "dct:license"),
        "creators": reading.references(ONTOLOGY, "dct:creator"),
        "publishers": reading.references(ONTOLOGY, "dct:publisher"),
        "prefix": statements.text(ONTOLOGY, expand("vann:preferredNamespacePrefix")),
        "namespace": PLAN,
        "ontology": ONTOLOGY,
    }


def _terms(documentation: Documentation) -> dict[str, object]:
    return {
        "topics": documentation.topics(),
        "value_class": documentation.value_class(),
        "schemes": documentation.schemes(),
        "deprecated": documentation.deprecated(),
    }
