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
    CONTENT_LANGUAGES,
    INTERFACE_LANGUAGES,
    INTERFACE_MACROS,
    N_,
    ContentLanguage,
    interface_language,
    number,
    preferred,
    translations,
)

ROOT = Path(__file__).parents[1]


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


def catalogue() -> Catalog:
    with (ROOT / "server/plangraf/translations/nb.po").open("rb") as file:
        return read_po(file, locale="nb")


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
    language: ContentLanguage, tags: list[str | None], expected: str | None
) -> None:
    chosen = preferred([Text(f"in {tag}", tag) for tag in tags], language)
    assert chosen == Text(f"in {expected}", expected)


def test_the_order_of_the_texts_does_not_matter() -> None:
    choices = [Text("b", "nb"), Text("a", "nb"), Text("c", None)]
    assert preferred(choices, "nb") == preferred(reversed(choices), "nb") == Text("a", "nb")


def test_no_text_is_no_choice() -> None:
    assert preferred([], "nb") is None


def test_the_interface_speaks_bokmål_first() -> None:
    assert INTERFACE_LANGUAGES == ("nb", "en")
    assert set(INTERFACE_MACROS.values()) <= set(INTERFACE_LANGUAGES)


def test_there_are_texts_in_more_languages_than_the_interface_speaks() -> None:
    assert set(CONTENT_LANGUAGES) > set(INTERFACE_LANGUAGES)
    assert {language: interface_language(language) for language in CONTENT_LANGUAGES} == {
        "nb": "nb",
        "nn": "nb",
        "en": "en",
    }


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
    assert (number(value, "nb"), number(value, "en")) == (bokmål, english)


def test_english_is_the_source() -> None:
    assert translations("en").gettext("Adopted") == "Adopted"


def test_bokmål_is_translated() -> None:
    assert translations("nb").gettext("Adopted") == "Vedtatt"


def test_marking_a_text_leaves_it_alone() -> None:
    assert N_("Adopted") == "Adopted"


def test_texts_are_found_in_code_and_in_templates() -> None:
    assert {("The query does not parse",), ("Violation",), ("Goals",)} <= extracted()


def test_every_text_is_translated_into_bokmål() -> None:
    translated = {texts(m.id) for m in catalogue() if m.id and all(texts(m.string)) and not m.fuzzy}
    assert extracted() - translated == set()


def test_the_catalogue_has_no_text_that_nothing_shows() -> None:
    assert {texts(message.id) for message in catalogue() if message.id} - extracted() == set()


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    differing = [
        message.id
        for message in catalogue()
        if message.id
        and any(placeholders(text) != placeholders(texts(message.id)[0]) for text in texts(message.string))
    ]
    assert differing == []
