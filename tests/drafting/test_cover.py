import pytest
from tests.drafting.papers import drafted, page


@pytest.mark.parametrize(
    ("body", "period"),
    [
        ("<h1>Kommuneplanens samfunnsdel 2025–2037</h1>", ("2025–2037", "2025", "2037")),
        ("<h1>Kommuneplan 2020-2032 – samfunnsdelen</h1>", ("2020-2032", "2020", "2032")),
        ("<h1>Samfunnsplan 2024 – 2036</h1>", ("2024 – 2036", "2024", "2036")),
        ("<h1>Samfunnsplan for åra 2024 til 2036</h1>", ("2024 til 2036", "2024", "2036")),
        ("<h1>Samfunnsplan</h1><h2>Planperiode: 2024–2036</h2>", ("2024–2036", "2024", "2036")),
        ("<h1>Samfunnsplan</h1><p>2024–2036</p>", ("2024–2036", "2024", "2036")),
        ("<h1>Øyløftet</h1><p>Kommuneplanens samfunnsdel 2025–2037. Øy kommune.</p>", ("2025–2037", "2025", "2037")),
        ("<h1>Øyløftet</h1><p>Samfunnsdelen av kommuneplanen 2025–2037</p>", ("2025–2037", "2025", "2037")),
        ("<h1>Øyløftet</h1><p>Store Øy kommune 2025–2037</p>", ("2025–2037", "2025", "2037")),
        ("<h1>Øyløftet</h1><p>Planen gjelder for perioden 2025–2037.</p>", ("2025–2037", "2025", "2037")),
        ("<h1>Øyløftet</h1><p>Erstatter kommuneplanen 2012–2024.</p>", None),
        ("<h1>Øyløftet</h1><p>Økonomiplanen 2024–2027 følger opp.</p>", None),
        ("<h1>Samfunnsplan mot 2040</h1>", None),
        ("<h1>Samfunnsplan 2040</h1>", None),
        ("<h1>Samfunnsplan 2037–2025</h1>", None),
        ("<h1>Samfunnsplan</h1><p>Folketallet minket i 2014–2020, og det går saktere nå.</p>", None),
        ("<h1>Samfunnsplan</h1><p>2024–2036</p><p>2020–2024</p>", None),
    ],
)
def test_the_period_is_the_one_that_title_or_cover_state(body: str, period: tuple[str, str, str] | None) -> None:
    found = drafted(page(body)).period
    assert (None if found is None else (found.text, found.start, found.end)) == period


@pytest.mark.parametrize(
    ("sentence", "date", "case"),
    [
        ("Vedtatt av kommunestyret 12. juni 2025", "2025-06-12", ""),
        ("Fjordvik kommune. Vedteken av kommunestyret 12. juni 2025.", "2025-06-12", ""),
        ("Vedtatt i kommunestyret 12.06.2025, sak 45/25", "2025-06-12", "45/25"),
        ("Vedteke i Fjordvik heradsstyre, sak 7/2025, den 2. desember 2025", "2025-12-02", "7/2025"),
        ("Endelig vedtatt av bystyret i møte 1. mars 2024 (sak PS 12/24)", "2024-03-01", "12/24"),
        ("Vedtatt 20. mars 2025 av fylkestinget", "2025-03-20", ""),
        ("Vedtatt av kommunestyret juni 2025", "2025-06", ""),
        ("Kommuneplanens samfunnsdel 2025–2040, vedtatt i kommunestyret 3. april 2025.", "2025-04-03", ""),
    ],
)
def test_the_cover_states_the_adoption(sentence: str, date: str, case: str) -> None:
    found = drafted(page(f"<h1>Samfunnsplan</h1><p>{sentence}</p><h2>Mål 1: Trygt</h2>")).adoption
    assert found is not None
    assert (found.date, found.case) == (date, case)
    assert str(found.place) == "Samfunnsplan"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Plan</h1><p>Vedtatt planprogram foreligger.</p>",
        "<h1>Plan</h1><p>Klimaplanen ble vedtatt av kommunestyret 3. mars 2020.</p>",
        "<h1>Plan</h1><p>Planen erstatter klimaplanen, vedtatt av kommunestyret 3. mars 2020.</p>",
        "<h1>Plan</h1><p>Vedtas av kommunestyret 12. juni 2025</p>",
        "<h1>Plan</h1><p>Vedtatt av kommunestyret 31. juni 2025</p>",
        "<h1>Plan</h1><p>Vedtatt av kommunestyret 12. juni 2025</p><p>Vedtatt av kommunestyret 1. mai 2020</p>",
        "<h1>Plan</h1><h2>Om</h2><h2>Mer</h2><p>Vedtatt av kommunestyret 12. juni 2025</p>",
    ],
)
def test_what_is_not_the_adoption_of_the_plan_is_left_alone(body: str) -> None:
    assert drafted(page(body)).adoption is None


def test_running_text_may_state_the_adoption_of_the_plan_itself() -> None:
    body = "<h1>Plan</h1><h2>Om</h2><h2>Mer</h2><p>Vi har mål. Planen ble vedtatt av kommunestyret 12. juni 2025.</p>"
    found = drafted(page(body)).adoption
    assert found is not None
    assert (found.text, found.date) == ("Planen ble vedtatt av kommunestyret 12. juni 2025", "2025-06-12")


def test_the_headings_of_the_cover_are_placed() -> None:
    draft = drafted(
        page(
            "<h1>Kommuneplanens samfunnsdel 2025–2037</h1><h2>Vedtatt av kommunestyret 12. juni 2025</h2>"
            "<h2>Forord</h2><p>Vi.</p>"
        )
    )
    assert [each.text for each in draft.unplaced] == ["Forord"]
