"""The ontology meets what Linked Open Vocabularies (LOV) asks of a vocabulary.

See https://lov.linkeddata.es/Recommendations_Vocabulary_Design.pdf: metadata, documented terms, negotiation.
"""

import warnings
from collections import Counter
from collections.abc import Iterator

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, Graph, Literal, Namespace, URIRef
from tests.site.published import answers

from plangraf import shipped
from plangraf.formats import GRAPH_FORMATS
from plangraf.namespaces import ONTOLOGY, PLAN
from plangraf.release.release import Release

SCHEMA = Namespace("http://schema.org/")
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
METADATA = (
    *(DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCTERMS.license),
    *(DCTERMS.created, DCTERMS.issued, DCTERMS.modified),
    *(OWL.versionInfo, OWL.versionIRI, OWL.priorVersion),
    *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(shipped.ONTOLOGY)


def faults(ontology: Graph) -> Iterator[tuple[URIRef, str]]:
    """Yield what LOV asks for and the ontology lacks: the term, and what is wrong with it."""
    about = URIRef(ONTOLOGY)
    yield from ((about, f"no {name}") for name in METADATA if (about, name, None) not in ontology)
    for name in (DCTERMS.title, DCTERMS.description):
        if "en" not in {text.language for text in ontology.objects(about, name) if isinstance(text, Literal)}:
            yield about, f"no {name} in English"
    if {str(text) for text in ontology.objects(about, VANN.preferredNamespaceUri)} != {PLAN}:
        yield about, "another namespace than that of its terms"
    terms = {term for term in ontology.subjects() if isinstance(term, URIRef) and term.startswith(PLAN)}
    for term in sorted(terms):
        if "en" not in _languages(ontology, term, RDFS.label, SKOS.prefLabel):
            yield term, "no label in English"
        if "en" not in _languages(ontology, term, RDFS.comment, SKOS.definition, DCTERMS.description):
            yield term, "no definition in English"
        if (term, RDFS.isDefinedBy, about) not in ontology:
            yield term, "not defined by the ontology"
        if ontology.value(term, STATUS) not in {Literal(status) for status in ("stable", "testing", "archaic")}:
            yield term, "no status"
    labels = Counter(
        (str(text), text.language)
        for term in terms
        for text in {*ontology.objects(term, RDFS.label), *ontology.objects(term, SKOS.prefLabel)}
        if isinstance(text, Literal)
    )
    yield from ((about, f"{times} terms with the label {label}") for label, times in labels.items() if times > 1)
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    for term in sorted(terms):
        if not any((term, RDF.type, kind) in ontology for kind in kinds):
            continue
        yield from (
            (term, f"no {name}")
            for name in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
            if (term, name, None) not in ontology
        )


def _languages(ontology: Graph, term: URIRef, *names: URIRef) -> set[str | None]:
    texts = (text for name in names for text in ontology.objects(term, name))
    return {text.language for text in texts if isinstance(text, Literal)}


def test_the_ontology_has_the_metadata_and_its_terms_the_documentation_that_lov_asks_for(ontology: Graph) -> None:
    assert list(faults(ontology)) == []


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        (ONTOLOGY, OWL.priorVersion),
        (ONTOLOGY, DCTERMS.title),
        (f"{PLAN}Goal", RDFS.label),
        (f"{PLAN}Goal", SKOS.definition),
        (f"{PLAN}Goal", RDFS.isDefinedBy),
        (f"{PLAN}Goal", STATUS),
        (f"{PLAN}supports", SCHEMA.domainIncludes),
        (f"{PLAN}level", SCHEMA.rangeIncludes),
    ],
)
def test_what_the_ontology_would_lack_is_found(ontology: Graph, subject: str, name: URIRef) -> None:
    lacking = Graph() + ontology
    lacking.remove((URIRef(subject), name, None))
    assert [term for term, _ in faults(lacking)] == [URIRef(subject)] * len(list(faults(lacking))) != []


def test_two_terms_with_one_label_are_found(ontology: Graph) -> None:
    double = Graph() + ontology
    double.add((URIRef(f"{PLAN}Strategy"), RDFS.label, Literal("goal", lang="en")))
    assert len(list(faults(double))) == 1


def test_the_ontology_is_served_in_each_form_that_a_client_asks_for(release: Release, ontology: Graph) -> None:
    stated = len(ontology)
    for rdf_format in GRAPH_FORMATS:
        answer = answers(release, ["/ontology"], accept=rdf_format.media_type)["/ontology"]
        assert answer.headers["content-type"].partition(";")[0] == rdf_format.media_type
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # rdflib's reader of JSON-LD uses its old ConjunctiveGraph
            served = Graph().parse(data=answer.content, format=rdf_format.media_type)
        assert (URIRef(f"{PLAN}Goal"), RDF.type, OWL.Class) in served
        assert len(served) >= stated
    page = answers(release, ["/ontology"], accept="text/html")["/ontology"]
    assert page.headers["content-type"].startswith("text/html")
    assert 'id="Goal"' in page.text
