"""Whose words a label has, and the page that has them."""

import pyoxigraph as ox
import pytest
from tests.data.asking import rows, values

from plangraf.namespaces import GRAPH, ID, PREFIXES


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("trondheim/samfunnsplan-2009-2020", "3.6", "I 2020 er sosiale helseforskjeller i Trondheim redusert"),
        ("trondheim/temaplan-god-helse-for-alle", "5", "Nærmiljø og stedsutvikling"),
        ("asker/kommuneplan-2020-2032", "9", "Innovasjon og infrastruktur"),
        (
            "asker/kommuneplan-2020-2032",
            "3b",
            "Innbyggerne har tilgang til grunnleggende, helhetlige og forsvarlige helsetjenester "
            "av god kvalitet og til rett tid.",
        ),
        ("asker/temaplan-handling-mot-klimaendringene", "6", "Naturen som karbonlager"),
        ("baerum/samfunnsdel", "3", "Bærumsamfunnet er miljø- og klimaklokt"),
        ("kristiansand/sterkere-sammen", "2", "Inkluderende og mangfoldig"),
        ("kristiansund/samfunnsdel-2020-2032", "6", "Havrommet"),
        (
            "sunndal/kommuneplan-2020-2030",
            "1",
            "En attraktiv og mangfoldig kommune med stabilt folketall rundt 7.000 innbyggere i 2030.",
        ),
    ],
)
def test_titles_are_the_sources_own(store: ox.Store, name: str, number: str, title: str) -> None:
    found = rows(
        store,
        f"SELECT ?l ?w {{ GRAPH <{GRAPH}{name}> {{ <{ID}{name}/goal/{number}> skos:inScheme <{ID}{name}> ; "
        "skos:prefLabel ?l ; plan:wording ?w } }",
    )
    assert found == [(title, PREFIXES["plan"] + "AsQuoted")]


def test_quoted_wording_is_quoted_from_a_described_page_that_is_its_source(store: ox.Store) -> None:
    quoted = values(store, "SELECT ?c { ?c plan:wording plan:AsQuoted }")
    found = rows(
        store,
        "SELECT ?c ?page { ?c plan:wording plan:AsQuoted ; prov:wasQuotedFrom ?page ; dct:source ?page . "
        "?page a foaf:Document ; rdfs:label ?nb FILTER (LANG(?nb) = 'nb') }",
    )
    assert {concept for concept, _ in found} == quoted
    assert len(found) == len(quoted) > 50


def test_askers_statements_stand_on_the_page_that_has_them(store: ox.Store) -> None:
    page = "https://www.asker.kommune.no/asker-mot-2030/fns-barekraftsmal/"
    plan = f"<{ID}asker/kommuneplan-2020-2032>"
    for number in ("3", "4", "3a", "3b", "3c", "3d"):
        query = (
            f"SELECT ?s {{ ?g skos:inScheme {plan} ; skos:notation '{number}' ; dct:source|prov:wasQuotedFrom ?s }}"
        )
        assert values(store, query) == {page}


def test_no_plan_is_derived_from_a_page(store: ox.Store) -> None:
    assert rows(store, "SELECT ?p { ?p a plan:Plan ; prov:wasDerivedFrom ?page }") == []


def test_the_graph_of_a_plan_is_derived_from_every_source_of_what_it_holds(store: ox.Store) -> None:
    found = rows(
        store,
        "SELECT DISTINCT ?g ?source { ?g plan:graphRole plan:PublishersText GRAPH ?g { ?c dct:source ?source } "
        "FILTER NOT EXISTS { ?g prov:wasDerivedFrom ?source } }",
    )
    assert found == []


def test_klimaløftene_speak_the_english_of_their_source(store: ox.Store) -> None:
    name = "trondheim/klimaloftene"
    query = "SELECT ?l {{ GRAPH <{}{}> {{ ?g a plan:Goal ; skos:prefLabel ?l ; plan:wording plan:AsQuoted }} }}"
    assert values(store, query.format(GRAPH, name)) == {
        "Climate neutral", "Energy smart", "Climate resilient", "Circular",
    }  # fmt: skip
    targets = rows(
        store,
        f"SELECT ?n ?w {{ ?g skos:broader <{ID}{name}/goal/1> ; skos:notation ?n ; plan:wording ?w }} ORDER BY ?n",
    )
    plan = PREFIXES["plan"]
    assert targets == [(number, f"{plan}InOurWords") for number in ("1", "2", "3")]
    indicators = rows(
        store,
        f"SELECT ?d ?from ?to ?year {{ ?i a plan:Indicator ; skos:inScheme <{ID}{name}> ; plan:direction ?d ; "
        "plan:target ?to ; plan:targetYear ?year OPTIONAL { ?i plan:baselineYear ?from } } ORDER BY ?year",
    )
    assert indicators == [(f"{plan}AtLeast", "2009", "80", "2030"), (f"{plan}AtMost", "", "0", "2050")]


def test_the_english_of_klimaløftene_is_said_to_be_machine_aided(store: ox.Store) -> None:
    for graph in ("trondheim/klimaloftene", "trondheim/klimaloftene/translation-nb"):
        (note,) = values(store, f"SELECT ?n {{ <{GRAPH}{graph}> skos:note ?n FILTER (LANG(?n) = 'nb') }}")
        assert "maskinhjelp" in note


def test_oslos_goals_are_quoted_from_a_copy_that_is_said_to_be_one(store: ox.Store) -> None:
    plan = f"<{ID}oslo/kommuneplan-2015>"
    found = rows(
        store,
        f"SELECT ?n ?up ?page ?note {{ ?g a plan:Goal ; skos:inScheme {plan} ; skos:notation ?n ; "
        "plan:wording plan:AsQuoted ; prov:wasQuotedFrom ?page ; dct:source ?page ; "
        "skos:broader/skos:prefLabel ?up . ?page skos:note ?note FILTER (LANG(?up) = 'nb' && LANG(?note) = 'nb') }",
    )
    assert {(up, number) for number, up, *_ in found} == {
        (area, number) for area in ("SMART", "TRYGG", "GRØNN") for number in ("1", "2", "3")
    }
    assert all(page.startswith("http://docplayer.me/") and "kopi" in note.lower() for *_, page, note in found)


def test_vestlands_goals_are_in_nynorsk_with_the_bokmål_of_a_translator(store: ox.Store) -> None:
    name = "vestland/utviklingsplan-2020-2024"
    query = "SELECT ?l {{ GRAPH <{}{}> {{ <{}{}/goal/3> skos:prefLabel ?l FILTER (LANG(?l) = '{}') }} }}"
    for graph, tag, title in (
        (name, "nn", "Lokalsamfunn som ramme for gode kvardagsliv i heile Vestland."),
        (f"{name}/translation-nb", "nb", "Lokalsamfunn som ramme for gode hverdagsliv i hele Vestland."),
    ):
        assert values(store, query.format(GRAPH, graph, ID, name, tag)) == {title}


def test_a_source_is_described_and_has_the_plans_publisher_unless_it_is_said_to_be_a_copy(store: ox.Store) -> None:
    wrong = rows(
        store,
        "SELECT ?plan ?source { ?plan a plan:Plan ; dct:source ?source ; dct:publisher ?who "
        "FILTER NOT EXISTS { ?source a foaf:Document ; dct:publisher|skos:note ?said ; rdfs:label ?nb , ?en "
        "FILTER ((?said = ?who || (isLiteral(?said) && STRSTARTS(?said, 'En kopi'))) "
        "&& LANG(?nb) = 'nb' && LANG(?en) = 'en') } }",
    )
    assert wrong == []
