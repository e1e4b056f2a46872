"""`Resource`: an address that answers in several forms, declared once.

Routes, endings of addresses, negotiation, `Vary`, entity tags, the cache key, the menu, the sitemap, the table of
addresses in the guides and the lists that tests walk are all read off the declaration. `ResourceApp` answers the
requests to one.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from time import perf_counter
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.formats import HTML, Format
from plangraf.http.cache import Outcome
from plangraf.http.content import Content, FileContent, Redirect
from plangraf.http.disconnect import unless_gone
from plangraf.http.negotiate import choose_form
from plangraf.http.representation import represent, send_file, send_representation
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.languages import Msgid
from plangraf.negotiation import Choice

M = TypeVar("M")

FormResult = Content | FileContent | Redirect


async def no_model(_: RecordingRequest, __: Services) -> None:
    """Return nothing: the model of a resource whose forms need nothing but the services."""


@dataclass(frozen=True)
class Form(Generic[M]):
    """One form of a resource: its format, and the function that writes the model in it."""

    format: Format
    write: Callable[[M, RecordingRequest, Services], Awaitable[FormResult]]


@dataclass(frozen=True)
class MenuEntry:
    """The entry of a resource in the main menu.

    Attributes:
        name: what it is called.
        place: its place in the menu, counted from 1.
        path: the path that it leads to, where the resource's own path has a variable part.
    """

    name: Msgid
    place: int
    path: str | None = None


@dataclass(frozen=True)
class Example:
    """An address of a resource in a server of the shipped data, which tests and pictures use.

    Attributes:
        name: what kind of page it shows, unique among all examples.
        path: the path and query.
        engine_calls: how many calls of the engine the page costs when nothing of it is kept.
        scripted: whether the page has a script of its own, beside that of the search field.
        status: the HTTP status of the page.
    """

    name: str
    path: str
    engine_calls: int
    scripted: bool = False
    status: int = 200


@dataclass(frozen=True)
class Listed:
    """Why a resource with a page is in the sitemap, or is not.

    Attributes:
        paths: returns the paths of its pages, for a resource whose path has a variable part.
        unlisted: the reason why it is not in the sitemap; the empty string means that it is.
    """

    paths: Callable[[Services], Awaitable[Sequence[str]]] | None = None
    unlisted: str = ""


@dataclass(frozen=True)
class Resource(Generic[M]):
    """An address that answers in several forms.

    Attributes:
        path: the path, in Starlette's notation; `{name:path}` at its end stands for any further segments.
        summary: what it answers with, for the table of addresses in the guides.
        model: makes the typed object that all forms are written from.
        forms: in the order of the server's preference.
        choose: chooses the format and media type once the model is made, where negotiation among `forms` by the
            ending and the Accept header is not enough; returns the chosen form with the media type.
        varies: the request header fields that negotiation may look at.
        menu: its entry in the main menu.
        sitemap: whether the sitemap lists it.
        examples: addresses that tests walk.
        lasting: whether an answer holds as long as the release does; else nothing of it is kept.
        post: answers POST, where the resource takes it.
        application: returns an ASGI application of the resource's own, which answers all requests to its paths.
        aliases: other paths of such an application.
    """

    path: str
    summary: str
    model: Callable[[RecordingRequest, Services], Awaitable[M]]
    forms: tuple[Form[M], ...]
    choose: Callable[[M, RecordingRequest], tuple[Form[M], str]] | None = None
    varies: tuple[str, ...] = ("Accept", "Accept-Language")
    menu: MenuEntry | None = None
    sitemap: Listed = Listed()  # it is frozen
    examples: tuple[Example, ...] = ()
    lasting: bool = True
    post: Callable[[Request, Services], Awaitable[Response]] | None = None
    application: Callable[[Services], ASGIApp] | None = None
    aliases: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """The part of the path before its variable part."""
        return self.path.partition("{")[0]

    @property
    def variable(self) -> bool:
        """Whether the path has a variable part."""
        return "{" in self.path

    @property
    def negotiated(self) -> bool:
        """Whether the form is chosen among several, by the ending of the address or by the client's wishes."""
        return len(self.forms) > 1

    @property
    def has_page(self) -> bool:
        """Whether one of the forms is HTML."""
        return any(form.format == HTML for form in self.forms)

    @cached_property
    def endings(self) -> tuple[Format, ...]:
        """The formats that an ending of the address may name."""
        return tuple(form.format for form in self.forms) if self.negotiated else ()

    @property
    def paths(self) -> list[str]:
        """The paths to route: one for each ending where the path is fixed."""
        if self.variable:
            return [self.path]
        if self.application is not None:
            return [self.path, *self.aliases]
        return [self.path, *(f"{self.path}.{offer.extension}" for offer in self.endings if self.path != "/")]

    @property
    def methods(self) -> list[str]:
        """The methods that it takes."""
        return ["GET", "HEAD", *(["POST"] if self.post or self.application else [])]

    def request(self, scope: Scope) -> RecordingRequest:
        """Return a request to this resource."""
        return RecordingRequest(scope, self.endings)

    async def answer(self, request: RecordingRequest, services: Services) -> tuple[FormResult, str]:
        """Return the answer to a request, and the media type of its form.

        Raises:
            PlangrafError: there is no answer.
        """
        if self.choose is not None:
            model = await self.model(request, services)
            form, media_type = self.choose(model, request)
        else:
            choice = self._negotiate(request)
            form, media_type = next(f for f in self.forms if f.format == choice.format), choice.media_type
            model = await self.model(request, services)
        return await form.write(model, request, services), media_type

    def varying(self, request: RecordingRequest) -> list[str]:
        """Return the header fields that an answer depends on: those declared, and those that the handler read."""
        declared = self.varies if self.negotiated and request.ending is None else ()
        return list(dict.fromkeys((*declared, *request.varying)))

    def _negotiate(self, request: RecordingRequest) -> Choice:
        if not self.negotiated:
            [form] = self.forms
            return Choice(form.format, form.format.media_type)
        return choose_form(request, [form.format for form in self.forms])


class ResourceApp:
    """Answers requests to one resource, as an ASGI application."""

    def __init__(self, resource: Resource[object], services: Services) -> None:
        self._resource = resource
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            PlangrafError: there is no answer.
        """
        begun = perf_counter()
        resource, cache = self._resource, self._services.representations
        if scope["method"] == "POST" and resource.post is not None:
            response = await resource.post(Request(scope, receive), self._services)
            await response(scope, receive, send)
            return
        request = resource.request(scope)
        cached = cache.get(resource.path, request)
        outcome = Outcome((), cached) if cached is not None else await self._make_once(request, scope, receive)
        if outcome is None:
            return  # the client has gone
        found = outcome.answer
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Redirect):
            headers = {"Location": found.location, "Vary": ", ".join(resource.varies)}
            await Response(status_code=found.status, headers=headers)(scope, receive, send)
        elif isinstance(found, FileContent):
            await send_file(found, scope, receive, send)
        else:
            reweigh = partial(cache.reweigh, resource.path, request, found)
            await send_representation(found, scope, send, "page", begun, outcome.status, reweigh=reweigh)

    async def _make_once(self, request: RecordingRequest, scope: Scope, receive: Receive) -> Outcome | None:
        """Return the outcome of a request whose answer is not kept, or None if the client goes meanwhile."""
        cache, outcome = self._services.representations, None

        async def make() -> None:
            nonlocal outcome
            outcome = await cache.make(self._resource.path, request, lambda: self._make(scope))

        return None if await unless_gone(receive, make()) else outcome

    async def _make(self, scope: Scope) -> Outcome:
        request = self._resource.request(scope)
        try:
            result, media_type = await self._resource.answer(request, self._services)
        except Exception as error:  # it is raised again, for those alone who asked the same
            return Outcome(tuple(request.reads), error)
        if not isinstance(result, Content):
            return Outcome(tuple(request.reads), result)
        lasting = self._resource.lasting and result.status == 200
        made = represent(result, result.media_type or media_type, self._resource.varying(request), lasting=lasting)
        return Outcome(tuple(request.reads), made, result.status, lasting)
