"""The page of a municipality, asked of the shipped data and of invented publishers."""

import re

import httpx
import pytest
from tests.site.eksempelvik import get
from tests.site.municipality.invented import REGISTRY, build, organisation

from plangraf.namespaces import ID, expand
from plangraf.release.release import Release

MOST = 100_000
"""The largest page, in bytes."""
ODD = "<script>alert(1)</script>"
LONG = "שלום " + "langt navn " * 27


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a release of a publisher with 200 plans, one with none, one of a registry only, and odd names."""
    many = organisation("mange", 1, "Mange kommune") + "".join(
        f'<plan{number}> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "Plan {number} {LONG}"@nb ;\n'
        f"  dct:publisher r:1 ; adms:status plan:{'Superseded' if number % 2 else 'Adopted'} ;\n"
        f'  dct:dateAccepted "20{number % 30:02}-01-01"^^xsd:date ; dct:replaces <plan{number - 1}> .\n'
        for number in range(1, 201)
    )
    goals = "".join(
        f'<plan/goal/{number}> a plan:Goal ; skos:inScheme <plan> ; skos:notation "{number}" ;\n'
        f'  skos:prefLabel "Mål {number} {LONG}"@nb ; dct:subject los:luft .\n'
        f"<plan/indicator/{number}> a plan:Indicator ; skos:inScheme <plan> ; plan:measures <plan/goal/{number}> ;\n"
        f'  skos:prefLabel "Måling {number} {LONG}"@nb ; plan:direction plan:AtLeast ; plan:target {number} ;\n'
        f'  plan:targetYear "2030"^^xsd:gYear .\n'
        for number in range(1, 2001)
    )
    plan = f'<plan> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "{ODD}"@nb ; dct:publisher r:2 .\n'
    registered = (
        'r:3 a foaf:Agent , org:Organization ; rdfs:label "Bare registrert"@nb .\n'
        '<plan> a plan:Plan , skos:ConceptScheme ; skos:prefLabel "En plan"@nb ; dct:publisher r:3 .\n'
    )
    return build(
        tmp_path_factory.mktemp("publishers"),
        {
            "mange": many,
            "maal": organisation("maal", 2, ODD) + plan + goals,
            "registrert": registered,
            "ingen": organisation("ingen", 4, "Ingen kommune"),
        },
    )


def page(server: str, path: str, language: str = "en") -> str:
    answer = httpx.get(f"{server}{path}{'&' if '?' in path else '?'}lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_the_plan_in_force_comes_first_with_its_document_and_its_vision(server: str) -> None:
    text = page(server, "/doc/trondheim")
    section = text.partition('<section aria-labelledby="plan"')[2].partition("</section>")[0]
    assert "Plan in force" in section
    assert "<bdi>The Trondheim Promise</bdi></a>" in section
    assert "with the adopted plan as a PDF" in re.sub(r"\s+", " ", section)
    assert re.search(r'<blockquote class="vision"><p>.*Together we create Trondheim', section)
    assert "Municipality" in text
    assert "Trøndelag" in text


def test_a_county_has_the_same_page(server: str) -> None:
    text = page(server, "/doc/trondelag")
    assert "County authority" in text
    assert "The Trøndelag plan" in text


@pytest.mark.parametrize(
    "path",
    [
        "/doc/trondheim/samfunnsplan-2020-2032",
        "/doc/trondheim/bystyret",
        "/compare",
        "/doc/sdg/13",
        "/search?q=klima",
        "/browse",
    ],
)
def test_mentions_of_a_municipality_lead_to_its_page(server: str, path: str) -> None:
    text = page(server, path, "nb")
    assert 'href="/doc/trondheim?lang=nb"' in text
    assert 'href="https://organization-catalog' not in text


def test_the_iri_of_the_registry_leads_to_the_page(server: str) -> None:
    registry = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/942110464"
    answer = httpx.get(f"{server}/doc", params={"iri": registry})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/doc/trondheim"


def test_the_ring_has_the_numbers_of_the_comparison(server: str) -> None:
    text = page(server, "/doc/trondheim")
    rows = httpx.get(f"{server}/compare.json?publisher=trondheim").json()["records"]
    expected = ["stated" if row["stated"] else "editorial" if row["editorial"] else "none" for row in rows]
    assert re.findall(r'class="ring-mark (\w+) sdg-', text) == expected
    listed = text.partition('<ul class="plain goals17">')[2].partition("</ul>")[0]
    for row in rows:
        if row["stated"]:
            assert f"{row['stated']} stated" in listed
    assert listed.count("<li>") == 17
    assert 'href="/compare?publisher=trondheim&amp;sdg=13&amp;lang=en"' in listed
    assert 'href="/doc/sdg/2?lang=en"' in listed


def test_targets_are_sentences_with_a_number_and_a_year(server: str) -> None:
    text = page(server, "/doc/trondheim")
    assert "at least 80% lower than in 2009 by 2030" in re.sub("<[^>]+>", "", text)
    assert "minst 80 % lavere enn i 2009 innen 2030" in re.sub("<[^>]+>", "", page(server, "/doc/trondheim", "nb"))


def test_other_plans_are_folded_by_how_far_they_have_come(server: str) -> None:
    text = page(server, "/doc/trondheim")
    groups = re.findall(r"<summary>([^<]+) \(\d+\)</summary>", text)
    assert groups == [
        "Other plans in force",
        "Plans whose status is not known",
        "Plans under way",
        "Earlier plans",
    ]
    assert text.count('<details class="group">') == 4


def test_the_making_of_the_plans_is_told_in_the_order_of_time(server: str) -> None:
    text = page(server, "/doc/trondheim")
    told = text.partition('aria-labelledby="chronicle"')[2].partition("</section>")[0]
    years = [int(re.findall(r"\d{4}", when)[0]) for when in re.findall(r'class="when">([^<]+)<', told)]
    assert years == sorted(years)
    assert "Hearing in spring 2022" in told


def test_the_data_have_both_iris_and_the_plans(server: str) -> None:
    text = httpx.get(f"{server}/doc/trondheim.nt").text
    assert f"<{ID}trondheim> <{expand('owl:sameAs')}> <" in text
    assert f"<{ID}trondheim/samfunnsplan-2020-2032> <{expand('dct:publisher')}>" in text
    rows = httpx.get(f"{server}/doc/trondheim.csv").text.splitlines()
    records = httpx.get(f"{server}/doc/trondheim.json").json()["records"]
    assert len(rows) == len(records) + 1
    assert records[0]["plan"] == f"{ID}trondheim/samfunnsplan-2020-2032"
    assert records[0]["adopted"] == "2022-11-17"
    answer = httpx.get(f"{server}/doc/plangraf.csv")
    assert answer.status_code == 406


def test_two_hundred_plans_are_paged(invented: Release) -> None:
    first, last = get(invented, "/doc/mange?lang=en", "/doc/mange?lang=en&page=4")
    assert len(first.encode()) < MOST
    assert "Page 1 of 4" in first
    assert "Page 4 of 4" in last
    [table] = get(invented, "/doc/mange.csv")
    assert len(table.splitlines()) == 201


def test_two_thousand_goals_and_indicators_are_shortened(invented: Release) -> None:
    [text] = get(invented, "/doc/maal?lang=en")
    assert len(text.encode()) < MOST
    assert "and 1,995 more" in text
    assert "in the whole plan" in text


def test_names_with_markup_are_text(invented: Release) -> None:
    [text] = get(invented, "/doc/maal?lang=en")
    assert ODD not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_publisher_without_a_plan_is_told_how_to_publish_one(invented: Release) -> None:
    [text] = get(invented, "/doc/ingen?lang=en")
    assert "No plan yet" in text
    assert "/publish?lang=en" in text


def test_a_publisher_of_a_registry_alone_has_the_page_at_the_address_of_others(invented: Release) -> None:
    address = f"/doc?iri={REGISTRY}3"
    text, plan = get(invented, f"{address}&lang=en", "/doc/registrert/plan?lang=en")
    assert "Bare registrert" in text
    assert "En plan" in text
    assert 'aria-labelledby="sdgs"' in text
    assert f'href="{address}&amp;lang=en"' in plan


def test_a_publisher_whose_plan_has_no_links_is_told_from_one_whose_links_are_not_transcribed(server: str) -> None:
    pages = {
        name: httpx.get(f"{server}/doc/{name}?lang=en", headers={"Accept": "text/html"}).text
        for name in ("bergen", "fredrikstad")
    }
    gap = "no link is known, and not all are transcribed yet"
    assert gap not in pages["bergen"]
    assert gap in pages["fredrikstad"]
