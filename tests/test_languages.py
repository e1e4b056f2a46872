import re
import string
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from plangraf.languages import (
    INTERFACE_LANGUAGES,
    INTERFACE_MACROS,
    N_,
    InterfaceLanguage,
    bilingual,
    data_size,
    number,
    percent,
    preferred,
    preferred_text,
    translations,
)

ROOT = Path(__file__).parents[1]
TRANSLATED = [language for language in INTERFACE_LANGUAGES if language != "en"]


@dataclass(frozen=True)
class Text:
    value: str
    language: str | None


def extracted() -> set[tuple[str, ...]]:
    """Return every text of the interface, found as `make messages` finds it; one with a plural has two."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel gives it no types
    found = extract_from_dir(ROOT, methods, options, keywords={**DEFAULT_KEYWORDS, "N_": None})
    return {(message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def texts(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def catalogue(language: str) -> Catalog:
    with (ROOT / f"server/plangraf/translations/{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize(
    ("language", "tags", "expected"),
    [
        ("nb", ["en", "nb", "nn"], "nb"),
        ("nb", ["en", "nn"], "nn"),
        ("nb", ["se", "en"], "en"),
        ("nb", ["smj", "sma", "se"], "se"),
        ("nb", ["smj", "sma"], "sma"),
        ("nb", ["de", "smj"], "smj"),
        ("en", ["nn", "nb", "en"], "en"),
        ("en", ["nn", "nb"], "nb"),
        ("en", ["se", "nn"], "nn"),
        ("en", ["fr", "de"], "de"),
        ("nn", ["nb", "en", "nn"], "nn"),
        ("nn", ["en", "nb"], "nb"),
        ("nn", ["se", "en"], "en"),
        ("nn", ["smj", "se"], "se"),
        ("nb", [None, "de"], "de"),
        ("en", [None], None),
    ],
)
def test_a_reader_gets_the_first_language_there_is(
    language: InterfaceLanguage, tags: list[str | None], expected: str | None
) -> None:
    chosen = preferred([Text(f"in {tag}", tag) for tag in tags], language)
    assert chosen == Text(f"in {expected}", expected)


def test_the_order_of_the_texts_does_not_matter() -> None:
    choices = [Text("b", "nb"), Text("a", "nb"), Text("c", None)]
    assert preferred(choices, "nb") == preferred(reversed(choices), "nb") == Text("a", "nb")


def test_no_text_is_no_choice() -> None:
    assert preferred([], "nb") is None


def test_the_interface_speaks_bokmål_first() -> None:
    assert INTERFACE_LANGUAGES == ("nb", "nn", "en")
    assert set(INTERFACE_MACROS.values()) <= set(INTERFACE_LANGUAGES)


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("nn", {"en": "a", "nb": "b"}, "b"),
        ("nn", {"en": "a", "nb": "b", "nn": "c"}, "c"),
        ("nb", {"nb": "", "en": "a"}, "a"),
        ("en", {"": "a"}, "a"),
        ("en", {}, None),
    ],
)
def test_texts_by_language_have_the_same_order(
    language: InterfaceLanguage, texts: dict[str, str], expected: str | None
) -> None:
    assert preferred_text(texts, language) == expected


def test_readers_of_nynorsk_get_bokmål_where_a_text_has_only_two_languages() -> None:
    assert {language: bilingual(language) for language in INTERFACE_LANGUAGES} == {"nb": "nb", "nn": "nb", "en": "en"}


@pytest.mark.parametrize(
    ("value", "bokmål", "english"),
    [
        (12, "12", "12"),
        (1234, "1\N{NO-BREAK SPACE}234", "1,234"),
        (2.5, "2,5", "2.5"),
        (10.0, "10", "10"),
        (0.0001, "0,0001", "0.0001"),
        (Decimal("2.50"), "2,50", "2.50"),
        (Decimal("1e3"), "1\N{NO-BREAK SPACE}000", "1,000"),
    ],
)
def test_a_number_is_written_with_all_its_decimals(value: float | Decimal, bokmål: str, english: str) -> None:
    assert (number(value, "nb"), number(value, "nn"), number(value, "en")) == (bokmål, bokmål, english)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1536, "1,5 kB"), (475527, "464 kB"), (1023 * 1024, "1 MB")],
)
def test_a_size_has_three_digits_at_most(size: int, written: str) -> None:
    assert data_size(size, "nb").replace("\N{NO-BREAK SPACE}", " ") == written


def test_a_share_is_written_as_in_the_reader_s_language() -> None:
    assert [percent(0.5, language) for language in INTERFACE_LANGUAGES] == ["50\N{NO-BREAK SPACE}%"] * 2 + ["50%"]


def test_english_is_the_source() -> None:
    assert translations("en").gettext("Adopted") == "Adopted"


def test_norwegian_is_translated() -> None:
    assert [translations(language).gettext("Adopted") for language in ("nb", "nn")] == ["Vedtatt", "Vedteken"]


def test_marking_a_text_leaves_it_alone() -> None:
    assert N_("Adopted") == "Adopted"


def test_texts_are_found_in_code_and_in_templates() -> None:
    assert {("The query does not parse",), ("Violation",), ("Goals",)} <= extracted()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    translated = {texts(m.id) for m in catalogue(language) if m.id and all(texts(m.string)) and not m.fuzzy}
    assert extracted() - translated == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_text_with_a_plural_has_all_its_forms(language: str) -> None:
    found = catalogue(language)
    plurals = [message for message in found if message.id and message.pluralizable]
    assert [m.id for m in plurals if len(texts(m.string)) != found.num_plurals or not all(texts(m.string))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_no_text_that_nothing_shows(language: str) -> None:
    assert {texts(message.id) for message in catalogue(language) if message.id} - extracted() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    differing = [
        message.id
        for message in catalogue(language)
        if message.id
        and any(placeholders(text) != placeholders(texts(message.id)[0]) for text in texts(message.string))
    ]
    assert differing == []


BOKMÅL = frozenset((ROOT / "tests/bokmaal_words.txt").read_text(encoding="utf-8").split())
"""Words that bokmål has and nynorsk has not."""


def written(text: str) -> set[str]:
    """Return the words of a text in small letters, without placeholders, quoted words, code and addresses."""
    plain = re.sub(r"\{\w+\}|«[^»]*»|\S*[:/=.]\S*\w|--\w+", " ", text)
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", plain)}


def test_nynorsk_has_no_words_that_are_bokmål_only() -> None:
    found = {
        message.id: words
        for message in catalogue("nn")
        if message.id and (words := {word for text in texts(message.string) for word in written(text) & BOKMÅL})
    }
    assert found == {}


def test_most_texts_of_bokmål_are_seen_to_be_no_nynorsk() -> None:
    """The negative control of the test above: the words are the ones that give bokmål away."""
    longer = [text for message in catalogue("nb") if message.id for text in texts(message.string) if len(text) > 60]
    assert sum(bool(written(text) & BOKMÅL) for text in longer) > 0.9 * len(longer)
