import pytest
from tests.drafting.papers import drafted, linked, page, shown


def test_the_numbers_of_chapters_are_no_goals() -> None:
    draft = drafted(
        page(
            "<h1>Plan</h1><h2>1 Innledning</h2><h3>1.1 Bakgrunn</h3><p>Tekst.</p><h2>2 Målene</h2>"
            "<h3>2.1 Hovedmål 1: Grønt</h3><h4>2.1.1 Om målet</h4><h4>1.1 Mindre utslipp</h4><h2>3 Kilder</h2>"
        )
    )
    assert shown(draft) == ["goals 1 Grønt", "goals 1.1 Mindre utslipp < Grønt"]
    assert [each.text for each in draft.unplaced] == ["1 Innledning", "1.1 Bakgrunn", "2.1.1 Om målet", "3 Kilder"]


def test_numbered_headings_below_the_word_for_goals_are_goals() -> None:
    draft = drafted(
        page(
            "<h1>Samfunnsmål</h1><h2>1. Et grønt samfunn</h2><h3>1.1 Klimanøytral by</h3>"
            "<h4>Strategier – hva kommunen skal gjøre</h4><ul><li>Kjøpe elbiler</li></ul>"
            "<h3>1.2 Smartere bruk</h3><h4>Bidrag – hvordan alle kan delta</h4><ul><li>Lappe klær</li></ul>"
            "<h2>2. Et mangfold</h2>"
        )
    )
    assert shown(draft) == [
        "goals 1 Et grønt samfunn",
        "goals 1.1 Klimanøytral by < Et grønt samfunn",
        "strategies Kjøpe elbiler < Klimanøytral by",
        "goals 1.2 Smartere bruk < Et grønt samfunn",
        "contributions Lappe klær < Smartere bruk",
        "goals 2 Et mangfold",
    ]
    assert [part.level for part in draft.parts if part.kind.sheet == "goals"] == [
        "samfunnsmål",
        "delmål",
        "delmål",
        "samfunnsmål",
    ]


def test_headings_below_focus_areas_are_focus_areas_unless_they_ask_something() -> None:
    draft = drafted(
        page(
            "<h1>Plan</h1><h2>Satsingsområder</h2><h3>Levende grender</h3><h4>Mål</h4><p>Folk blir boende.</p>"
            "<h4>Delmål</h4><ul><li>Flere møteplasser</li></ul><h3>Hvorfor disse?</h3><p>Fordi.</p>"
            "<h3>Grønn framtid</h3><h4>Tiltak</h4><ul><li>Plante trær</li></ul>"
        )
    )
    assert shown(draft) == [
        "focus-area Levende grender",
        "goals Folk blir boende. < Levende grender",
        "goals Flere møteplasser < Levende grender",
        "focus-area Grønn framtid",
        "measures Plante trær < Grønn framtid",
    ]
    assert [each.text for each in draft.unplaced] == ["Hvorfor disse?"]


def test_goals_and_their_sections_in_bold_paragraphs_are_read() -> None:
    draft = drafted(
        page(
            "<h2>2 Mål</h2><p><b>Mål 1 – Trygg oppvekst</b></p><p>Bærekraftsmål: 3, 4 og 16</p><p>Kommunen vil:</p>"
            "<p>- styrke barnehagene;<br>- støtte frivillige lag, og</p><p>Indikatorer:</p>"
            "<ul><li>Barn som trives</li></ul><p><b>Mål 2 – Vekst</b></p><p>Kommunen skal gi råd.</p>"
            "<h2>3 Annet</h2><p>Kommunen skal ha en kriseplan.</p><ul><li>Flom</li></ul>"
        )
    )
    assert shown(draft) == [
        "goals 1 Trygg oppvekst",
        "strategies styrke barnehagene < Trygg oppvekst",
        "strategies støtte frivillige lag < Trygg oppvekst",
        "indicators Barn som trives < Trygg oppvekst",
        "goals 2 Vekst",
        "strategies Kommunen skal gi råd. < Vekst",
    ]
    assert linked(draft) == [("Trygg oppvekst", code) for code in ("3", "4", "16")]
    assert [(each.text, each.items) for each in draft.unplaced] == [("3 Annet", 1)]


def test_a_table_with_the_words_in_its_first_column_is_read() -> None:
    draft = drafted(
        page(
            "<h2>Hovedmål 1: Trygt</h2><table><tr><td>Delmål 1.1</td><td>Trygge hjem</td></tr><tr><td>Strategier</td>"
            "<td><ul><li>Gi råd</li><li>Sette opp lys</li></ul></td></tr><tr><td>Bærekraftsmål</td><td>3 og 11</td>"
            "</tr></table>"
        )
    )
    assert shown(draft) == [
        "goals 1 Trygt",
        "goals 1.1 Trygge hjem < Trygt",
        "strategies Gi råd < Trygge hjem",
        "strategies Sette opp lys < Trygge hjem",
    ]
    assert linked(draft) == [("Trygge hjem", "3"), ("Trygge hjem", "11")]


def test_goals_of_a_table_go_on_in_the_rows_below() -> None:
    draft = drafted(
        page(
            "<table><tr><th>Mål</th><th>Delmål</th><th>Tiltak</th></tr><tr><td rowspan=2>1 Vekst</td><td>1.1 Handel"
            "</td><td>Ha torg<br>Ha kart</td></tr><tr><td>1.2 Reiseliv</td><td></td></tr></table>"
        )
    )
    assert shown(draft) == [
        "goals 1 Vekst",
        "goals 1.1 Handel < Vekst",
        "measures Ha torg < Handel",
        "measures Ha kart < Handel",
        "goals 1.2 Reiseliv < Vekst",
    ]


def test_a_cell_with_a_number_alone_names_the_goal_with_it() -> None:
    draft = drafted(
        page(
            "<h2>Mål 1: Grønt</h2><h2>Mål 2: Trygt</h2><h2>Slik måler vi</h2><table><tr><th>Mål<th>Indikator"
            "<th>Nå (2024)<tr><td>2<td>Branner<td>7<tr><td>9<td>Støv</table>"
        )
    )
    assert shown(draft) == ["goals 1 Grønt", "goals 2 Trygt", "indicators Branner < Trygt", "indicators Støv"]
    assert draft.parts[2].cells == {"baseline": "7", "baseline_year": "2024"}


def test_a_heading_names_the_goal_that_its_list_is_about() -> None:
    draft = drafted(
        page("<h2>Mål 1: Grønt</h2><h3>Delmål 1.1 Rent vann</h3><h3>Indikatorer for mål 1</h3><ul><li>Trær</li></ul>")
    )
    assert shown(draft)[-1] == "indicators Trær < Grønt"


def test_a_list_with_an_introduction_of_its_own_is_no_part_of_the_list_before() -> None:
    draft = drafted(
        page(
            "<h2>Mål 1: Grønt</h2><h3>Strategier</h3><p>Dette er viktig:</p><ul><li>Plante</li></ul><p>Les mer i:</p>"
            "<ul><li>Klimaplanen</li></ul>"
        )
    )
    assert shown(draft) == ["goals 1 Grønt", "strategies Plante < Grønt"]
    assert [(each.text, each.items) for each in draft.unplaced] == [("Les mer i:", 1)]


def test_a_goal_in_an_overview_and_in_its_chapter_is_one() -> None:
    draft = drafted(
        page(
            "<h2>Våre mål</h2><ul><li>Mål 1: Grønt</li><li>Mål 2: Trygt</li></ul><h2>Mål 1: Grønt</h2>"
            "<h3>Slik gjør vi det</h3><ul><li>Plante</li></ul><h2>Mål 2: Trygt</h2><p>Mål 1 og 2 følges opp.</p>"
        )
    )
    assert shown(draft) == ["goals 1 Grønt", "goals 2 Trygt", "strategies Plante < Grønt"]


def test_sub_goals_with_the_same_number_below_two_goals_are_two() -> None:
    draft = drafted(
        page(
            "<h2>Hovudmål 1: Folk</h2><h3>Delmål 1: Born</h3><h4>Strategiar</h4><ul><li>Barnehage</li></ul>"
            "<h2>Hovudmål 2: Arbeid</h2><h3>Delmål 1: Lærlingar</h3><h4>Slik gjer vi det</h4>"
            "<ul><li>Avtale</li></ul>",
            lang="nn",
        )
    )
    assert shown(draft) == [
        "goals 1 Folk",
        "goals 1 Born < Folk",
        "strategies Barnehage < Born",
        "goals 2 Arbeid",
        "goals 1 Lærlingar < Arbeid",
        "strategies Avtale < Lærlingar",
    ]


def test_a_list_below_a_heading_that_announces_nothing_is_counted_and_not_placed() -> None:
    draft = drafted(page("<h2>Mål 1: Grønt</h2><h3>Om kommunen</h3><ul><li>Fjord</li><li>Fjell</li></ul>"))
    assert shown(draft) == ["goals 1 Grønt"]
    assert [(each.text, each.items) for each in draft.unplaced] == [("Om kommunen", 2)]


def test_a_document_without_a_plan_has_only_headings() -> None:
    draft = drafted(page("<h1>Årsmelding</h1><p>Kommunen skal rapportere.</p><ul><li>Tall</li></ul>"))
    assert (shown(draft), linked(draft)) == ([], [])
    assert [each.text for each in draft.unplaced] == ["Årsmelding"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan: FNs bærekraftsmål 17 er lagt til grunn.", [("", "17")]),
        ("Se delmål 1.1.", []),
    ],
)
def test_an_sdg_outside_the_goals_is_linked_to_nothing(text: str, expected: list[tuple[str, str]]) -> None:
    assert linked(drafted(page(f"<h1>Om planen</h1><p>{text}</p>"))) == expected


def test_icons_are_those_of_the_goal_whose_label_stands_before_them() -> None:
    draft = drafted(
        page(
            "<h2>Mål 1: Grønt</h2><p>Delmål 1.1</p><p><img alt='Bærekraftsmål 13'></p><h3>Mindre utslipp</h3>"
            "<p><img alt='Fin utsikt'></p>"
        )
    )
    assert linked(draft) == [("Mindre utslipp", "13")]


@pytest.mark.parametrize("heading", ["Utfordringer", "Utfordringar", "Hovedutfordringer", "2 Utfordringane våre"])
def test_lists_below_challenges_are_challenges(heading: str) -> None:
    draft = drafted(
        page(f"<h1>Plan</h1><h2>{heading}</h2><ul><li>Oftere flom</li><li>Færre barn</li></ul><h2>Mål 1: Trygt</h2>")
    )
    assert shown(draft) == ["challenges Oftere flom", "challenges Færre barn", "goals 1 Trygt"]
    assert list(draft.unplaced) == []


def test_headings_below_challenges_and_strengths_name_them() -> None:
    draft = drafted(
        page(
            "<h1>Plan</h1><h2>Våre utfordringer</h2><p>Vi har noen.</p><h3>Flere eldre</h3><p>Vi lever lenger.</p>"
            "<h4>Tall</h4><p>Tekst.</p><h3>Hva gjør vi?</h3><h3>Oftere flom</h3>"
            "<h2>Styrker</h2><ul><li>Mange lag</li></ul><h2>Veien videre</h2>"
        )
    )
    assert shown(draft) == ["challenges Flere eldre", "challenges Oftere flom", "strength Mange lag"]
    assert "Veien videre" in [each.text for each in draft.unplaced]


def test_challenges_and_opportunities_together_are_left_to_a_person() -> None:
    draft = drafted(page("<h1>Plan</h1><h2>Utfordringer og muligheter</h2><ul><li>Flom</li></ul>"))
    assert shown(draft) == []
    assert [each.text for each in draft.unplaced] == ["Utfordringer og muligheter"]


def test_challenges_of_a_goal_belong_to_no_goal() -> None:
    draft = drafted(
        page("<h2>Mål 1: Trygt</h2><h3>Utfordringer</h3><ul><li>Flom</li></ul><h3>Tiltak</h3><ul><li>Mur</li></ul>")
    )
    assert shown(draft) == ["goals 1 Trygt", "challenges Flom", "measures Mur < Trygt"]
