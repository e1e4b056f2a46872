"""The model of a page before rendering: template, context and metadata."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plangraf.citing.citation import Citation
from plangraf.http.link import Link
from plangraf.http.signposting import Landing
from plangraf.linkeddata.sources import Sources
from plangraf.view.reading import Reference
from plangraf.view.timeline import Timeline


@dataclass(frozen=True)
class Metadata:
    """The metadata of a page.

    Attributes:
        data_path: the path to which the extensions of graph formats are added, if the page is available as a graph.
        citation: the citation of the page's subject.
        structured: JSON-LD in schema.org for search engines, which is embedded in the page.
        sources: the graphs behind the page; None for those of the whole release.
        timeline: the versions of the thing that the page is about; None if there is no history.
    """

    data_path: str | None = None
    citation: Citation | None = None
    structured: Mapping[str, object] | None = None
    sources: Sources | None = None
    timeline: Timeline | None = None


@dataclass(frozen=True)
class Page:
    """A template with its context.

    Attributes:
        template: the name of the template, with its folder in `site/`, such as `plan/plan.html`.
        title: the title of the document, without the name of the site.
        context: the variables of the template.
        metadata: the metadata of the page.
        landing: the facts about the resource that the page describes, if there is one.
        trail: the breadcrumbs.
        query: the part of the query string that links to the page in other languages keep.
        status: the HTTP status.
        headers: further response headers.
        name: the title among all pages, if another page has `title` too.
        description: what the page is about, in a sentence, for search engines; by default from the title.
        links: links for the Link header, in addition to those to the page's data.
        defined: JSON-LD in schema.org about the concept that the page defines, if it defines one.
        lasting: whether the page stays the same for the release; otherwise it is not cached.
    """

    template: str
    title: str
    context: Mapping[str, object]
    metadata: Metadata = Metadata()  # it is frozen
    landing: Landing | None = None
    trail: tuple[Reference, ...] = ()
    query: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    links: tuple[Link, ...] = ()
    defined: Mapping[str, object] | None = None
    lasting: bool = True
