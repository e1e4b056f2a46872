"""The addresses of the changes: the recent switches with the feed and the event stream, its pages, and one switch."""

from dataclasses import replace

import pyoxigraph as ox
from anyio import to_thread

from plangraf.errors import ResourceNotFound
from plangraf.formats import ATOM, GRAPH_FORMATS, Format
from plangraf.http.content import Content
from plangraf.http.declaration import Example, Listed, Parameter
from plangraf.http.graph import graph_forms
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource
from plangraf.http.services import Services
from plangraf.languages import N_
from plangraf.namespaces import BASE
from plangraf.rdf.serialization import serialize
from plangraf.release.changes import RecordedSwitch
from plangraf.site.changes.atom import write_feed
from plangraf.site.changes.page import changes_page, switch_page
from plangraf.site.changes.selection import ChangeSelection, read_selection
from plangraf.site.changes.stream import (
    StreamMembers,
    describe_members,
    describe_stream,
    read_members,
    read_pages,
)
from plangraf.view.page_form import page_form
from plangraf.view.timeline import CHANGES_PATH, switch_path

_PAGES = f"{CHANGES_PATH}/pages"
_FOREVER = "public, max-age=31536000, immutable"
"""Cache-Control of what never changes."""


def _address(request: RecordingRequest, path: str) -> str:
    """Return the address of a page of the stream, in the form in which the client asks."""
    ending = f".{request.ending.extension}" if request.ending is not None else ""
    return f"{request.base or BASE}{path}{ending}"


async def _stream(_: ChangeSelection, request: RecordingRequest, services: Services) -> list[ox.Triple]:
    pages = await services.changes.ask(read_pages)
    return describe_stream(
        _address(request, CHANGES_PATH), pages, lambda number: _address(request, f"{_PAGES}/{number}")
    )


async def _members(request: RecordingRequest, services: Services) -> StreamMembers:
    """Return the members on a page of the stream.

    Raises:
        ResourceNotFound: the stream has no such page.
    """
    number = _number(request, _PAGES)
    found = await services.changes.ask(lambda log: read_members(log, number))
    if found is None:
        raise ResourceNotFound(N_("The event stream has no page {number}; /changes.ttl lists them."), number=number)
    return found


def _page_of_members(rdf_format: Format) -> Form[StreamMembers]:
    async def write(members: StreamMembers, request: RecordingRequest, services: Services) -> Content:
        node = _address(request, request.stem)
        triples = describe_members(
            node, members, lambda number: _address(request, f"{_PAGES}/{number}"), services.addresses
        )
        content = Content(await to_thread.run_sync(serialize, triples, rdf_format))
        return content if members.following is None else replace(content, cache_control=_FOREVER)

    return Form(rdf_format, write)


async def _switch(request: RecordingRequest, services: Services) -> RecordedSwitch:
    """Return the switch of an address.

    Raises:
        ResourceNotFound: there is no such switch.
    """
    number = _number(request, CHANGES_PATH)
    found = await services.changes.ask(lambda log: log.switch(number))
    if found is None:
        raise ResourceNotFound(N_("There is no change {number}; /changes lists those that there are."), number=number)
    return found


def _number(request: RecordingRequest, path: str) -> int:
    """Return the number at the end of an address; 0, which nothing has, if it is none."""
    text = request.stem.removeprefix(f"{path}/")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 and text[0] != "0" else 0


async def _switch_paths(services: Services) -> list[str]:
    count = await services.changes.ask(lambda log: log.count_switches())
    return [switch_path(number) for number in range(1, count + 1)]


_SELECTED = (
    Parameter("plan", "the plan, by its IRI or the end of it, for pages and the feed"),
    Parameter("page", "the number of a page of 20 switches, or of 100 entries of the feed"),
)

RESOURCES = (
    Resource(
        path=CHANGES_PATH,
        summary="what has changed: the recent switches, the entry point of the event stream (LDES), and the feed",
        model=read_selection,
        forms=(page_form(changes_page), *graph_forms(_stream), Form(ATOM, write_feed)),
        parameters=_SELECTED,
        of_release=False,
        examples=(Example("changes", CHANGES_PATH, engine_calls=0),),
    ),
    Resource(
        path=f"{_PAGES}/{{number}}",
        summary="a page of the event stream; a full one never changes",
        model=_members,
        forms=tuple(map(_page_of_members, GRAPH_FORMATS)),
        of_release=False,
    ),
    Resource(
        path=f"{CHANGES_PATH}/{{number}}",
        summary="what one switch to another release has changed; 200 things, `?page=2` returns the next",
        model=_switch,
        forms=(page_form(switch_page),),
        sitemap=Listed(_switch_paths),
        of_release=False,
        parameters=(Parameter("page", "the number of a page of 200 things"),),
        examples=(Example("changes of a switch", switch_path(1), engine_calls=0),),
    ),
)
