"""A page before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.pages.reading import Reference


@dataclass(frozen=True)
class Page:
    """A template and what goes into it.

    Attributes:
        template: the name of the template.
        title: the title of the document, without the name of the site.
        context: what the template needs.
        iri: what the page is about, when it is about a resource.
        trail: the way here from the front page.
    """

    template: str
    title: str
    context: Mapping[str, object]
    iri: str | None = None
    trail: tuple[Reference, ...] = ()
