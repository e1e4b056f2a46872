import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.types import Message
from tests.http.requests import scope_of

from plangraf.formats import TEXT
from plangraf.http.cache import RepresentationCache
from plangraf.http.content import Content
from plangraf.http.places import PlaceLimits, Places
from plangraf.http.request import RecordingRequest
from plangraf.http.resource import Form, Resource, ResourceApp
from plangraf.http.services import Services


class Page:
    """A resource whose page takes until it is told to end, and a client that may go."""

    def __init__(self, *, stays: bool) -> None:
        self.end = asyncio.Event()
        self.begun = asyncio.Event()
        self.made: list[bool] = []
        self.sent: list[Message] = []
        self._messages: list[Message] = [{"type": "http.request"}] if stays else [{"type": "http.disconnect"}]

    async def model(self, _: RecordingRequest, __: Services) -> None:
        self.begun.set()
        await self.end.wait()
        self.made.append(True)

    async def write(self, _: None, __: RecordingRequest, ___: Services) -> Content:
        return Content(b"page")

    async def receive(self) -> Message:
        if self._messages:
            return self._messages.pop()
        return await cast("asyncio.Future[Message]", asyncio.get_running_loop().create_future())

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def app(self) -> ResourceApp:
        resource: Resource[Any] = Resource("/page", "a page", self.model, (Form(TEXT, self.write),))
        services = SimpleNamespace(
            representations=RepresentationCache(1000), making=Places(PlaceLimits(total=1, client=1))
        )
        return ResourceApp(resource, cast("Services", services))


@pytest.mark.parametrize("stays", [True, False])
def test_a_page_is_made_as_long_as_a_client_waits_for_it(stays: bool) -> None:
    async def run() -> Page:
        page = Page(stays=stays)
        asked = asyncio.create_task(page.app()(scope_of("/page"), page.receive, page.send))
        await page.begun.wait()
        if stays:
            page.end.set()
        await asked
        page.end.set()
        await asyncio.sleep(0.01)
        return page

    page = asyncio.run(run())
    assert page.made == ([True] if stays else [])
    assert [message["type"] for message in page.sent] == (
        ["http.response.start", "http.response.body"] if stays else []
    )
