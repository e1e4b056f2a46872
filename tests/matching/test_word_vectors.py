import pytest

from plangraf.matching.linkables import Text
from plangraf.matching.word_vectors import Lexicon, VectorIndex, WeightedText, WordVector

TEXTS = (
    "Trygge boliger for eldre",
    "Utvikling av byer og samfunn",
    "Stoppe klimaendringene",
    "Klima og natur",
    "Kunnskap for barnehager",
)


def _lexicon(*more: Text) -> Lexicon:
    return Lexicon([*([Text(text, "nb")] for text in TEXTS), *([text] for text in more)])


def _vector(lexicon: Lexicon, value: str, language: str = "nb") -> WordVector:
    return lexicon.vector([WeightedText(Text(value, language))])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bolig", "Boliger"),
        ("Boligutvikling", "Utvikling av boliger"),
        ("Samfunnsutvikling", "Samfunn i utvikling"),
        ("Klimanøytral", "Klima"),
        ("BARNEHAGE", "barnehager"),
        ("Bustader", "bolig"),
    ],
)
def test_forms_and_compounds_of_words_are_alike(one: str, other: str) -> None:
    lexicon = _lexicon()
    index = VectorIndex({"other": _vector(lexicon, other)})
    assert index.similarities(_vector(lexicon, one))["other"] > 0.2


def test_function_words_numbers_and_other_languages_are_not_alike() -> None:
    lexicon = _lexicon()
    index = VectorIndex({"other": _vector(lexicon, "Alle skal ha det i 2030")})
    assert index.similarities(_vector(lexicon, "Det skal alle få innen 2030")) == {}
    english = VectorIndex({"other": _vector(lexicon, "Natur", "en")})
    assert english.similarities(_vector(lexicon, "Natur", "nb")) == {}


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    lexicon = _lexicon(*(Text("Natur overalt", "nb") for _ in range(5)))
    index = VectorIndex({"rare": _vector(lexicon, "Eldre"), "frequent": _vector(lexicon, "Natur")})
    found = index.similarities(_vector(lexicon, "Eldre natur"))
    assert found["rare"] > found["frequent"]


def test_the_same_text_is_wholly_alike_and_an_empty_one_is_like_nothing() -> None:
    lexicon = _lexicon()
    index = VectorIndex({"same": _vector(lexicon, "Klima og natur")})
    assert index.similarities(_vector(lexicon, "Natur og klima"))["same"] == pytest.approx(1)
    assert index.similarities(_vector(lexicon, "")) == {}


def test_shared_words_are_spelled_as_in_the_first_text_and_shown_in_the_language_of_the_reader() -> None:
    lexicon = _lexicon(Text("Climate change", "en"))
    both = lexicon.vector([WeightedText(Text("Klimanøytral", "nb")), WeightedText(Text("Climate neutral", "en"))])
    other = lexicon.vector([WeightedText(Text("Klima", "nb")), WeightedText(Text("Climate", "en"))])
    shared = both.shared(other)
    assert (shared.label("nn"), shared.label("en")) == ("klimanøytral", "climate")
    assert not both.shared(_vector(lexicon, "eldre"))
