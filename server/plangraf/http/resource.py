"""The resource: an address that is available in several forms, declared once.

From the declaration, the server derives routes, extensions, content negotiation, `Vary`, the menu and the sitemap.
The tests derive the addresses that they visit, and check the table of addresses in the guides against it. A
`ResourceApp` answers the requests to a resource.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import cached_property, partial
from time import perf_counter
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from plangraf.formats import HTML, Format
from plangraf.http.cache import Outcome
from plangraf.http.client import client_of
from plangraf.http.content import Content, FileContent, Redirect
from plangraf.http.declaration import LISTED, Example, Listed, MenuEntry, Parameter
from plangraf.http.disconnect import unless_gone
from plangraf.http.link import link_header
from plangraf.http.negotiate import choose_form
from plangraf.http.representation import represent, send_file, send_representation
from plangraf.http.request import RecordingRequest
from plangraf.http.services import Services
from plangraf.negotiation import Choice

M = TypeVar("M")

READING = ("GET", "HEAD")
CHANGING = ("PUT", "POST", "DELETE")

FormResult = Content | FileContent | Redirect
"""The result of writing a model in a form."""


async def no_model(_: RecordingRequest, __: Services) -> None:
    """Return None, as the model of a resource whose forms need only the request and the services."""


@dataclass(frozen=True)
class Form(Generic[M]):
    """One form of a resource.

    Attributes:
        format: the format, which content negotiation selects.
        write: writes the model in the format.
    """

    format: Format
    write: Callable[[M, RecordingRequest, Services], Awaitable[FormResult]]


@dataclass(frozen=True)
class Resource(Generic[M]):
    """The declaration of an address that is available in several forms.

    Attributes:
        path: the path, in Starlette's notation; `{name:path}` at its end matches any further segments.
        summary: the content in one phrase, for the table of addresses in the guides.
        model: returns the typed object from which all forms are written.
        forms: the forms, in the order of the server's preference.
        choose: overrides content negotiation by extension and Accept header, for a choice that depends on the model;
            returns the form with the media type.
        varies: the request header fields that content negotiation may read.
        menu: the entry in the main menu, or None.
        sitemap: the entry in the sitemap.
        examples: example addresses for the tests.
        ready: waits for what all its responses need, before a request takes one of the places of the server.
        about: returns the IRIs of what a path without an extension is about, one of which must have been published
            for the path to have had an answer in any release; None if it is not about published things.
        lasting: whether responses stay the same for the release; otherwise they are not cached.
        of_release: whether responses depend on the release, so that `?release=` asks for those of an older one.
        post: answers POST requests; None if the resource does not support POST.
        change: answers PUT, POST and DELETE, which change the data; None if they cannot be changed here.
        application: returns an ASGI application that answers all requests to the paths, instead of `model` and
            `forms`.
        application_methods: the HTTP methods of that application.
        aliases: further paths of that application.
        media_types: the media types of the answers of that application.
        body_types: the media types of the bodies of POST requests.
        parameters: the query parameters, besides those that all resources have.
    """

    path: str
    summary: str
    model: Callable[[RecordingRequest, Services], Awaitable[M]]
    forms: tuple[Form[M], ...]
    choose: Callable[[M, RecordingRequest], tuple[Form[M], str]] | None = None
    varies: tuple[str, ...] = ("Accept", "Accept-Language")
    menu: MenuEntry | None = None
    sitemap: Listed = LISTED
    examples: tuple[Example, ...] = ()
    ready: Callable[[Services], Awaitable[object]] | None = None
    about: Callable[[str, Services], Collection[str]] | None = None
    lasting: bool = True
    of_release: bool = True
    post: Callable[[Request, Services], Awaitable[Response]] | None = None
    change: Callable[[Request, Services], Awaitable[Response]] | None = None
    application: Callable[[Services], ASGIApp] | None = None
    application_methods: tuple[str, ...] = ("GET", "HEAD", "POST")
    aliases: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    body_types: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    @property
    def prefix(self) -> str:
        """The path up to its variable part."""
        return self.path.partition("{")[0]

    @property
    def variable(self) -> bool:
        """Whether the path has a variable part."""
        return "{" in self.path

    @property
    def negotiated(self) -> bool:
        """Whether the resource has several forms, among which the extension or content negotiation chooses."""
        return len(self.forms) > 1

    @property
    def has_page(self) -> bool:
        """Whether the resource has an HTML form."""
        return any(form.format == HTML for form in self.forms)

    @cached_property
    def endings(self) -> tuple[Format, ...]:
        """The formats that an extension of the path can select; empty for a single form."""
        return tuple(form.format for form in self.forms) if self.negotiated else ()

    @property
    def paths(self) -> list[str]:
        """The paths to route: a fixed path is followed by its variants with extensions or by its aliases."""
        if self.variable:
            return [self.path]
        if self.application is not None:
            return [self.path, *self.aliases]
        return [self.path, *(f"{self.path}.{offer.extension}" for offer in self.endings if self.path != "/")]

    @property
    def methods(self) -> list[str]:
        """The HTTP methods that the resource supports."""
        if self.change is not None:
            return [*READING, *CHANGING]
        if self.application is not None:
            return [*self.application_methods]
        return [*READING, *(["POST"] if self.post else [])]

    def matches(self, path: str) -> bool:
        """Return whether the resource is at a path, which may have an extension."""
        return path in self.paths if not self.variable else compile_path(self.path)[0].match(path) is not None

    def request(self, scope: Scope) -> RecordingRequest:
        """Return a recording request, whose path may have one of the extensions of the resource."""
        return RecordingRequest(scope, self.endings)

    async def answer(self, request: RecordingRequest, services: Services) -> tuple[FormResult, str]:
        """Return the result of the selected form, and the media type that the client accepts for it.

        Raises:
            NotAcceptable: the client accepts none of the forms.
            PlangrafError: the model or the form cannot be made.
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
        """Return the header fields for `Vary`: those of content negotiation, and those that the handler has read."""
        declared = self.varies if self.negotiated and request.ending is None else ()
        return list(dict.fromkeys((*declared, *request.varying)))

    def _negotiate(self, request: RecordingRequest) -> Choice:
        if not self.negotiated:
            [form] = self.forms
            return Choice(form.format, form.format.media_type)
        return choose_form(request, [form.format for form in self.forms])


class ResourceApp:
    """The ASGI application that answers requests to a resource, from the representation cache if possible.

    Args:
        resource: the resource.
        services: the services that its handlers need.
    """

    def __init__(self, resource: Resource[object], services: Services) -> None:
        self._resource = resource
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; if the client disconnects, the handler is cancelled and nothing is sent.

        Raises:
            PlangrafError: the exception of the handler, which `ProblemHandlers` answers.
        """
        begun = perf_counter()
        resource, cache = self._resource, self._services.representations
        answer = resource.change if scope["method"] in CHANGING and resource.change is not None else resource.post
        if scope["method"] in CHANGING and answer is not None:
            response = await answer(Request(scope, receive), self._services)
            await response(scope, receive, send)
            return
        request = resource.request(scope)
        cached = cache.get(resource.path, request)
        outcome = Outcome((), cached) if cached is not None else await self._make_once(request, scope, receive)
        if outcome is None:
            return  # the client has disconnected
        found = outcome.answer
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Redirect):
            headers = {"Location": found.location, "Vary": ", ".join(resource.varies)}
            if found.links:
                headers["Link"] = link_header(found.links)
            await Response(status_code=found.status, headers=headers)(scope, receive, send)
        elif isinstance(found, FileContent):
            await send_file(found, scope, receive, send)
        else:
            reweigh = partial(cache.reweigh, resource.path, request, found)
            await send_representation(found, scope, send, "page", begun, outcome.status, reweigh=reweigh)

    async def _make_once(self, request: RecordingRequest, scope: Scope, receive: Receive) -> Outcome | None:
        """Return the outcome of a request that is not cached, or None if the client disconnects."""
        cache, outcome = self._services.representations, None

        async def make() -> None:
            nonlocal outcome
            if self._resource.ready is not None:
                await self._resource.ready(self._services)
            async with self._services.making.hold(client_of(scope)):
                outcome = await cache.make(self._resource.path, request, lambda: self._make(scope))

        return None if await unless_gone(receive, make()) else outcome

    async def _make(self, scope: Scope) -> Outcome:
        request = self._resource.request(scope)
        try:
            result, media_type = await self._resource.answer(request, self._services)
        except Exception as error:  # raised again, but only for concurrent requests with the same cache key
            return Outcome(tuple(request.reads), error)
        if not isinstance(result, Content):
            return Outcome(tuple(request.reads), result)
        lasting = self._resource.lasting and result.lasting and result.status == 200
        made = represent(result, result.media_type or media_type, self._resource.varying(request), lasting=lasting)
        return Outcome(tuple(request.reads), made, result.status, lasting)
