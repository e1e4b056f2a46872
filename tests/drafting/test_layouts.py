"""What is drafted from whole documents of several layouts, against listings of what they say."""

from pathlib import Path

import pytest
from bench.drafts import LAYOUTS, PlanLayout, drafted, listing, made_document, score

_WITH_CHROMIUM = [layout for layout in LAYOUTS if not layout.source.endswith(".fodt")]
_WITH_OFFICE = [layout for layout in LAYOUTS if layout.source.endswith(".fodt")]


@pytest.mark.parametrize("layout", _WITH_CHROMIUM, ids=lambda layout: layout.name)
def test_a_draft_has_all_that_the_document_says_and_nothing_else(layout: PlanLayout, tmp_path: Path) -> None:
    result = score(drafted(made_document(layout, tmp_path)), listing(layout))
    assert (result.missed, result.false) == ((), ())


@pytest.mark.libreoffice
@pytest.mark.parametrize("layout", _WITH_OFFICE, ids=lambda layout: layout.name)
def test_documents_of_an_office_program_are_drafted_whole(layout: PlanLayout, office: str, tmp_path: Path) -> None:
    result = score(drafted(made_document(layout, tmp_path)), listing(layout))
    assert (result.missed, result.false) == ((), ())


def test_parts_have_the_page_and_the_headings_where_they_stand(tmp_path: Path) -> None:
    layout = next(layout for layout in LAYOUTS if layout.name == "brochure.pdf")
    draft = drafted(made_document(layout, tmp_path))
    places = {part.name: part.place for part in draft.parts}
    assert places["Alle hører til"].page == 4
    assert str(places["Les for et barn."]) == (
        "Side 4: Eksempelvikløftet › Samfunnsmål 2: Alle hører til › Delmål 2.1 Barn og unge lykkes på skolen › "
        "DETTE KAN DU GJØRE"
    )
    assert [(each.text, each.page) for each in draft.unplaced] == [("Innledning", 2), ("Veien videre", 5)]
    assert draft.title == "Eksempelvikløftet"
    assert (draft.language, draft.pages) == ("nb", 5)


def test_the_value_of_an_indicator_and_its_year_come_from_a_table(tmp_path: Path) -> None:
    layout = next(layout for layout in LAYOUTS if layout.name == "tables.pdf")
    cells = {part.name: part.cells for part in drafted(made_document(layout, tmp_path)).parts}
    assert cells["Klimagassutslipp fra veitrafikk"] == {
        "baseline": "8450",
        "baseline_year": "2023",
        "target": "4000",
        "target_year": "2030",
        "unit": "tonn",
    }
    assert cells["Areal av sjøfuglreservat"] == {}
