"""The Norwegian alphabet."""

from itertools import permutations

import pytest

from plangraf.site.browse.alphabet import LETTERS, OTHER, collation_key, letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ål", "Å"),
        ("ål", "Å"),
        ("A\u030al", "Å"),
        ("Aasen", "A"),
        ("Ærlig", "Æ"),
        ("Ähtäri", "Æ"),
        ("Österreich", "Ø"),
        ("Über", "Y"),
        ("Élan", "E"),
        ("Čáhci", "C"),
        ("Đávvi", "D"),
        ("«Nær vannet»", "N"),
        ("  – øy", "Ø"),
        ("17 mål", OTHER),
        ("١٧", OTHER),
        ("مرحبا", OTHER),
        ("😀", OTHER),
        ("", OTHER),
        ("<script>", "S"),
        ("\u202eabc", "A"),
        ("İstanbul", "I"),
    ],
)
def test_a_label_stands_under_its_letter(text: str, expected: str) -> None:
    assert letter(text) == expected


def test_every_letter_stands_under_itself_and_they_come_in_their_order() -> None:
    assert [letter(one) for one in LETTERS] == list(LETTERS)
    backwards = list(reversed(LETTERS))
    assert sorted(backwards, key=collation_key) == list(LETTERS)


def test_words_are_sorted_as_in_norwegian() -> None:
    expected = [
        "Aa", "Ab", "Båt og buss", "Båten", "elan", "Élan b", "Zoo", "Ærlig", "Øy", "Øye", "Ål", "2 mål", "10 mål"
    ]  # fmt: skip
    backwards = list(reversed(expected))
    found = sorted(backwards, key=collation_key)
    assert found == [*expected[:-2], "10 mål", "2 mål"]


def test_the_order_does_not_depend_on_where_one_began() -> None:
    texts = ["a", "A", "á", "a ", "«a»", "aa", "a a"]
    assert len({tuple(sorted(mixed, key=collation_key)) for mixed in permutations(texts)}) == 1


def test_a_label_of_any_length_has_a_key() -> None:
    assert collation_key("a" * 10_000) < collation_key("b")
