"""Targets of indicators in words, as the data have them."""

import pyoxigraph as ox
import pytest

from plangraf.languages import InterfaceLanguage
from plangraf.namespaces import PREFIXES
from plangraf.view.reader import Reader
from plangraf.view.reading import Reading
from plangraf.view.target_sentence import TargetSentence, read_target_sentence

INDICATOR = "https://x.example/indicator"
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
BASE_2018 = 'plan:baselineYear "2018"^^xsd:gYear'
BY_2030 = 'plan:targetYear "2030"^^xsd:gYear'


def _sentence(said: str, language: InterfaceLanguage = "nb") -> TargetSentence | None:
    triples = [
        q.triple for q in ox.parse(f"{HEAD}<{INDICATOR}> a plan:Indicator ; {said} .", format=ox.RdfFormat.TURTLE)
    ]
    return read_target_sentence(Reading(triples, Reader(language, named=False)), INDICATOR)


def _texts(said: str) -> tuple[str | None, str | None]:
    bokmaal, english = _sentence(said), _sentence(said, "en")
    return bokmaal.text if bokmaal else None, english.text if english else None


@pytest.mark.parametrize(
    ("said", "nb", "en"),
    [
        (
            f'plan:direction plan:AtLeast ; plan:target 80 ; {BY_2030} ; plan:baselineYear "2009"^^xsd:gYear ; '
            'plan:unit "prosent lavere enn i 2009"@nb , "per cent lower than in 2009"@en',
            "minst 80 % lavere enn i 2009 innen 2030",
            "at least 80% lower than in 2009 by 2030",
        ),
        (
            'plan:direction plan:AtLeast ; plan:target 2 ; plan:unit "i året"@nb , "a year"@en',
            "minst 2 i året",
            "at least 2 a year",
        ),
        (f"plan:direction plan:AtMost ; plan:target 0 ; {BY_2030}", "høyst 0 innen 2030", "at most 0 by 2030"),
        ("plan:direction plan:AtMost", "skal ikke øke", "should not increase"),
        (
            f"plan:direction plan:AtMost ; {BASE_2018} ; {BY_2030}",
            "skal ikke være høyere enn i 2018 fram til 2030",
            "should not be higher than in 2018 until 2030",
        ),
        (
            f"plan:direction plan:Maintain ; {BASE_2018}",
            "skal holde nivået fra 2018",
            "should stay at the level of 2018",
        ),
        (
            f'plan:direction plan:Decrease ; plan:baseline 1200.5 ; {BASE_2018} ; plan:target 60 ; {BY_2030} ; '
            'plan:unit "tonn"@nb , "tonnes"@en',
            "skal gå ned fra 1\N{NO-BREAK SPACE}200,5 tonn i 2018 til 60 tonn innen 2030",
            "should decrease from 1,200.5 tonnes in 2018 to 60 tonnes by 2030",
        ),
        (
            f"plan:direction plan:AtLeast ; plan:target 60 ; plan:baseline 40 ; {BASE_2018}",
            "minst 60 (40 i 2018)",
            "at least 60 (40 in 2018)",
        ),
        (
            f"plan:direction plan:Increase ; plan:target 5 ; {BASE_2018}",
            "skal øke til 5, sammenlignet med 2018",
            "should increase to 5, compared with 2018",
        ),
        (f"plan:target 5 ; {BY_2030}", "skal nå 5 innen 2030", "should reach 5 by 2030"),
        (f"plan:direction plan:Increase ; {BY_2030}", "skal øke innen 2030", "should increase by 2030"),
    ],
)  # fmt: skip
def test_a_target_is_a_sentence_in_both_languages(said: str, nb: str, en: str) -> None:
    assert _texts(said) == (nb, en)


@pytest.mark.parametrize(
    "said",
    [
        "plan:direction plan:AtLeast",
        f"plan:direction plan:AtLeast ; {BY_2030}",
        f"plan:direction plan:AtLeast ; plan:baseline 4 ; {BASE_2018}",
        'plan:unit "tonn"@nb',
        f"plan:baseline 4 ; {BASE_2018}",
        "plan:direction <https://x.example/sideways>",
    ],
)
def test_where_the_data_tell_no_target_there_is_no_sentence(said: str) -> None:
    assert _texts(said) == (None, None)


def test_a_unit_in_another_language_keeps_its_language() -> None:
    sentence = _sentence('plan:direction plan:AtLeast ; plan:target 3 ; plan:unit "updates a year"@en')
    assert sentence is not None
    assert [(part.text, part.language) for part in sentence.parts] == [("minst 3 ", None), ("updates a year", "en")]


@pytest.mark.parametrize("year", ["2030Z", "2030+01:00", "2030"])
def test_a_year_is_told_without_its_time_zone(year: str) -> None:
    assert (
        _texts(f'plan:direction plan:AtMost ; plan:target 0 ; plan:targetYear "{year}"^^xsd:gYear')[0]
        == "høyst 0 innen 2030"
    )


def test_a_placeholder_in_a_unit_is_a_word_like_any_other() -> None:
    assert _texts('plan:direction plan:AtLeast ; plan:target 3 ; plan:unit "{value} {"@nb')[0] == "minst 3 {value} {"


def test_a_long_unit_is_cut() -> None:
    sentence = _sentence(f'plan:direction plan:AtLeast ; plan:target 3 ; plan:unit "{"lang " * 60}"@nb')
    assert sentence is not None
    assert len(sentence.text) < 140
