"""Faults of single texts: what programs and careless hands leave in them."""

import re
import unicodedata
from collections.abc import Iterator

# Controls that XML 1.0 can hold, soft hyphens, spaces without width, marks of direction, byte order marks.
_INVISIBLE = re.compile("[\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Joiners shape the letters of other scripts, and pictures.
_JOINER = re.compile("(?<=[ -\u024f])[\u200c\u200d]|[\u200c\u200d](?=[ -\u024f])")
_MARKUP = re.compile(
    r"</?(a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|script|section|small"
    r"|span|strike|strong|style|sub|sup|table|tbody|td|th|tr|u|ul)(\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(amp|lt|gt|quot|apos|nbsp|shy|[lr][ads]quo|bdquo|sbquo|[nm]dash|hellip|bull|middot|euro|deg|sect|copy"
    r"|[A-Za-z](ring|slash|uml|acute|grave|circ|tilde|cedil)|aelig|AElig|szlig|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
# UTF-8 that was read as Windows-1252 or Latin-1: the first byte of two or three, and how the next ones look then.
_CONTINUATION = (
    "\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018-\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_MOJIBAKE = re.compile(f"[\xc2\xc3][{_CONTINUATION}]|\xe2[\x80\u20ac][{_CONTINUATION}]|\xef\xbf\xbd|\ufffd")
# A line end after the last line is the habit of long texts in Turtle.
_SPACES = frozenset(" \t\xa0\u2002\u2003\u2009\u202f\u3000")
_BULLET = re.compile(r"\s*([•◦‣▪●·*∙■□–—-]|o(?=\s{2}))\s+\S")
_PLACEHOLDER = re.compile(
    r"(todo|tbd|tba|fixme|xxx+|lorem ipsum|fyll inn|fylles ut|kommer( senere)?|skriv her|placeholder|n/?a"
    r"|null|none|nan|undefined|test|untitled|uten navn|mangler|ukjent|unknown)[\W_]*",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"[\W_]*(TODO|FIXME|TBD|XXX+|lorem ipsum)\b|[\s\S]*\b(TODO|FIXME)\b")
_ADDRESS = re.compile(
    r"\s*<?((https?|ftp|file)://|www\.|mailto:)\S+>?\s*|\s*[\w.+-]+@[\w-]+(\.[\w-]+)+\s*", re.IGNORECASE
)


def text_faults(text: str) -> Iterator[str]:
    """Yield the kinds of the faults of a text, as names of `psh:`; a text of nothing to be seen has none of them.

    - `psh:Invisible`: controls and characters without width.
    - `psh:Markup`: tags of HTML.
    - `psh:Entity`: entities of HTML.
    - `psh:Mojibake`: characters that were read with the wrong character set.
    - `psh:OuterSpace`: a space before or after the text.
    - `psh:Bullet`: a bullet before the text.
    - `psh:NotNormal`: not in Unicode's normal form C.
    - `psh:Placeholder`: what was to be replaced by the text.
    - `psh:BareNumber`: not a single letter.
    - `psh:BareAddress`: an address and nothing else.
    """
    if not text.isascii():
        if _INVISIBLE.search(text) or _JOINER.search(text):
            yield "psh:Invisible"
        if _MOJIBAKE.search(text):
            yield "psh:Mojibake"
        if not unicodedata.is_normalized("NFC", text):
            yield "psh:NotNormal"
    elif not text.isprintable() and _INVISIBLE.search(text):
        yield "psh:Invisible"
    if "<" in text and _MARKUP.search(text):
        yield "psh:Markup"
    if "&" in text and _ENTITY.search(text):
        yield "psh:Entity"
    if text[:1].isspace() or text[-1:] in _SPACES:
        yield "psh:OuterSpace"
    if _BULLET.match(text):
        yield "psh:Bullet"
    if _PLACEHOLDER.fullmatch(text.strip()) or _LEFT_OVER.match(text):
        yield "psh:Placeholder"
    elif not any(character.isalpha() for character in text):
        yield "psh:BareNumber"
    elif _ADDRESS.fullmatch(text):
        yield "psh:BareAddress"
