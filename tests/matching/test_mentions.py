import pytest

from plangraf.matching.mentions import find_mention


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("11", "11", "sdg-goal"),
        ("11.6", "11.6", "sdg-target"),
        ("11.6.1", "11.6.1", "sdg-indicator"),
        ("11,6", "11.6", "sdg-target"),
        ("SDG 11", "11", "sdg-goal"),
        ("sdg-11", "11", "sdg-goal"),
        ("SDGs: 3", "3", "sdg-goal"),
        ("FNs bærekraftsmål nr. 5", "5", "sdg-goal"),
        ("Berekraftsmål nummer 5", "5", "sdg-goal"),
        ("Delmål 13.b", "13.b", "sdg-target"),
        ("FN-delmål 6.3", "6.3", "sdg-target"),
        ("FNs delmål 6.3", "6.3", "sdg-target"),
        ("Sustainable Development Goal 7", "7", "sdg-goal"),
    ],
)
def test_numbers_of_sdgs_are_read(text: str, number: str, kind: str) -> None:
    mention = find_mention(text)
    assert mention is not None
    assert (mention.number, mention.kind, mention.rest) == (number, kind, "")


@pytest.mark.parametrize(
    "text", ["", "18", "0", "mål 99", "2030", "11.6.1.2.3", "klima 2030", "SDG", "1 1", "sdg 111"]
)
def test_other_numbers_are_none_of_sdgs(text: str) -> None:
    assert find_mention(text) is None


def test_what_follows_the_number_is_told() -> None:
    mention = find_mention("SDG 13: Climate action")
    assert mention is not None
    assert mention.rest == "climate action"


@pytest.mark.parametrize(("text", "named"), [("SDG 3", True), ("mål 3", False), ("3", False), ("delmål 3.4", True)])
def test_a_number_alone_or_of_a_goal_may_be_that_of_a_plan(text: str, named: bool) -> None:
    mention = find_mention(text)
    assert mention is not None
    assert mention.named == named
