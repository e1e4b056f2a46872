"""Languages: language tags, the fallback order of labels, and translations of the interface.

The interface is in bokmål, nynorsk and English; translations are in `translations/*.po` (gettext). Data may have
labels in other languages too; every page selects the language of a label with the same function, `preferred`.

Some texts that are not the interface's own exist in bokmål and English only: the names of sheets and columns of
workbooks, the messages of shapes, and the descriptions of datasets. `bilingual` says in which of the two a reader
gets them; readers of nynorsk get bokmål.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, NewType, Protocol, TypeVar, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

InterfaceLanguage = Literal["nb", "nn", "en"]
INTERFACE_LANGUAGES: tuple[InterfaceLanguage, ...] = get_args(InterfaceLanguage)
INTERFACE_MACROS: dict[str, InterfaceLanguage] = {"no": "nb"}

BilingualLanguage = Literal["nb", "en"]
BILINGUAL_LANGUAGES: tuple[BilingualLanguage, ...] = get_args(BilingualLanguage)

DATE_LOCALES: dict[InterfaceLanguage, str] = {"nb": "nb", "nn": "nn", "en": "en_GB"}
"""The locales of dates. English texts of Norwegian authorities have the day before the month, as British ones do."""

_FALLBACK: dict[InterfaceLanguage, tuple[str, ...]] = {
    "nb": ("nb", "nn", "en", "se", "sma", "smj"),
    "nn": ("nn", "nb", "en", "se", "sma", "smj"),
    "en": ("en", "nb", "nn", "se", "sma", "smj"),
}
_CATALOGUES = Path(__file__).parent / "translations"


class Tagged(Protocol):
    """An object with a text and a language tag, such as an RDF literal."""

    @property
    def value(self) -> str:
        """The text."""

    @property
    def language(self) -> str | None:
        """The language tag, or None."""


T = TypeVar("T", bound=Tagged)


def bilingual(language: InterfaceLanguage) -> BilingualLanguage:
    """Return the language, of bokmål and English, in which a reader of `language` gets texts that have only these."""
    return "en" if language == "en" else "nb"


def preferred(texts: Iterable[T], language: InterfaceLanguage) -> T | None:
    """Return the best text for a reader of `language` in a fixed fallback order, or None if there is no text.

    Texts with unknown tags come after those with known tags, sorted by tag; texts without a tag come last.
    """
    order = _FALLBACK[language]

    def rank(text: T) -> tuple[int, str, str]:
        tag = text.language
        if tag is None:
            return (len(order) + 1, "", text.value)
        return (order.index(tag) if tag in order else len(order), tag, text.value)

    return min(texts, key=rank, default=None)


def preferred_text(texts: Mapping[str, str], language: InterfaceLanguage) -> str | None:
    """Return the best of the texts by language tag for a reader of `language`, or None if there is none.

    An empty text counts as none.
    """
    known = (texts.get(tag) for tag in _FALLBACK[language])
    return next((text for text in (*known, *texts.values()) if text), None)


def percent(share: float, language: InterfaceLanguage) -> str:
    """Return a share from 0 to 1 as a percentage, rounded down, so that only a full share is shown as 100 %."""
    return format_percent(int(round(share * 100, 6)) / 100, locale=language)


@lru_cache(4096)
def _whole(value: int, language: InterfaceLanguage) -> str:
    """Return a whole number in the format of `language`; a page has the same few dozens of times."""
    return format_decimal(value, locale=language)


def number(value: float | Decimal, language: InterfaceLanguage) -> str:
    """Return a number in the format of `language`, with all its decimals, including trailing zeros."""
    if type(value) is int:
        return _whole(value, language)
    if not isinstance(value, Decimal):
        return format_decimal(value, locale=language, decimal_quantization=False)
    _, digits, exponent = value.as_tuple()
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    with localcontext() as context:  # the default precision would round long numbers, or raise an error
        context.prec = max(context.prec, len(digits) + abs(value.adjusted()) + decimals)
        return format_decimal(value, format="#,##0" + ("." + decimals * "0" if decimals else ""), locale=language)


def data_size(size: int, language: InterfaceLanguage) -> str:
    """Return a number of bytes in kB, MB or GB of 1,024 each, as `language` writes it, with a decimal below 10."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if round(value) < 1000:  # so that no more than three digits are written
            break
        value, unit = value / 1024, larger
    rounded = round(value, 1) if unit != "B" and value < 9.95 else round(value)
    return f"{number(rounded, language)}\N{NO-BREAK SPACE}{unit}"


Msgid = NewType("Msgid", str)
"""An English text of the interface that is marked for translation."""


def N_(message: str) -> Msgid:  # noqa: N802  # gettext's own name for it, which extraction looks for
    """Mark a text for translation where it is defined; the page or command that shows it translates it."""
    return Msgid(message)


@cache
def translations(language: InterfaceLanguage) -> NullTranslations:
    """Return the translations into `language`. The source texts are English, so English needs no catalogue."""
    if language == "en":
        return NullTranslations()
    with (_CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def filled(template: Msgid, values: Mapping[str, str | float], language: InterfaceLanguage) -> str:
    """Return a template translated into `language`, with `values` for its placeholders."""
    written = {name: value if isinstance(value, str) else number(value, language) for name, value in values.items()}
    return translations(language).gettext(template).format_map(written)
