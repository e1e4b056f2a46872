import pytest

from plangraf.matching.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    counts = {"klimagass": 9, "utslipp": 20, "klimaendring": 5, "vann": 7, "skole": 3, "kommune": 90, "plan": 40}
    return Vocabulary({**counts, "sustainability": 4, "sustain": 4}, 100)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("utslippene", "utslipp"),
        ("klimagasser", "klimagass"),
        ("vatn", "vann"),
        ("skule", "skole"),
        ("utslepp", "utslipp"),
        ("klimaendringane", "klimaendring"),
        ("klimaendrignene", "klimaendring"),
        ("sustainablity", "sustainability"),
    ],
)
def test_forms_and_misspelled_words_are_almost_the_term(vocabulary: Vocabulary, word: str, term: str) -> None:
    assert vocabulary.like(word)[term].of_word > 0.75


def test_a_compound_is_like_its_parts(vocabulary: Vocabulary) -> None:
    found = vocabulary.like("klimagassutslipp")
    assert found["klimagass"].part
    assert found["klimagass"].of_word + found["utslipp"].of_word == pytest.approx(1)


def test_a_part_is_like_its_compound_by_its_share(vocabulary: Vocabulary) -> None:
    found = vocabulary.like("klima")
    assert found["klimagass"].of_term == pytest.approx(5 / 9)


def test_a_plan_of_a_municipality_is_not_like_a_municipality(vocabulary: Vocabulary) -> None:
    assert "kommune" not in vocabulary.like("kommuneplan")
    assert "plan" in vocabulary.like("kommuneplan")


def test_rare_words_say_more_than_common_ones_and_those_more_than_stopwords(vocabulary: Vocabulary) -> None:
    weights = [vocabulary.weight(frozenset((term,))) for term in ("skole", "plan", "og")]
    assert weights == sorted(weights, reverse=True)
