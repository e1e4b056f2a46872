import pytest

from plangraf.namespaces import expand
from plangraf.validation.vocabularies import nearest_term


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("dct:temporary", "dct:temporal"),
        ("prov:wasDerivedfrom", "prov:wasDerivedFrom"),
        ("skos:preflabel", "skos:prefLabel"),
        ("skos:concept", "skos:Concept"),
        ("org:Organisation", "org:Organization"),
        ("org:organisation", "org:organization"),
        ("foaf:homePage", "foaf:homepage"),
        ("dcat:inserie", "dcat:inSeries"),
        ("vcard:hasEMail", "vcard:hasEmail"),
        ("rdfs:lable", "rdfs:label"),
        ("owl:sameas", "owl:sameAs"),
        ("xsd:gyear", "xsd:gYear"),
    ],
)
def test_a_misspelt_term_has_a_nearest_one(wrong: str, right: str) -> None:
    assert nearest_term(expand(wrong)) == expand(right)


def test_a_term_like_no_other_is_answered_with_the_namespace() -> None:
    assert nearest_term(expand("prov:zzzz")) == expand("prov:")


@pytest.mark.parametrize(
    "term",
    [
        *(
            "skos:broadMatch",
            "dct:PeriodOfTime",
            "dct:ISO639-2",
            "prov:wasRevisionOf",
            "org:Organization",
            "foaf:mbox",
        ),
        *("dcat:Dataset", "dcat:DatasetSeries", "dcat:hasVersion", "dcat:version"),  # the last three are of DCAT 3
        *("vcard:hasEmail", "vcard:fn", "vcard:organization-name", "vcard:Organization"),
        *("owl:annotatedSource", "qb:Observation", "void:triples", "rdfs:seeAlso", "xsd:date"),
    ],
)
def test_a_term_of_a_vocabulary_is_let_through(term: str) -> None:
    assert nearest_term(expand(term)) is None


@pytest.mark.parametrize("iri", ["https://schema.org/nothing", "http://www.w3.org/ns/dcat#", "https://example.org/a"])
def test_other_namespaces_are_open(iri: str) -> None:
    assert nearest_term(iri) is None
