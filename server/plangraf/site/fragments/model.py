"""The model of a fragment: its pattern, one page of what matches it, and the addresses of the others."""

from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from plangraf.errors import RequestMalformed
from plangraf.http.negotiate import page_number
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.linkeddata.addresses import RELEASE
from plangraf.linkeddata.fragment import (
    PAGE_SIZE,
    FragmentAddresses,
    count_matches,
    read_matches,
)
from plangraf.linkeddata.quad_pattern import POSITIONS, QuadPattern, parse_pattern
from plangraf.linkeddata.void import FRAGMENTS_PATH
from plangraf.namespaces import BASE
from plangraf.view.paging import count_pages

_SAFE = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True)
class Asked:
    """The pattern that a request asks for.

    Attributes:
        pattern: the pattern.
        terms: its parts as the client has written them, in the order of `POSITIONS`; an empty one matches anything.
        number: the number of the page, from 1.
    """

    pattern: QuadPattern
    terms: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Fragment:
    """A page of a fragment.

    Attributes:
        quads: the quads on the page.
        total: the number of quads in the whole fragment.
        pages: the number of its pages.
    """

    quads: list[ox.Quad]
    total: int
    pages: int


async def read_asked(request: RecordingRequest, _: Services) -> Asked:
    """Return the pattern that a request asks for.

    Raises:
        RequestMalformed: a term or the number of the page cannot be read, or a parameter occurs twice.
        ResourceNotFound: the number of the page has more than nine digits.
    """
    given = {position: request.parameters(position) for position in POSITIONS}
    for position, values in given.items():
        if len(values) > 1:
            raise RequestMalformed(N_("The parameter {name} can be given once."), name=position)
    terms = tuple(values[0].strip() if values else "" for values in given.values())
    return Asked(parse_pattern(*terms), terms, page_number(request))


async def read_fragment(asked: Asked, pattern: QuadPattern, services: Services) -> Fragment:
    """Return a page of what matches a pattern: at most two calls of the engine.

    Args:
        asked: the request, for the number of the page.
        pattern: its pattern, or that without the graphs.
        services: the services of the release.

    Raises:
        ResourceNotFound: there is no such page.
        PlangrafError: the engine cannot answer the queries.
    """
    engine, number = services.engine, asked.number
    if number == 1:
        found = await read_matches(engine, pattern, PAGE_SIZE + 1)
        if len(found) <= PAGE_SIZE:
            return Fragment(found, len(found), 1)

    async def count() -> tuple[int, ...]:
        return (await count_matches(engine, pattern),)

    (total,) = await services.facts.rows(("matches", pattern), count)
    pages = count_pages(total, PAGE_SIZE, number)
    if number > 1:
        found = await read_matches(engine, pattern, PAGE_SIZE, (number - 1) * PAGE_SIZE)
    return Fragment(found[:PAGE_SIZE], total, pages)


def fragment_addresses(asked: Asked, pages: int, request: RecordingRequest, services: Services) -> FragmentAddresses:
    """Return the addresses of a page of a fragment and of its neighbours, in the form in which the client asks.

    Clients recognise the page by its address, so it is the one that they have asked for.

    Args:
        asked: the request.
        pages: the number of pages.
        request: the same, for its address.
        services: the services, which know the release if it is an older one.
    """
    start = f"{request.base or BASE}{request.path}"
    release = services.older.release if services.older is not None else request.named_release
    named = [f"{RELEASE}={release}"] if release is not None else []
    own = [part for part in quote(request.query.encode("latin-1"), safe=_SAFE).split("&") if part]
    others = [part for part in own if part.partition("=")[0] != "page"]

    def address(parts: list[str]) -> str:
        return f"{start}?{'&'.join(parts)}" if parts else start

    def page(number: int) -> str:
        return address([*named, *others, *([f"page={number}"] if number > 1 else [])])

    return FragmentAddresses(
        start=address(named),
        template=f"{address(named)}{{{'&' if named else '?'}{','.join(POSITIONS)}}}",
        page=address([*named, *own]),
        first=page(1),
        previous=page(asked.number - 1) if asked.number > 1 else None,
        following=page(asked.number + 1) if asked.number < pages else None,
        last=page(pages),
    )


def fragment_path(terms: tuple[str, ...], number: int = 1) -> str:
    """Return the path of a page of the fragment of a pattern.

    Args:
        terms: the parts of the pattern, in the order of `POSITIONS`.
        number: the number of the page.
    """
    parts = [f"{position}={quote(term, safe='/:')}" for position, term in zip(POSITIONS, terms, strict=True) if term]
    parts += [f"page={number}"] if number > 1 else []
    return f"{FRAGMENTS_PATH}?{'&'.join(parts)}" if parts else FRAGMENTS_PATH
