from urllib.parse import parse_qs

import pytest

from plangraf.linkeddata.addresses import Addresses, own_iri, with_extension
from plangraf.namespaces import BASE, ID
from plangraf.rdf.iri_hashes import iri_hash

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
        ("https://psi.norge.no/los/tema/bat-havn-og-kyst", "/doc/los/bat-havn-og-kyst"),
        ("https://data.norge.no/vocabulary/indicator/U4SSC/2150", "/doc/u4ssc/2150"),
        (ID + "los", "/doc/los"),
        (ID + "u4ssc", "/doc/u4ssc"),
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
        "https://psi.norge.no/los/tema/",
        "https://psi.norge.no/los/tema/klima#x",
        "https://psi.norge.no/los/ord/klima",
        "https://w3id.org/plangraf-other/id/x",
        "urn:x",
    ],
)
def test_other_peoples_iris_have_no_page_here(iri: str) -> None:
    assert Addresses().document_path(iri) is None


SPACES = Addresses(
    (("bod%C3%B8", "https://kart.example/"), ("fjell", "https://f.example/plan#"), ("vik", "https://v.example/p/")),
    frozenset({iri_hash(f"{ID}vik/kommunestyret")}),
)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("https://v.example/p/goal/1.1", "/doc/vik/goal/1.1"),
        ("https://v.example/p/", "/doc/vik/"),
        ("https://v.example/p/b%C3%A5t", "/doc/vik/b%C3%A5t"),
        ("https://kart.example/x", "/doc/bod%C3%B8/x"),
        ("https://f.example/plan#goal/1", "/doc/fjell/goal/1"),
        ("https://f.example/plan", "/doc/fjell/"),
        (f"{ID}vik/kommunestyret", "/doc/vik/kommunestyret"),
        (f"{ID}vik", "/doc/vik"),
        (f"{ID}annen/plan", "/doc/annen/plan"),
        ("http://metadata.un.org/sdg/13.2", "/doc/sdg/13.2"),
    ],
)
def test_things_below_uri_spaces_and_their_documents_lead_to_each_other(iri: str, path: str) -> None:
    assert SPACES.document_path(iri) == path
    assert SPACES.described_iri(path.removeprefix("/doc/")) == iri
    assert SPACES.named_iri(SPACES.name(iri)) == iri


@pytest.mark.parametrize("iri", ["https://v.example/p", "https://v.example/q/1", "http://v.example/p/1", "urn:x"])
def test_what_is_not_below_a_uri_space_is_shown_by_its_iri(iri: str) -> None:
    assert SPACES.document_path(iri) is None
    assert SPACES.described_path(iri) == f"/doc?iri={iri}"


@pytest.mark.parametrize("iri", ["https://e.example/a?b=c&d#e", "https://e.example/æ%20+", "https://e.example/plan/"])
def test_a_plan_of_others_has_a_name_and_an_address(iri: str) -> None:
    assert SPACES.named_iri(SPACES.name(iri)) == iri
    query = with_extension(SPACES.described_path(iri), "ttl").removeprefix("/doc.ttl?")
    assert parse_qs(query) == {"iri": [iri]}


def test_the_citation_names_the_iri_except_for_the_sdgs() -> None:
    for iri in ("https://v.example/p/goal/1.1", f"{ID}vik", "https://e.example/"):
        assert own_iri(iri) == iri
    assert own_iri("http://metadata.un.org/sdg/13") == f"{BASE}/doc/sdg/13"


def test_a_publisher_has_one_document_for_its_own_iri_and_that_of_a_registry() -> None:
    registry, alone = "https://registry.example/1", "https://registry.example/2"
    addresses = Addresses(foreign=frozenset({alone}), same=((registry, ID + "by"), (alone, alone)))
    assert addresses.document_path(registry) == addresses.document_path(ID + "by") == "/doc/by"
    assert addresses.described_iri("by") == ID + "by"
    assert addresses.publisher_iris(registry) == addresses.publisher_iris(ID + "by") == (ID + "by", registry)
    assert addresses.document_path(alone) == "/doc?iri=https://registry.example/2"
    assert addresses.publisher_iris(alone) == (alone,)
    assert addresses.publisher_iris(ID + "by/plan") == ()
