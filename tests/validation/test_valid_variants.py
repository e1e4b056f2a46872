"""Plans that the shipped shapes let through: what is said otherwise, or of other things, and is as valid."""

from pathlib import Path

import pytest
from tests.validation.test_shipped_shapes import BASE, HELD, STATEMENT, report_on

from plangraf.validation.shapes import Shapes

# What to write instead of what stands in the base plan, which stays as valid as before.
VARIANTS = [
    pytest.param(
        "plan:vision", "plan:planType plan:SocialElement , plan:LandUseElement ; plan:vision", id="plan types"
    ),
    pytest.param(
        "plan:vision", "plan:planType <https://vik.example/ord#delplan> ; plan:vision", id="a plan type of others"
    ),
    pytest.param(
        "plan:vision", 'pav:authoredOn "2026-11-23T10:00:00Z"^^xsd:dateTime ; plan:vision', id="a written plan"
    ),
    pytest.param("plan:vision", "prov:wasInfluencedBy <https://vik.example/plan> ; plan:vision", id="another plan"),
    pytest.param(
        "plan:eventType plan:Adoption", "plan:eventType <https://vik.example/ord#vedtak>", id="an event of others"
    ),
    pytest.param(HELD, 'skos:note "Kilden oppgir 31. november."@nb', id="a day that there is not"),
    pytest.param(
        "prov:wasAssociatedWith <council>", "prov:wasAssociatedWith <actor>", id="an actor group that adopted"
    ),
    pytest.param('dcat:startDate "2020"^^xsd:gYear ;', "", id="a period with an end"),
    pytest.param('skos:notation "1.1" ;', "plan:order 1 ; plan:priority 2 ;", id="a goal without a number"),
    pytest.param("plan:AsAdopted", "plan:AsQuoted ; prov:wasQuotedFrom <page-q>", id="a quoted goal"),
    pytest.param(
        "skos:broadMatch sdg:13.2",
        "skos:broadMatch sdg:13.2 , <http://eurovoc.europa.eu/718>",
        id="a wider concept of others",
    ),
    pytest.param("<edition> a", f"{STATEMENT}<edition> a", id="the source of a statement"),
    pytest.param(
        "<edition> a",
        "[] a owl:Axiom ; owl:annotatedSource <https://vik.example/ord#Park> ; owl:annotatedProperty rdfs:label ;\n"
        '  owl:annotatedTarget "Park"@nb ; rdfs:comment "Etter loven"@nb .\n<edition> a',
        id="an axiom of an ontology",
    ),
    pytest.param(
        "<graph> plan:graphRole",
        "<run> a prov:Activity ; prov:endedAtTime '2026-11-23T10:00:00Z'^^xsd:dateTime .\n"
        "<graph> prov:wasGeneratedBy <run> ; plan:graphRole",
        id="an activity that made a graph",
    ),
]


@pytest.mark.parametrize(("old", "new"), VARIANTS)
def test_a_variant_has_no_result(old: str, new: str, tmp_path: Path, shapes: Shapes) -> None:
    assert BASE.count(old) == 1
    assert report_on(BASE.replace(old, new), tmp_path, shapes).results == ()
