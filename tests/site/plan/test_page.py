"""The page of a plan with everything that a plan may say."""

import html
import re

import httpx
import pytest
from tests.site.eksempelvik import get

from plangraf.release.release import Release

PATH = "/doc/eksempelvik/samfunnsdel"


def _text(page: str) -> str:
    """Return the text of the main part of a page, with a bar where an element begins or ends."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main is not None
    outside = r'<span class="unseen"[^>]*> \((?:ekstern lenke|external link)\)</span>'
    bare = re.sub(r"<svg.*?</svg>|<[^>]+>", "|", re.sub(outside, "", main[0]), flags=re.DOTALL)
    return re.sub(r"[|\s]*\|[|\s]*", "|", html.unescape(bare))


@pytest.fixture(scope="module")
def pages(eksempelvik: Release) -> tuple[str, str, str, str]:
    paths = (
        f"{PATH}?lang=nb",
        f"{PATH}?lang=en",
        f"{PATH}-2010?lang=nb",
        "/doc/eksempelvik/handlingsprogram?lang=nb",
    )
    nb, en, before, following = get(eksempelvik, *paths)
    return _text(nb), _text(en), _text(before), _text(following)


def test_dates_are_as_exact_as_the_data_in_the_readers_language(pages: tuple[str, ...]) -> None:
    nb, en, before, _ = pages
    assert "|Vedtatt|november 2022 (|Bystyret|,|Formannskapet|)|Utgitt|2023|" in nb
    assert "|Adopted|November 2022 (|The city council|,|The executive board|)|Issued|2023|" in en
    assert "|vedtatt|kommuneplanens samfunnsdel|til 2034|" in nb
    assert "|until 2034|" in en
    assert "|fra 2010|" in before


def test_a_plan_is_tied_to_the_plans_round_it_and_to_its_documents(pages: tuple[str, ...]) -> None:
    nb, _, before, following = pages
    assert "|Erstatter|Planen fra 2010|Følges opp av|Handlingsprogrammet|Rettet mot|Unge|" in nb
    assert "|Les planen:|Planen som PDF|«Sammen ved fjorden»|" in nb
    assert "|Erstattet av|Eksempelvikløftet|" in before
    assert "|Følger opp|Eksempelvikløftet|" in following
    assert "|under arbeid|handlingsprogram|" in following
    assert "|Plan ·|Eksempelregionen|,|Eksempelvik kommune|Eksempelvikløftet|" in nb


def test_the_history_has_every_event_in_order(pages: tuple[str, ...]) -> None:
    history = pages[0].rpartition("|Planens historie|")[2]
    events = [
        *("2020|Planprogrammet fastsettes|planprogram|", "frist 15. mai 2022|Planen på høring|høring|"),
        "8. november 2022|Vedtak i formannskapet|vedtak|Formannskapet|Kilde:|Kommunens planside|",
        "17. november 2022|Vedtak i bystyret|vedtak|Bystyret|Sak 91/22|",
        "dato ikke oppgitt|Endring av planen|endring|Kilden oppgir 31. juni, som ikke finnes.|",
        "januar 2034|Planen oppheves|oppheving|",
    ]
    assert history.startswith("".join(events))


def test_focus_areas_and_goals_are_one_table_in_the_plans_order_without_invented_numbers(
    pages: tuple[str, ...],
) -> None:
    nb, en, _, _ = pages
    assert "|4 mål|Satsingsområder: 2|" in nb
    table = nb.partition("|Målene i planen i radene")[2].partition("|Ordlyd:")[0]
    assert table.split("|")[5:] == [
        *("Åpen by", "satsingsområde", "Østlige bydeler får nye møteplasser", "prioritet 1", "11.7, redaksjonell"),
        *("Alle har en å gå til", "Grønn vekst", "perspektiv"),
        *("A2", "Utslippene halveres", "A10", "Bussene går på strøm"),
    ]
    assert "|focus area|" in en
    assert "None" not in nb + en


def test_a_goal_is_listed_once(pages: tuple[str, ...]) -> None:
    assert pages[0].count("Utslippene halveres") == 1


def test_other_plans_of_the_publisher_are_listed_with_their_status(pages: tuple[str, ...]) -> None:
    listed = pages[0].partition("|Andre planer fra samme utgiver|")[2].partition("|Alle planer:|")[0]
    assert listed == "Handlingsprogrammet|under arbeid|Planen fra 2010|erstattet"


def test_measures_stand_below_their_strategies(pages: tuple[str, ...]) -> None:
    nb = pages[0]
    assert "|Strategier|Åpne skolene|Vaktmestere om kvelden|prioritet 3|Digitale nøkler|Tiltak|Trikk til havna|" in nb
    assert "|Utfordringer|Utenforskap|Styrker|Frivilligheten|" in nb


def test_the_source_of_one_statement_is_given(pages: tuple[str, ...]) -> None:
    assert "|Opplysninger med egen kilde|visjon:|Sammen ved fjorden|(|Siden om visjonen|)|" in pages[0]


def test_what_the_plan_has_none_of_is_told_apart_from_what_is_missing(pages: tuple[str, ...]) -> None:
    missing = pages[0].partition("|Hva som mangler, og hvordan du kan hjelpe|")[2]
    gaps, _, absent = missing.partition("|Hele planen er lest. Den")
    assert gaps == "Ikke skrevet av ennå: indikatorene."
    assert absent.startswith(" har ingen bærekraftskoblinger.|")


def test_a_plan_without_goals_says_so_once(pages: tuple[str, ...]) -> None:
    assert pages[2].count("Målene i denne planen er ikke skrevet av ennå.") == 1
    assert "Ikke skrevet av ennå: målene." in pages[2]


def test_a_plan_with_a_bare_adoption_has_no_history(pages: tuple[str, ...]) -> None:
    assert "Planens historie" not in pages[2]


def test_the_marks_of_a_plan_lead_to_its_claims_and_say_their_basis_in_the_text(server: str) -> None:
    page = httpx.get(f"{server}/doc/trondheim/samfunnsplan-2020-2032?lang=en", headers={"Accept": "text/html"}).text
    marks = re.findall(
        r'<a class="(dot[^"]*)" href="([^"]+)" title="([^"]+)"><span class="unseen">([^<]+)</span></a>', page
    )
    assert {(kind.split()[1], text.partition(", ")[2]) for kind, _, _, text in marks} >= {
        ("sdg-17", "stated"),
        ("sdg-13", "editorial"),
    }
    for kind, href, title, text in marks:
        assert ("editorial" in kind) == text.endswith("editorial")
        assert title == text
        assert httpx.get(server + html.unescape(href), headers={"Accept": "text/html"}).status_code == 200
    assert page.count('<th scope="col">') == 18
