"""Texts that people write, each with the thing of the shipped data that should come first."""

import pytest

from plangraf.matching.matcher import Matcher
from plangraf.matching.query import MatchQuery
from plangraf.namespaces import ID, SDG

LOS = "https://psi.norge.no/los/tema/"
U4SSC = "https://data.norge.no/vocabulary/indicator/U4SSC/"
_SPACES = {"id": ID, "sdg": SDG, "los": LOS, "u4ssc": U4SSC}

EXPECTED = (
    # numbers
    ("11.6", "sdg:11.6"),
    ("SDG 11", "sdg:11"),
    ("SDG11", "sdg:11"),
    ("sdg 13.2", "sdg:13.2"),
    ("bærekraftsmål 11", "sdg:11"),
    ("Berekraftsmål 11", "sdg:11"),
    ("FNs bærekraftsmål nr. 5", "sdg:5"),
    ("delmål 11.6", "sdg:11.6"),
    ("Goal 11", "sdg:11"),
    ("Mål 16", "sdg:16"),
    ("Target 13.2", "sdg:13.2"),
    ("13.b", "sdg:13.b"),
    ("17", "sdg:17"),
    ("16.9.1", "sdg:C160901"),
    ("indikator 16.9.1", "sdg:C160901"),
    ("11.6.1", "sdg:C110603"),
    ("SDG 13: Climate action", "sdg:13"),
    ("bærekraftsmål nr 16: Fred og rettferdighet", "sdg:16"),
    ("Mål 11 Bærekraftige byer og samfunn", "sdg:11"),
    ("Goal 4: Quality Education", "sdg:4"),
    ("4. God utdanning", "sdg:4"),
    ("11.6 Lavere miljøbelastning per byinnbygger", "sdg:11.6"),
    ("C160901", "sdg:C160901"),
    ("942110464", "id:trondheim"),
    ("Mål 3 Bærum", "id:baerum/samfunnsdel/goal/3"),
    ("Trondheim 2.5", "id:trondheim/samfunnsplan-2020-2032/goal/2.5"),
    # IRIs, whole and compact
    ("http://metadata.un.org/sdg/11", "sdg:11"),
    ("sdg:11.6", "sdg:11.6"),
    ("trondheim/samfunnsplan-2020-2032", "id:trondheim/samfunnsplan-2020-2032"),
    # names in bokmål
    ("Stoppe klimaendringene", "sdg:13"),
    ("klimaendringene stoppe", "sdg:13"),
    ("Rent vann og gode sanitærforhold", "sdg:6"),
    ("gode sanitærforhold og rent vann", "sdg:6"),
    ("utslipp av klimagasser", "sdg:C130202"),
    ("klimagassutslipp", "sdg:C130202"),
    ("klimagassutslipp per år", "sdg:C130202"),
    ("utrydding av fattigdom", "sdg:1"),
    ("fattigdom", "sdg:1"),
    ("samarbeid for målene", "sdg:17"),
    ("industri og innovasjon og infrastruktur", "sdg:9"),
    ("Anstendig arbeid, økonomisk vekst", "sdg:8"),
    ("Helse og omsorg", "los:helse-og-omsorg"),
    ("folkehelse", "los:folkehelse"),
    ("Kollektivtransport", "sdg:C110201"),
    ("kommuneplanens samfunnsdel 2020-2032 Trondheim", "id:trondheim/samfunnsplan-2020-2032"),
    ("Trondheimsløftet", "id:trondheim/samfunnsplan-2020-2032"),
    ("Klimaløftene", "id:trondheim/klimaloftene"),
    ("Gåbyen", "id:bergen/bergen-2030/focus-area/gabyen"),
    ("gåbyen Bergen", "id:bergen/bergen-2030/focus-area/gabyen"),
    ("Bergen 2030", "id:bergen/bergen-2030"),
    ("Trondheims klimanøytrale by", "id:trondheim/samfunnsplan-2020-2032/goal/1.1"),
    ("bærekraftig forbruk Asker", "id:asker/temaplan-handling-mot-klimaendringene/goal/3"),
    ("Kommuneplan for Oslo 2018", "id:oslo/kommuneplan-2018"),
    ("Trondheim kommune", "id:trondheim"),
    ("Trondheim", "id:trondheim"),
    ("Indre Fosen", "id:indre-fosen"),
    ("Bodø", "id:bodo"),
    ("kommunestyret i Asker", "id:asker/kommunestyret"),
    ("Vestland fylke", "id:vestland"),
    # nynorsk
    ("stoppe klimaendringane", "sdg:13"),
    ("reint vatn og gode sanitærtilhøve", "sdg:6"),
    ("rein energi til alle", "sdg:7"),
    ("likestilling mellom kjønna", "sdg:5"),
    ("ansvarleg forbruk og produksjon", "sdg:12"),
    ("svolt", "sdg:2"),
    ("mindre ulikskap", "sdg:10"),
    ("skule og utdanning", "los:skole-og-utdanning"),
    ("utslepp av klimagassar", "sdg:C130202"),
    ("klimaløfta i Trondheim", "id:trondheim/klimaloftene"),
    ("berekraftige byar og lokalsamfunn", "sdg:11"),
    # English
    ("climate action", "sdg:13"),
    ("Zero hunger", "sdg:2"),
    ("clean water", "sdg:6"),
    ("sustainable cities", "sdg:11"),
    ("partnership for the goals", "sdg:17"),
    ("the walking city", "id:bergen/bergen-2030/focus-area/gabyen"),
    ("Air pollution PM 2.5", "u4ssc:2204"),
    ("police service", "u4ssc:2256"),
    ("greenhouse gas emissions per year", "sdg:C130202"),
    ("municipality of Bodø", "id:bodo"),
    ("Trondheim Promise", "id:trondheim/samfunnsplan-2020-2032"),
    # typing errors
    ("stope klimaendringene", "sdg:13"),
    ("klimaendrignene", "sdg:13"),
    ("Ingen fatigdom", "sdg:1"),
    ("Life below watre", "sdg:14"),
    ("sustainable citys and communitys", "sdg:11"),
    ("likestiling mellom kjønene", "sdg:5"),
    ("Trondhiem kommune", "id:trondheim"),
    ("folkehlse", "los:folkehelse"),
    ("god utdaning", "sdg:4"),
    ("bodo kommune", "id:bodo"),
    ("innovasjon industri og infrastukur", "sdg:9"),
)


def full(name: str) -> str:
    """Return the IRI of a name with one of the prefixes above."""
    prefix, _, local = name.partition(":")
    return _SPACES[prefix] + local


@pytest.mark.parametrize(("text", "expected"), EXPECTED)
def test_the_meant_thing_comes_first(matcher: Matcher, text: str, expected: str) -> None:
    found = [candidate.thing.iri for candidate in matcher.match(MatchQuery(text))]
    assert found[:1] == [full(expected)], found[:3]
