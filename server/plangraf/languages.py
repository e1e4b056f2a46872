"""Languages: the tags that data may use, the one fallback order, and the interface's own words.

The interface speaks bokmål and English; its words are in `translations/*.po` (gettext). Data may have labels in more
languages than that, and every page takes the language of a label by the same rule: `preferred`. A reader may ask for
one more language of labels than the interface speaks: nynorsk.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, NewType, Protocol, TypeVar, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

InterfaceLanguage = Literal["nb", "en"]
INTERFACE_LANGUAGES: tuple[InterfaceLanguage, ...] = get_args(InterfaceLanguage)
INTERFACE_MACROS: dict[str, InterfaceLanguage] = {"no": "nb", "nn": "nb"}

ContentLanguage = Literal["nb", "nn", "en"]
CONTENT_LANGUAGES: tuple[ContentLanguage, ...] = get_args(ContentLanguage)
CONTENT_MACROS: dict[str, ContentLanguage] = {"no": "nb"}

_FALLBACK: dict[ContentLanguage, tuple[str, ...]] = {
    "nb": ("nb", "nn", "en", "se", "sma", "smj"),
    "nn": ("nn", "nb", "en", "se", "sma", "smj"),
    "en": ("en", "nb", "nn", "se", "sma", "smj"),
}
_CATALOGUES = Path(__file__).parent / "translations"


class Tagged(Protocol):
    """Anything with a text and a language tag; None means that there is no tag."""

    @property
    def value(self) -> str:
        """The text."""

    @property
    def language(self) -> str | None:
        """The language tag."""


T = TypeVar("T", bound=Tagged)


def interface_language(language: ContentLanguage) -> InterfaceLanguage:
    """Return the language in which the interface speaks to a reader of `language`."""
    return "nb" if language == "nn" else language


def preferred(texts: Iterable[T], language: ContentLanguage) -> T | None:
    """Return the text that a reader of `language` gets: the first in one fixed order that there is.

    Texts with other tags come after all known ones, by tag, and texts without a tag last.
    """
    order = _FALLBACK[language]

    def rank(text: T) -> tuple[int, str, str]:
        tag = text.language
        if tag is None:
            return (len(order) + 1, "", text.value)
        return (order.index(tag) if tag in order else len(order), tag, text.value)

    return min(texts, key=rank, default=None)


def percent(share: float, language: InterfaceLanguage) -> str:
    """Return a share from 0 to 1 in percent, rounded down: what is not whole must not look whole."""
    return format_percent(int(round(share * 100, 6)) / 100, locale=language)


def number(value: float | Decimal, language: InterfaceLanguage) -> str:
    """Return a number as a reader of `language` writes it, with all its decimals: those of 2.50 are two."""
    if not isinstance(value, Decimal):
        return format_decimal(value, locale=language, decimal_quantization=False)
    _, digits, exponent = value.as_tuple()
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    with localcontext() as context:  # beyond its precision a number is rounded, or refused
        context.prec = max(context.prec, len(digits) + abs(value.adjusted()) + decimals)
        return format_decimal(value, format="#,##0" + ("." + decimals * "0" if decimals else ""), locale=language)


Msgid = NewType("Msgid", str)
"""A text of the interface, in English, that is marked for translation."""


def N_(message: str) -> Msgid:  # noqa: N802  # gettext's own name for it, which extraction looks for
    """Mark a text for translation where it is defined; it is translated where it is shown."""
    return Msgid(message)


@cache
def translations(language: InterfaceLanguage) -> NullTranslations:
    """Return the interface's words in `language`. The source texts are English, so English needs no catalogue."""
    if language == "en":
        return NullTranslations()
    with (_CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def filled(template: Msgid, values: Mapping[str, str | float], language: InterfaceLanguage) -> str:
    """Return a text of the interface in `language` with `values` in its places."""
    written = {name: value if isinstance(value, str) else number(value, language) for name, value in values.items()}
    return translations(language).gettext(template).format_map(written)
