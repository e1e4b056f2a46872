"""A page before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass

from plangraf.citing.citation import Citation
from plangraf.linkeddata.statements import Statements
from plangraf.view.reading import Reference


@dataclass(frozen=True)
class Page:
    """A template and what goes into it.

    Attributes:
        template: the name of the template.
        title: the title of the document, without the name of the site.
        context: what the template needs.
        iri: what the page is about, when it is about a resource.
        trail: the way here from the front page.
        types: what the thing is, as names of schema.org classes.
        items: the paths of what can be downloaded of the thing, each with its media type.
        collections: the paths of the pages about what the thing is a part of.
        query: what of the query belongs to the address of the page, so that its other languages keep it.
        structured: the same for search engines, as JSON-LD by schema.org.
        said: what is said of the thing, for those who cite it.
        citation: how to cite what the page is about.
    """

    template: str
    title: str
    context: Mapping[str, object]
    iri: str | None = None
    trail: tuple[Reference, ...] = ()
    types: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    collections: tuple[str, ...] = ()
    query: str = ""
    structured: Mapping[str, object] | None = None
    said: Statements | None = None
    citation: Citation | None = None
