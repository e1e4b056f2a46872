import pytest
from tests.drafting.papers import drafted, page


@pytest.mark.parametrize(
    ("body", "vision"),
    [
        ("<h2>Visjon</h2><p>Saman om fjorden</p>", "Saman om fjorden"),
        ("<h2>Visjonen vår</h2><p>«Sammen om fjorden»</p>", "Sammen om fjorden"),
        ("<h2>1.2 Vår visjon</h2><p>Vi er en kommune. Alle hører til.</p>", "Vi er en kommune. Alle hører til."),
        ("<h2>Fjordvik kommunes visjon</h2><p>Rom for alle</p>", "Rom for alle"),
        ("<h2>Kommunen sin visjon</h2><p>Rom for alle</p>", "Rom for alle"),
        ("<h2>Visjon for Fjordvik</h2><p>Rom for alle</p>", "Rom for alle"),
        ("<h2>Visjon: Rom for alle</h2><p>Vi mener det. Vi vil det. Vi kan det.</p>", "Rom for alle"),
        ("<h2>Dette er visjonen vår</h2><p>Fjordvik – stor nok for alle</p>", "Fjordvik – stor nok for alle"),
        ("<h2>Vår visjon er «Rom for alle»</h2><p>Den er fra 2012.</p>", "Rom for alle"),
        ("<p><b>Visjon</b></p><p>Rom for alle</p>", "Rom for alle"),
        ("<p>Visjon:</p><p>Rom for alle</p>", "Rom for alle"),
    ],
)
def test_a_short_text_below_its_heading_is_the_vision(body: str, vision: str) -> None:
    draft = drafted(page(f"<h1>Plan</h1>{body}<h2>Mål 1: Trygt</h2>"))
    assert draft.vision is not None
    assert draft.vision.text == vision
    assert "isjon" in str(draft.vision.place)
    assert [each.text for each in draft.unplaced] == []


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Visjon</h2><p>Det er en ting. Det er to ting. Det er tre ting.</p>",
        "<h2>Visjon</h2><p>Rom for alle</p><p>Visjonen kom til i 2010.</p>",
        "<h2>Visjon</h2><ul><li>Rom</li><li>Alle</li></ul>",
        "<h2>Visjon</h2>",
        "<h2>Visjon og verdier</h2><p>Rom for alle</p>",
        "<h2>Visjonær ledelse</h2><p>Rom for alle</p>",
    ],
)
def test_a_longer_text_or_another_heading_is_not_placed(body: str) -> None:
    draft = drafted(page(f"<h1>Plan</h1>{body}<h2>Mål 1: Trygt</h2>"))
    assert draft.vision is None
    assert len(draft.unplaced) == 1


def test_two_visions_leave_the_second_to_a_person() -> None:
    body = "<h2>Visjon</h2><p>Rom for alle</p><h2>Visjon</h2><p>Vi vil fram</p>"
    draft = drafted(page(body))
    assert draft.vision is not None
    assert draft.vision.text == "Rom for alle"
    assert [each.text for each in draft.unplaced] == ["Visjon"]
