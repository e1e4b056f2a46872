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
    """Return the highest q-value of each range in an Accept or Accept-Encoding header."""
    qualities: dict[str, float] = {}
    for found in _ranges(header):
        qualities[found.value] = max(found.quality, qualities.get(found.value, 0.0))
    return qualities


def _media_quality(media_type: str, qualities: Mapping[str, float]) -> float:
    """Return the q-value of the most specific range that matches (RFC 9110, section 12.5.1)."""
    for candidate in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        if candidate in qualities:
            return qualities[candidate]
    return 0.0


def choose_format(accept: str | None, offers: tuple[Format, ...]) -> Choice | None:
    """Return the format in `offers` that an Accept header prefers.

    With equal q-values the earlier offer takes precedence. If the client accepts a format by an alias, the choice has
    that alias, so a client that accepts only `application/json` gets `application/json`.

    Returns:
        the choice, or None if no offer is acceptable. Without a header, every offer is acceptable.
    """
    if accept is None or not accept.strip(", \t"):
        return Choice(offers[0], offers[0].media_type)
    return (_choose if len(accept) > _REMEMBERED else _choose_again)(accept, offers)


def _choose(accept: str, offers: tuple[Format, ...]) -> Choice | None:
    qualities = _qualities(accept)
    best: Choice | None = None
    best_quality = 0.0
    for offer in offers:
        for media_type in offer.media_types:
            quality = _media_quality(media_type, qualities)
            # An alias matches only by name: `text/*` must not turn N-Triples into text/plain.
            if media_type != offer.media_type and media_type not in qualities:
                continue
            if quality > best_quality:
                best, best_quality = Choice(offer, media_type), quality
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
        tag = language_range.value if len(language_range.value) <= _LONGEST_TAG else ""
        while tag:
            match = next((offer for offer in offers if offer.lower() == tag), macros.get(tag))
            if match is not None:
                if language_range.quality > best_quality:
                    best, best_quality = match, language_range.quality
                break
            tag = tag.rpartition("-")[0]
    return best
