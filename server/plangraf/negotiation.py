"""Content negotiation as pure functions (RFC 9110, section 12.5)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from plangraf.formats import Format

# List elements between commas, and parameters between semicolons; quoted strings may contain either.
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PART = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?|\.\d{1,3}")

_PROFILE = re.compile(r"<(?P<iri>[^<>]*)>\s*(?:;\s*q=\s*(?P<q>[^,;\s]*))?")

_LONGEST_TAG = 35
"""Characters that a language tag needs at most (RFC 5646, section 4.4.1)."""
_REMEMBERED = 512
"""The maximum length of an Accept header whose choice is cached; common clients send few and short ones."""


@dataclass(frozen=True)
class Choice:
    """A format, and the media type (or alias) under which the client accepts it."""

    format: Format
    media_type: str


@dataclass(frozen=True)
class _Range:
    value: str
    quality: float


def _ranges(header: str) -> list[_Range]:
    """Parse an Accept or Accept-Language header; elements with an invalid q-value are ignored."""
    ranges = []
    for element in _ELEMENT.findall(header):
        value, *parameters = [part.strip().lower() for part in _PART.findall(element)] or [""]
        quality = 1.0
        for parameter in parameters:
            name, _, number = parameter.partition("=")
            if name.strip() == "q":
                quality = float(number) if _QUALITY.fullmatch(number.strip()) else -1.0
        if value and quality >= 0.0:
            ranges.append(_Range(value, quality))
    return ranges


def _qualities(header: str) -> dict[str, float]:
    """Return the highest q-value of each range in an Accept or Accept-Encoding header, in the order of the header."""
    qualities: dict[str, float] = {}
    for found in _ranges(header):
        qualities[found.value] = max(found.quality, qualities.get(found.value, 0.0))
    return qualities


@dataclass(frozen=True, order=True)
class _Preference:
    """How much a client prefers a media type; the greatest preference decides.

    Attributes:
        quality: the q-value of the most specific range that matches.
        named: whether that range is the media type itself, not a wildcard.
        order: the position of the range in the header, from 0 for the first, as a negative number.
        proper: whether the media type is the registered one of its format.
    """

    quality: float
    named: bool
    order: int
    proper: bool


def _preference(
    offer: Format, media_type: str, qualities: Mapping[str, float], order: Mapping[str, int]
) -> _Preference | None:
    """Return the preference for a media type of `offer`, or None if no range matches (RFC 9110, section 12.5.1).

    An alias matches by its name only: `text/*` must not turn N-Triples into text/plain.
    """
    proper = media_type == offer.media_type
    wildcards = (media_type.split("/")[0] + "/*", "*/*") if proper else ()
    for candidate in (media_type, *wildcards):
        if candidate in qualities:
            return _Preference(qualities[candidate], candidate == media_type, -order[candidate], proper)
    return None


def choose_format(accept: str | None, offers: tuple[Format, ...]) -> Choice | None:
    """Return the format in `offers` that an Accept header prefers.

    With equal q-values, the format that the header names first takes precedence, then the earlier offer. If the
    client accepts a format by an alias, the choice has that alias, so a client that accepts only `application/json`
    gets `application/json`; an obsolete media type chooses the format under its registered one.

    Returns:
        the choice, or None if no offer is acceptable. Without a header, every offer is acceptable.
    """
    if accept is None or not accept.strip(", \t"):
        return Choice(offers[0], offers[0].media_type)
    return (_choose if len(accept) > _REMEMBERED else _choose_again)(accept, offers)


def _choose(accept: str, offers: tuple[Format, ...]) -> Choice | None:
    qualities = _qualities(accept)
    order = {value: position for position, value in enumerate(qualities)}
    best: Choice | None = None
    highest: _Preference | None = None
    for offer in offers:
        for media_type in (*offer.media_types, *offer.obsolete):
            preference = _preference(offer, media_type, qualities, order)
            if preference is None or preference.quality == 0.0 or (highest is not None and preference <= highest):
                continue
            highest = preference
            best = Choice(offer, offer.media_type if media_type in offer.obsolete else media_type)
    return best


_choose_again = lru_cache(maxsize=1024)(_choose)


def choose_profile(accept_profile: str | None, offers: Sequence[str]) -> str:
    """Return the profile for an Accept-Profile header (Content Negotiation by Profile, section 7.2).

    Args:
        accept_profile: the header, if there was one: IRIs in angle brackets, with q-values.
        offers: the IRIs of the profiles; the first is the default, also if none is acceptable.
    """
    best, best_quality = offers[0], 0.0
    for match in _PROFILE.finditer(accept_profile or ""):
        quality = (
            float(match["q"]) if match["q"] and _QUALITY.fullmatch(match["q"]) else 1.0 if not match["q"] else 0.0
        )
        if match["iri"] in offers and quality > best_quality:
            best, best_quality = match["iri"], quality
    return best


def choose_coding(accept_encoding: str | None, offers: Sequence[str]) -> str | None:
    """Return the content coding for an Accept-Encoding header, or None for identity (RFC 9110, section 12.5.3)."""
    best: str | None = None
    best_quality = 0.0
    qualities = _qualities(accept_encoding or "")
    for offer in offers:
        quality = qualities.get(offer, qualities.get("*", 0.0))
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


T = TypeVar("T", bound=str)


def choose_language(accept_language: str | None, offers: Sequence[T], macros: dict[str, T]) -> T:
    """Return the language for an Accept-Language header (RFC 4647, section 3.4, lookup).

    Args:
        accept_language: the header, if there was one.
        offers: language tags; the first is the default.
        macros: the offers for other tags, such as `nb` for `no`.
    """
    if accept_language is None:
        return offers[0]
    best = offers[0]
    best_quality = 0.0
    for language_range in _ranges(accept_language):
        match = find_language(language_range.value, offers, macros)
        if match is not None and language_range.quality > best_quality:
            best, best_quality = match, language_range.quality
    return best


def find_language(tag: str, offers: Sequence[T], macros: dict[str, T]) -> T | None:
    """Return the language for one language range (RFC 4647, section 3.4, lookup), or None.

    Args:
        tag: the range in lower case, such as `nb-no`, for which `nb` is found too.
        offers: language tags.
        macros: the offers for other tags, such as `nb` for `no`.
    """
    if len(tag) > _LONGEST_TAG:
        return None
    while tag:
        match = next((offer for offer in offers if offer.lower() == tag), macros.get(tag))
        if match is not None:
            return match
        tag = tag.rpartition("-")[0]
    return None
