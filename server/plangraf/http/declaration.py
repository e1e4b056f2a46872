"""Parts of the declaration of a resource: menu entry, examples, parameters, sitemap."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from plangraf.http.services import Services
from plangraf.languages import Msgid


@dataclass(frozen=True)
class MenuEntry:
    """The entry of a resource in the main menu.

    Attributes:
        name: the label.
        place: the position in the menu, from 1.
        path: overrides the path of the resource as the target, for a path with a variable part.
    """

    name: Msgid
    place: int
    path: str | None = None


@dataclass(frozen=True)
class Example:
    """An example address of a resource, with the shipped data, for tests and screenshots.

    Attributes:
        name: the kind of page, unique among all examples.
        path: the path and query.
        engine_calls: the number of engine calls for the page, with empty caches.
        scripted: whether the page has a script in addition to that of the search field.
        status: the HTTP status of the page.
    """

    name: str
    path: str
    engine_calls: int
    scripted: bool = False
    status: int = 200


@dataclass(frozen=True)
class Parameter:
    """A query parameter of a resource, for the description of the server in OpenAPI.

    Attributes:
        name: the name.
        summary: the meaning in one phrase.
        values: the values, if the resource knows a fixed number of them.
        required: whether the resource answers nothing without it.
        methods: the HTTP methods that it belongs to; empty for all.
    """

    name: str
    summary: str
    values: tuple[str, ...] = ()
    required: bool = False
    methods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """The entry of a resource with a page in the sitemap.

    Attributes:
        paths: returns the paths of the pages, for a resource whose path has a variable part.
        indexed: whether the pages are those of the documents that the index file of the release lists.
        unlisted: the reason why the sitemap omits the resource; empty if the sitemap lists it.
    """

    paths: Callable[[Services], Awaitable[Sequence[str]]] | None = None
    indexed: bool = False
    unlisted: str = ""


LISTED = Listed()
"""The entry of a resource whose path has no variable part: the sitemap lists it."""
