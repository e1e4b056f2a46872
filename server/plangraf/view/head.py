"""The head of a page: its title among all pages, its description, and its addresses, for search engines."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from plangraf.formats import HTML
from plangraf.languages import INTERFACE_LANGUAGES, N_
from plangraf.namespaces import PREFIXES
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.view.shorten import cut

_DESCRIPTION = N_("{title}: from municipal plans as linked open data, with goals and links to the UN's SDGs.")
_SHORTEST = 50
"""The length in characters below which a description is completed."""
_LONGEST = 300
"""The maximum length of a description, in characters; search engines show about half of it."""


@dataclass(frozen=True)
class Address:
    """The address of a page.

    Attributes:
        base: the address of the server, without a slash at its end.
        path: the path, with the query that links to the page in other languages keep.
    """

    base: str
    path: str

    @property
    def stem(self) -> str:
        """The path without the query and the extension of the form, which negotiation makes unnecessary."""
        return self.path.partition("?")[0].removesuffix(f".{HTML.extension}")

    @property
    def whole(self) -> str:
        """The address of the page at its negotiated path, without a language."""
        _, mark, query = self.path.partition("?")
        return f"{self.base}{self.stem}{mark}{query}"


@dataclass(frozen=True)
class PageHead:
    """The statements for search engines in the head of a page.

    Attributes:
        title: the title, which no other page has.
        description: what the page is about.
        canonical: the address under which to list the page, or None for a page that is not to be listed.
        alternates: the languages of the interface, and `x-default`, with the address of the page in each.
        data: JSON-LD objects with the terms of schema.org.
    """

    title: str
    description: str
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    data: tuple[object, ...]


def page_head(page: Page, reader: Reader, address: Address) -> PageHead:
    """Return the head of a page for a reader.

    The canonical address of a page about a thing below the URI space of a publisher is the IRI, so that it is the
    same on each server.
    """
    whole, listed = address.whole, page.status == 200
    canonical = _own_iri(page, reader) or whole
    own = reader.href(canonical, reader.language) if reader.named else canonical
    return PageHead(
        title=_title(page, reader, address),
        description=_description(page, reader),
        canonical=own if listed else None,
        alternates=(
            *((language, reader.href(whole, language)) for language in INTERFACE_LANGUAGES),
            ("x-default", whole),
        )
        if listed
        else (),
        data=tuple(
            data for data in (page.metadata.structured, page.defined, _breadcrumbs(page, reader, address)) if data
        ),
    )


def _own_iri(page: Page, reader: Reader) -> str | None:
    """Return the IRI of the thing of a page, if it is below a URI space and leads to the page itself."""
    iri = page.landing.iri if page.landing else ""
    return iri if reader.addresses.space_of(iri) is not None and "#" not in iri else None


def _description(page: Page, reader: Reader) -> str:
    said = page.description or page.title
    if len(said) < _SHORTEST:
        said = reader.gettext(_DESCRIPTION).format(title=said)
    return cut(said, _LONGEST)


def _title(page: Page, reader: Reader, address: Address) -> str:
    """Return the title of a page with what tells it from others of its name: the end of its path and its number.

    Goals of several plans, and plans of several municipalities, often have the same name.
    """
    end = unquote(address.stem).strip("/").partition("/")[2]
    number = parse_qs(address.path.partition("?")[2]).get("page")
    parts = [
        cut(page.name or page.title, 200),
        end,
        reader.gettext("page {number}").format(number=number[-1]) if number else "",
    ]
    return " – ".join(part for part in parts if part)


def _breadcrumbs(page: Page, reader: Reader, address: Address) -> dict[str, object] | None:
    """Return the path to the page in schema.org (https://schema.org/BreadcrumbList), or None if it has none."""
    if not page.trail:
        return None
    steps = [
        (reader.gettext("Plans"), f"{address.base}{reader.href('/')}"),
        *((step.name.text, f"{address.base if step.local else ''}{step.href}") for step in page.trail if step.href),
        (page.title, reader.href(address.whole)),
    ]
    return {
        "@context": PREFIXES["schema"],
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": item}
            for number, (name, item) in enumerate(steps, 1)
        ],
    }
