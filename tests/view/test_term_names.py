import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import SKOS

from plangraf import shipped
from plangraf.languages import INTERFACE_LANGUAGES, InterfaceLanguage
from plangraf.namespaces import PLAN, expand
from plangraf.view.term_names import term_names


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_term_of_the_ontology_has_a_name(language: InterfaceLanguage) -> None:
    ontology = Graph().parse(shipped.ONTOLOGY)
    kinds = (
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        SKOS.ConceptScheme,
        URIRef(f"{PLAN}ControlledValue"),
    )
    found = (str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind))
    terms = {term for term in found if term.startswith(PLAN)}
    assert len(terms) > 80
    assert terms - term_names(language).keys() == set()


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize(
    "term",
    [
        *("dct:dateAccepted", "dct:replaces", "dct:audience", "dct:identifier", "foaf:page", "pav:authoredOn"),
        *("prov:wasQuotedFrom", "prov:wasInfluencedBy", "prov:wasInvalidatedBy", "prov:wasRevisionOf"),
    ],
)
def test_the_terms_of_others_in_plans_have_names(language: InterfaceLanguage, term: str) -> None:
    assert ":" not in term_names(language)[expand(term)]
