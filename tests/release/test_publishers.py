import pyoxigraph as ox

from plangraf.namespaces import ID
from plangraf.release.publishers import merge_publishers, publishers_among

REGISTRY = "https://registry.example/942110464"


def among(turtle: str) -> dict[str, str]:
    prefixes = (
        f"@prefix i: <{ID}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix plan: <https://w3id.org/plangraf/ontology#> . @prefix dct: <http://purl.org/dc/terms/> . "
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix sdg: <http://metadata.un.org/sdg/> . @base <> . "
    )
    return publishers_among(ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE, base_iri="http://e.org/"))


def test_a_registered_publisher_has_the_page_of_its_own_iri() -> None:
    plan = f"<p> a plan:Plan ; dct:publisher <{REGISTRY}> ."
    assert among(plan) == {REGISTRY: REGISTRY}
    assert among(f"{plan} i:by owl:sameAs <{REGISTRY}> .") == {REGISTRY: f"{ID}by"}
    assert among("<p> a plan:Plan ; dct:publisher i:by .") == {f"{ID}by": f"{ID}by"}


def test_an_organisation_with_an_own_iri_is_a_publisher_before_its_first_plan() -> None:
    organisation = f"<{REGISTRY}> a foaf:Agent . i:by a foaf:Agent ; owl:sameAs <{REGISTRY}> ."
    assert among(organisation) == {REGISTRY: f"{ID}by"}
    assert among("i:by a foaf:Agent .") == {}


def test_the_publishers_of_sources_are_none() -> None:
    assert among(f"<source> a foaf:Document ; dct:publisher <{REGISTRY}> .") == {}


def test_nobody_takes_the_page_of_another_thing() -> None:
    for taken in ("sdg:13", "i:sdg", f"<{ID}trondheim/plan>", "<http://e.org/undescribed>"):
        assert among(f"i:by a foaf:Agent ; owl:sameAs {taken} .") == {}
    assert among(f"<{REGISTRY}> a foaf:Agent . <{ID}by/x> owl:sameAs <{REGISTRY}> .") == {}


def test_the_own_iri_in_one_part_counts_for_a_plan_in_another() -> None:
    plan, own, other = {REGISTRY: REGISTRY}, {REGISTRY: f"{ID}by"}, {REGISTRY: f"{ID}another"}
    for parts in ([plan, own], [own, plan], [own, other, plan]):
        assert merge_publishers(parts) == own
