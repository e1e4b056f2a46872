"""A web site on this machine that publishes plans, or does harm, for the tests of the harvest."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.site.graphs.publishing import plan

from plangraf.harvesting.client import HarvestClient
from plangraf.harvesting.limits import HarvestLimits

HOST = "127.0.0.1"
LIMITS = HarvestLimits(
    size=1_000_000,
    seconds=60,
    source_seconds=60,
    processing_seconds=600,
    memory=2**32,
    documents=20,
    delay=0,
    hosts=frozenset((HOST,)),
)
"""Limits that no test reaches that does not want to."""
TURTLE = "text/turtle"

Respond = Callable[["Handler"], None]


@dataclass(frozen=True)
class Page:
    """What a site answers at a path."""

    body: bytes | str = b""
    type: str = TURTLE
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A running site.

    Attributes:
        address: where it answers.
        pages: what it answers at its paths, with the query; a function does so by itself.
        asked: the requests: method, path, and header fields in lower case.
        ended: is set when the site ends, for those who wait.
    """

    address: str
    pages: dict[str, Page | Respond] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without that of the rules for crawlers, and forget them."""
        found = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found


class Handler(BaseHTTPRequestHandler):
    """Answers the requests to a site."""

    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a request; the library gives the method its name."""
        self.site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.site.pages.get(self.path, Page("", "text/plain", 404))
        if not isinstance(page, Page):
            self.close_connection = True
            page(self)
            return
        body = page.body.encode() if isinstance(page.body, str) else page.body
        etag = page.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            page, body = replace(page, status=304), b""
        self.send_response(page.status)
        for name, value in {"Content-Type": page.type, **page.headers}.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def site(host: str = HOST) -> Iterator[Site]:
    """Yield a site without pages."""
    handler = type("SiteHandler", (Handler,), {})
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    running = Site(f"http://{host}:{server.server_port}")
    handler.site = running  # type: ignore[attr-defined]  # the class was made above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        running.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def client(limits: HarvestLimits = LIMITS, **options: Any) -> Iterator[HarvestClient]:
    """Yield a client, which waits for nothing between its requests."""
    made = HarvestClient(limits, **options)
    try:
        yield made
    finally:
        made.close()


def plan_with_goals(name: str, goals: int, vision: str = "Vi ser langt fram", more: str = "") -> str:
    """Return the Turtle of a plan, `publisher/plan`, with a number of goals."""
    listed = " , ".join(f"<{name}/goal/{number}>" for number in range(1, goals + 1))
    described = "".join(
        f'<{name}/goal/{number}> a plan:Goal ; skos:inScheme <{name}> ; skos:prefLabel "Mål nummer {number}"@nb ; '
        f'skos:notation "{number}" ; plan:wording plan:AsAdopted ; dct:source <https://www.eksempel.no/plan> .\n'
        for number in range(1, goals + 1)
    )
    text = plan(name, vision, f"<{name}> skos:hasTopConcept {listed} .\n{described}{more}")
    return text.replace("plan:GoalsMissing , plan:SDG", "plan:StrategiesMissing , plan:SDG")
