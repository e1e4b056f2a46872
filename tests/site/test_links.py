"""A walk over every link of the site, and what every page that it comes to must have."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from itertools import pairwise

import httpx
import pytest
from tests.counts import times

from plangraf.site.resources import RESOURCES

AT_ONCE = 4
OF_KIND = times(20)
"""The number of pages of one kind that are opened: those of the SDGs and of the themes are many and alike."""
HEADERS = {"Accept": "text/html", "Accept-Encoding": "identity"}  # to pack and unpack pages is work for nothing here
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Page(HTMLParser):
    """What is looked at in a page.

    Attributes:
        targets: where its links lead, and whether a robot may go on from there.
        headings: the levels of its headings, in their order.
        elements: the names of its elements, once each.
        identifiers: the ids in it, in their order.
        language: the language that it says it is in.
        title: the text of its title.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[tuple[str, bool]] = []
        self.headings: list[int] = []
        self.elements: set[str] = set()
        self.identifiers: list[str] = []
        self.language: str | None = None
        self.title = ""
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.add(tag)
        self._in_title = tag == "title" and "svg" not in self.elements
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in _HEADINGS:
            self.headings.append(_HEADINGS.index(tag) + 1)
        if attributes.get("id"):
            self.identifiers.append(attributes["id"] or "")
        target = attributes.get("href")
        if tag in ("a", "link") and target:
            self.targets.append((target, "nofollow" not in (attributes.get("rel") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def faults(self) -> list[str]:
        """Return what the page lacks."""
        found = [name for name in ("header", "nav", "main", "footer") if name not in self.elements]
        found += [] if self.title.strip() not in ("", "– Plangraf") else ["title"]
        found += [] if self.language in ("nb", "en") else ["lang"]
        found += [] if self.headings.count(1) == 1 else ["one h1"]
        found += [f"h{a} before h{b}" for a, b in pairwise(self.headings) if b > a + 1]
        repeated = {name for name in self.identifiers if self.identifiers.count(name) > 1}
        return [*found, *(f"id {name} twice" for name in sorted(repeated))]


def _kind(path: str) -> str:
    """Return the kind of a page: its path without numbers and names, and its parameters without values."""
    place, _, query = path.partition("?")
    segments = place.split("/")
    named = segments[:3] if segments[1:2] in (["doc"], ["cite"], ["versions"]) else segments[:2]
    parameters = sorted(part.partition("=")[0] for part in query.split("&"))
    return f"{'/'.join(named)} {len(segments)} {place.rpartition('.')[2][:6]} {parameters}"


@pytest.mark.soak
def test_the_links_of_the_site_lead_to_pages_that_are_whole(server: str) -> None:
    """Walk from the front page over the links that stay here, and through each page's own forms.

    What is behind a link that robots are asked not to follow is looked at, and not gone on from: the choices of the
    search, each of which leads to all others, would take for ever.
    """
    seen = {"/"}
    of_kind: Counter[str] = Counter()
    waiting: list[tuple[str, bool]] = [("/", True)]
    broken: list[tuple[str, int]] = []
    faulty: list[tuple[str, list[str]]] = []

    limits = httpx.Limits(keepalive_expiry=1)  # well before the server lets go of a connection
    with httpx.Client(base_url=server, headers=HEADERS, limits=limits) as client:

        def visit(step: tuple[str, bool]) -> tuple[str, bool, httpx.Response]:
            return (*step, client.get(step[0]))

        with ThreadPoolExecutor(AT_ONCE) as visitors:
            while waiting:
                steps, waiting = waiting, []
                for path, goes_on, answer in visitors.map(visit, steps):
                    if answer.status_code != 200:
                        broken.append((path, answer.status_code))
                    if not answer.headers["content-type"].startswith("text/html"):
                        continue
                    page = _Page(answer.text)
                    if page.faults():
                        faulty.append((path, page.faults()))
                    for target, follow in page.targets if goes_on else ():
                        local = target.partition("#")[0]
                        if local.startswith("/") and "lang=" not in local and local not in seen:
                            seen.add(local)
                            of_kind[_kind(local)] += 1
                            if of_kind[_kind(local)] > OF_KIND:
                                continue
                            waiting.append((local, follow))
    assert broken == []
    assert faulty == []
    assert len(seen) > 3000
    listed = [
        example.path for resource in RESOURCES if not resource.sitemap.unlisted for example in resource.examples
    ]
    unlinked = [path for path in listed if path.partition("?")[0] not in seen]
    assert unlinked == [], "no page links to these"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>a</h1><h1>b</h1>", "one h1"),
        ("<h1>a</h1><h3>b</h3>", "h1 before h3"),
        ("<h1 id='x'>a</h1><p id='x'>b</p>", "id x twice"),
    ],
)
def test_a_fault_is_found(body: str, fault: str) -> None:
    """The negative control."""
    page = _Page(f"<html lang='nb'><title>t</title><header><nav></nav></header><main>{body}</main><footer></footer>")
    assert page.faults() == [fault]
