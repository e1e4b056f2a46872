"""A page before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plangraf.citing.citation import Citation
from plangraf.http.signposting import Landing
from plangraf.view.reading import Reference


@dataclass(frozen=True)
class Metadata:
    """What a page says about itself, beside its content.

    Attributes:
        data_path: the path whose endings give the page as data, where it comes as a graph.
        citation: how to cite what the page is about.
        structured: the JSON-LD by schema.org that search engines look for in a page.
    """

    data_path: str | None = None
    citation: Citation | None = None
    structured: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Page:
    """A template and all that goes into it.

    Attributes:
        template: the name of the template: `plan/plan.html` lies in the folder of the site's thing `plan`.
        title: the title of the document, without the name of the site.
        context: the values that the template names.
        metadata: what the page says about itself.
        landing: the facts about the thing that the page is about, when it is about a resource.
        trail: the way here from the front page.
        query: what of the query belongs to the address of the page, so that its other languages keep it.
        status: the HTTP status.
        headers: further response headers.
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
