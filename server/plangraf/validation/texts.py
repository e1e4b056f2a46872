"""Faults of single texts: what programs and careless hands leave in them."""

import html.entities
import re
import unicodedata
from collections.abc import Iterator

# Joiners shape the letters of other scripts, and pictures.
_JOINERS = frozenset("\u200c\u200d")
_JOINER = re.compile("(?<=[ -\u024f])[\u200c\u200d]|[\u200c\u200d](?=[ -\u024f])")
# Controls, formats, private characters and unassigned ones.
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cn"))
# Fillers and joiners that count as letters or marks, and are not seen either.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_TAG = re.compile(r"</?[a-z][a-z0-9:-]*(\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<!doctype", re.IGNORECASE)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(nbsp|amp|shy)\b")
# UTF-8 that was read as Windows-1252 or Latin-1: the first byte of two, three or four, and how the next ones look
# then; as the character sets of DOS and the Mac; and letters for which a question mark stands.
_NEXT = (
    "\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018-\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_MOJIBAKE = re.compile(
    f"[\xc2\xc3\xc5\xcb][{_NEXT}]|\xe2[{_NEXT}]|\xf0[\x9f\u0178]|\xef\xbf\xbd|\xef\xbb\xbf|\ufffd"
    "|[\u251c\u252c\u2554][^\\s\\w]|[\u251c\u252c\u2554]\\w|\u221a[^\\s\\d(\\w]|\u221a[\u00c0-\u00ff]"
)
_LOST_LETTER = re.compile(r"(?<![/?&=#.\w-])[^\W\d_]+\?[^\W\d_]+(?![\w/=&#-])")
_ADDRESS_IN_TEXT = re.compile(r"\S*(://|www\.)\S*")
_BULLET = re.compile(
    r"\s*([•◦‣▪●∙■□►▶➢➤✓✔★☐☑⁃\uf0b7\uf0a7\uf0d8]\s*\S|[·*–—-]\s+\S|o\s{2,}\S|[-*][A-ZÆØÅ][a-zæøå])", re.ASCII
)
_PLACEHOLDER = re.compile(
    r"[\W_]*(todo|tbd|tba|fixme|x{3,}|lorem ipsum|dummy( text)?|fyll (inn|ut)|fylles ut|(å )?kommer( senere)?"
    r"|(skriv|sett|legg) inn|(skriv|sett inn|legg inn) (tekst|tittel|navn)?\s?her|skriv her|(din )?tekst her|ny tekst"
    r"|(your |insert )?text here|insert text|placeholder|untitled|uten (navn|tittel)|blah?|asdf\w*|qwerty|foobar)"
    r"[\W_]*",
    re.IGNORECASE,
)
# Codes of other vocabularies may well be named so.
_NO_NAME = re.compile(
    r"[\W_]*(n/?a|null|none|nil|nan|undefined|test(test)*|testing|mangler( tekst)?|missing|ukjent|unknown|foo"
    r"|tekst|tittel|navn|label|title|name|ikke satt|not set|empty)[\W_]*",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"[\W_]*(TODO|FIXME|TBD|TBA|XXX+|[Ll]orem [Ii]psum)\b|[\W_]*(todo|fixme|tbd|xxx+)\s*[:!(-]"
    r"|[\s\S]*(\b(TODO|FIXME|TBD|XXX)\b|[Ll]orem [Ii]psum|\?{3,}|\{\{.*\}\}|\$\{|%[sd]\b|(?<!\w)xx+x(?!\w))"
    r"|\s*\[[^\[\]]*\]\s*\Z|\s*\{[^{}]*\}\s*\Z|\s*<[^<>:/]*>\s*\Z"
)
_NUMBER = re.compile(r"[\W_]*(\d[\d\W_]*([a-z][\W_]*)?|[IVXLC]{1,5}[.)]|[a-z][.)])", re.ASCII)
_ADDRESS = re.compile(
    r"\s*<?(([a-z][a-z0-9+.-]*:)?//|www\.|(mailto|urn|doi|tel|file|data):)\S+>?\s*"
    r"|\s*[\w.+-]+@[\w-]+(\.[\w-]+)+\s*"
    r"|\s*[\w-]+(\.[\w-]+)*\.(no|com|org|net|eu|se|dk|example|io|html?|pdf|docx?|xlsx?|ttl)([/?#]\S*)?\s*",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")
_UNEVEN = re.compile("[\n\r\t\u2028\u2029]|[ \xa0]{2,}")


def text_faults(text: str) -> Iterator[str]:
    """Yield the kinds of the faults of a text, as names of `psh:`; a text of nothing to be seen has none of them.

    - `psh:Invisible`: controls and characters without width.
    - `psh:Markup`: tags of HTML.
    - `psh:Entity`: entities of HTML.
    - `psh:Mojibake`: characters that were read with the wrong character set.
    - `psh:OuterSpace`: a space before or after the text.
    - `psh:Uneven`: an end of a line, a tabulator or several spaces in a row, which longer texts may well have.
    - `psh:Bullet`: a bullet before the text.
    - `psh:NotNormal`: not in Unicode's normal form C.
    - `psh:Placeholder`: what was to be replaced by the text.
    - `psh:NoName`: a word that names nothing in a plan, such as "unknown".
    - `psh:BareNumber`: not a single word, but a number or signs.
    - `psh:BareAddress`: an address and nothing else.
    """
    if not text.isascii():
        unusual = {character for character in text if character > "~"}
        if any(_is_unseen(character) for character in unusual - _JOINERS) or _JOINER.search(text):
            yield "psh:Invisible"
        if not unicodedata.is_normalized("NFC", text):
            yield "psh:NotNormal"
    elif "\x7f" in text:
        yield "psh:Invisible"
    if _MOJIBAKE.search(text) or ("?" in text and _LOST_LETTER.search(_ADDRESS_IN_TEXT.sub(" ", text))):
        yield "psh:Mojibake"
    if "<" in text and _TAG.search(text):
        yield "psh:Markup"
    if "&" in text and any(_is_entity(found) for found in _ENTITY.finditer(text)):
        yield "psh:Entity"
    yield from _space_faults(text)
    if _BULLET.match(text):
        yield "psh:Bullet"
    if _PLACEHOLDER.fullmatch(text) or _LEFT_OVER.match(text):
        yield "psh:Placeholder"
    elif _NO_NAME.fullmatch(text):
        yield "psh:NoName"
    elif not any(character.isalpha() for character in text) or _NUMBER.fullmatch(text):
        yield "psh:BareNumber"
    elif _ADDRESS.fullmatch(text):
        yield "psh:BareAddress"


def _space_faults(text: str) -> Iterator[str]:
    if text[:1].isspace() or (text[-1:].isspace() and not _LINE_BREAK.match(text[-1:])):
        yield "psh:OuterSpace"
    elif _UNEVEN.search(text):
        yield "psh:Uneven"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS


def _is_entity(found: re.Match[str]) -> bool:
    name = found[1]
    return name is None or name.startswith("#") or f"{name};" in html.entities.html5
