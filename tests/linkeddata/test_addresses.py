import pytest

from plangraf.linkeddata.addresses import Addresses
from plangraf.namespaces import BASE, ID

PLAN = ID + "trondheim/samfunnsplan-2020-2032"


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (PLAN, "/doc/trondheim/samfunnsplan-2020-2032"),
        (PLAN + "/goal/1.1", "/doc/trondheim/samfunnsplan-2020-2032/goal/1.1"),
        (ID + "b%C3%A6rum/plan", "/doc/b%C3%A6rum/plan"),
        (ID + "sdg/edition/2019", "/doc/sdg/edition/2019"),
        ("http://metadata.un.org/sdg", "/doc/sdg"),
        ("http://metadata.un.org/sdg/13.2", "/doc/sdg/13.2"),
        ("http://metadata.un.org/sdg/C130201", "/doc/sdg/C130201"),
    ],
)
def test_a_thing_and_its_document_lead_to_each_other(iri: str, path: str) -> None:
    assert Addresses().document_path(iri) == path
    assert Addresses().described_iri(path.removeprefix("/doc/")) == iri


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (BASE + "/ontology#Goal", "/ontology#Goal"),
        (BASE + "/graph/sdg", "/graph/sdg"),
        (BASE + "/problems#not-found", "/problems#not-found"),
        (ID + "bærum/plan", "/doc/b%C3%A6rum/plan"),
    ],
)
def test_our_other_iris_are_answered_at_their_own_path(iri: str, path: str) -> None:
    assert Addresses().document_path(iri) == path


@pytest.mark.parametrize(
    "iri",
    [
        "https://www.trondheim.kommune.no/",
        "http://metadata.un.org/sdg/ontology#tier_I",
        "https://w3id.org/plangraf-other/id/x",
        "urn:x",
    ],
)
def test_other_peoples_iris_have_no_page_here(iri: str) -> None:
    assert Addresses().document_path(iri) is None
