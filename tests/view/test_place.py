import random

import pytest

from plangraf.view.place import NOWHERE, place_among_siblings


@pytest.mark.parametrize(
    "notations",
    [
        ["1", "1.1", "1.2", "1.10", "2", "10"],
        ["A2", "A10", "B1"],
        ["1", "1a", "1b", "2"],
        ["M1", "M1.S1", "M1.S2", "M1.S10", "M2"],
        ["1", "Å1", None],
    ],
)
def test_notations_are_in_natural_order(notations: list[str | None]) -> None:
    shuffled = random.Random(7).sample(notations, len(notations))  # noqa: S311  # a reproducible order
    assert sorted(shuffled, key=lambda notation: place_among_siblings(None, notation)) == notations


def test_the_order_comes_before_the_notation_and_what_has_none_comes_last() -> None:
    things = [("2", "1"), (None, "1"), ("10", None), (None, None), ("1", "9"), ("2", None)]
    assert sorted(things, key=lambda thing: place_among_siblings(*thing)) == [
        ("1", "9"),
        ("2", "1"),
        ("2", None),
        ("10", None),
        (None, "1"),
        (None, None),
    ]


@pytest.mark.parametrize("order", ["", "first", "1.5", "9" * 5000, "١"])
def test_what_is_no_number_is_no_order(order: str) -> None:
    assert place_among_siblings(order, None) == NOWHERE


@pytest.mark.parametrize("notation", ["", " ", "–", "9" * 5000, "٣", "x" * 10_000])
def test_any_text_has_a_place_among_notations(notation: str) -> None:
    assert place_among_siblings(None, "1") < place_among_siblings(None, notation) <= NOWHERE or notation[0] == "9"
