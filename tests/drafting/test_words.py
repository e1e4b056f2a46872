import pytest

from plangraf.drafting.hyphens import SOFT_HYPHEN, LineJoiner
from plangraf.drafting.labels import LabelKind, label, numbered
from plangraf.drafting.sdg_mentions import icon_codes, listed_codes, mentions
from plangraf.drafting.table_heads import ColumnHead, ValueColumn, column_kind
from plangraf.drafting.words import SectionKind, section_kind
from plangraf.drafting.written_language import written_language
from plangraf.drafting.written_values import WrittenValue, written_value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Satsingsområder", SectionKind.AREAS),
        ("Våre mål", SectionKind.GOALS),
        ("Overordna mål", SectionKind.GOALS),
        ("DELMÅL", SectionKind.SUB_GOALS),
        ("Slik gjør vi det", SectionKind.STRATEGIES),
        ("Slik gjer vi det:", SectionKind.STRATEGIES),
        ("2.1 Strategier – hva kommunen skal gjøre", SectionKind.STRATEGIES),
        ("For å nå målet skal kommunen også:", SectionKind.STRATEGIES),
        ("Bjørkli kommune vil:", SectionKind.STRATEGIES),
        ("Korleis skal vi nå måla?", SectionKind.STRATEGIES),
        ("Tiltak", SectionKind.MEASURES),
        ("Dette kan du gjøre", SectionKind.CONTRIBUTIONS),
        ("Slik kan næringslivet bidra", SectionKind.CONTRIBUTIONS),
        ("Kva kan du gjere?", SectionKind.CONTRIBUTIONS),
        ("Indikatorar for hovudmål 1", SectionKind.INDICATORS),
        ("Slik måler vi framgang", SectionKind.INDICATORS),
        ("FNs bærekraftsmål", SectionKind.SDGS),
        ("Måloppnåelse", None),
        ("Mål og strategier", None),
        ("Kommunen skal rapportere om måloppnåelsen hvert år.", None),
        ("Bidragsytere", None),
    ],
)
def test_headings_announce_what_stands_below_them(text: str, kind: SectionKind | None) -> None:
    assert section_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mål 1: Grønt", (LabelKind.GOAL, "mål", "1", "Grønt")),
        ("3.1 Hovedmål 2 – Friskt", (LabelKind.GOAL, "hovedmål", "2", "Friskt")),
        ("Delmål 1.2 Alle bor godt", (LabelKind.GOAL, "delmål", "1.2", "Alle bor godt")),
        ("DELMÅL 1.1", (LabelKind.GOAL, "delmål", "1.1", "")),
        ("Samfunnsmål: Trygt", (LabelKind.GOAL, "samfunnsmål", "", "Trygt")),
        ("Satsingsområde A: Vekst", (LabelKind.AREA, "satsingsområde", "A", "Vekst")),
        ("Strategi 1.1.2: Bygge", (LabelKind.STRATEGY, "strategi", "1.1.2", "Bygge")),
        ("Indikator: andel som trives", (LabelKind.INDICATOR, "indikator", "", "andel som trives")),
        ("Satsingsområder", None),
        ("Mål 1 og 2 følges opp", None),
        ("Målet er nådd", None),
        ("Mål 2030", None),
    ],
)
def test_labels_are_told_from_sentences(text: str, expected: tuple[LabelKind, str, str, str] | None) -> None:
    found = label(text)
    assert (found and (found.kind, found.word, found.number, found.rest)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 Alle bor godt", ("1.2", "Alle bor godt")),
        ("1.10. Alt", ("1.10", "Alt")),
        ("12 300 mennesker", ("", "12 300 mennesker")),
        ("2030 er året", ("", "2030 er året")),
    ],
)
def test_numbers_before_texts(text: str, expected: tuple[str, str]) -> None:
    assert numbered(text) == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Målet støtter bærekraftsmål 13.", ["13"]),
        ("FNs bærekraftsmål 3, 4 og 11 er viktige.", ["3", "4", "11"]),
        ("Vi følgjer berekraftsmåla 8 – 10.", ["8", "9", "10"]),
        ("bærekraftsmål nr. 3 (god helse), nr. 4 (god utdanning) og nr. 5", ["3", "4", "5"]),
        ("SDG 13 and 14", ["13", "14"]),
        ("Bærekraftsmål: 1; 2", ["1", "2"]),
        ("bærekraftsmål 11, særlig delmål 11.7 og 11.a", ["11", "11.7", "11.a"]),
        ("Dette svarer til FNs delmål 1.2.", ["1.2"]),
        ("Delmål 1.2 bygger på bærekraftsmål 13.", ["13"]),
        ("bærekraftsmål 1, delmål 1.2", ["1", "1.2"]),
        ("Delmål 11.6 gjelder luften.", []),
        ("De 17 bærekraftsmålene gjelder fram til 2030.", []),
        ("bærekraftsmål 1–17", []),
        ("bærekraftsmål 13 innen 2030, og 50 prosent", ["13"]),
        ("bærekraftsmål 18 og 99.1", []),
        ("bærekraftsmål 3 og 4 prosent mer", ["3"]),
    ],
)
def test_sdgs_are_read_from_sentences(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in mentions(text, {"1", "1.1", "1.2"})] == codes


def test_a_mention_has_its_sentence() -> None:
    found = mentions("Målet er viktig. Det bygger på FNs bærekraftsmål nr. 3. Vi begynner i år.")
    assert [each.sentence for each in found] == ["Det bygger på FNs bærekraftsmål nr. 3."]


def test_sdgs_in_cells_lists_and_icons() -> None:
    assert listed_codes("11, 12 og 13") == ["11", "12", "13"]
    assert listed_codes("14 Livet i havet 15 Livet på land") == ["14", "15"]
    assert listed_codes("God helse og livskvalitet", "3.") == ["3"]
    assert listed_codes("Delmål 11.7") == ["11.7"]
    assert listed_codes("Les mer om målene") == []
    assert icon_codes("Ikon: mål 13 Stoppe klimaendringene") == ["13"]
    assert icon_codes("Stoppe klimaendringene") == ["13"]
    assert icon_codes("Goal 4 of the football match") == []
    assert icon_codes("Tre barn leker") == []


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("Vi tar vare på elve-", "breddene", "Vi tar vare på elvebreddene"),
        (f"Vi tar vare på elve{SOFT_HYPHEN}", "breddene", "Vi tar vare på elvebreddene"),
        ("nærings-", "og kulturliv", "nærings- og kulturliv"),
        ("IKT-", "løsninger", "IKT-løsninger"),
        ("Nord-", "Norge", "Nord-Norge"),
        ("2030-", "målene", "2030-målene"),
        ("e-", "helse", "e-helse"),
        ("sør-", "samisk", "sør-samisk"),
        ("fra 2025 -", "og videre", "fra 2025 - og videre"),
        ("en linje", "til", "en linje til"),
    ],
)
def test_words_are_joined_over_the_end_of_a_line(before: str, after: str, joined: str) -> None:
    assert LineJoiner(["Ordet sør-samisk står her."]).join(before, after) == joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 450 tonn", WrittenValue("8450", "tonn")),
        ("92,5 %", WrittenValue("92,5", "%")),
        ("1.250.000 kr", WrittenValue("1250000", "kr")),
        ("2.5", WrittenValue("2.5", "")),
        ("ca. 5", None),
        ("5–7 %", None),
        ("Økende", None),
    ],
)
def test_values_are_numbers_with_units_or_nothing(text: str, expected: WrittenValue | None) -> None:
    assert written_value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mål 2030", ColumnHead(ValueColumn.TARGET, "2030")),
        ("Status 2023", ColumnHead(ValueColumn.BASELINE, "2023")),
        ("Utgangsverdi", ColumnHead(ValueColumn.BASELINE)),
        ("Mål", ColumnHead(SectionKind.GOALS)),
        ("Indikator", ColumnHead(SectionKind.INDICATORS)),
        ("Kommentar", None),
        ("", None),
    ],
)
def test_heads_of_columns(text: str, expected: ColumnHead | None) -> None:
    assert column_kind(text) == expected


def test_the_written_language_is_that_of_the_words() -> None:
    assert written_language(["Vi skal ikke gjøre mer enn hva vi må, fra i dag."]) == "nb"
    assert written_language(["Vi skal ikkje gjere meir enn kva vi må, frå i dag."]) == "nn"
    assert written_language(["Mål 1"]) == ""
