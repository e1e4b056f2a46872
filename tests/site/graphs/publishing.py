"""A server on which two publishers can change their graphs, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import orjson
from tests.release.test_publish import PLAN, write_plan
from tests.servers import Server, serving

from plangraf.namespaces import GRAPH
from plangraf.publishing.tokens import TokenFile
from plangraf.release.history import Action
from plangraf.release.publish import publish
from plangraf.release.state import Switch
from plangraf.search.index_build import index_release

TURTLE = "text/turtle"


@dataclass(frozen=True)
class Publishing:
    """A running server, its state folder and the tokens of publishers."""

    server: Server
    state: Path
    tokens: dict[str, str]

    def send(
        self,
        method: str,
        graph: str,
        body: str | bytes | None = None,
        publisher: str | None = "vik",
        content_type: str | None = TURTLE,
        **headers: str,
    ) -> httpx.Response:
        """Send a request for the graph of this name with a publisher's token; names of headers have underscores."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if publisher is not None:
            fields["Authorization"] = f"Bearer {self.tokens[publisher]}"
        if body is not None and content_type is not None:
            fields["Content-Type"] = content_type
        content = body.encode() if isinstance(body, str) else body
        address = f"{self.server.address}/graphs"
        return httpx.request(method, address, params={"graph": GRAPH + graph}, content=content, headers=fields)

    def read(self, graph: str) -> httpx.Response:
        """Return a graph as N-Triples."""
        headers = {"Accept": "application/n-triples"}
        return httpx.get(f"{self.server.address}/graphs", params={"graph": GRAPH + graph}, headers=headers)

    def audit(self) -> list[dict[str, object]]:
        """Return the lines of the audit log."""
        return [orjson.loads(line) for line in (self.state / "audit.jsonl").read_bytes().splitlines()]

    def history(self) -> list[dict[str, object]]:
        """Return the lines of the history."""
        return [orjson.loads(line) for line in (self.state / "history.jsonl").read_bytes().splitlines()]

    @property
    def current(self) -> str:
        """The name of the current release."""
        return (self.state / "current").readlink().name


def plan(name: str, vision: str = "Vi ser langt fram", more: str = "") -> str:
    """Return the Turtle of a plan, `publisher/plan`."""
    publisher, plan_name = name.split("/")
    return PLAN.format(publisher=publisher, plan=plan_name, vision=vision, more=more)


@contextmanager
def publishing(folder: Path, fronts: int = 2, **settings: object) -> Iterator[Publishing]:
    """Yield a server with a plan of the publisher fjell and one of vik, who both have tokens, as has w3c."""
    state = folder / "state"
    for name in ("fjell/ren-luft", "vik/havna"):
        write_plan(folder / "data", name)
    publish([folder / "data"], state, Switch(Action.PUBLISH), make_files=index_release)
    tokens = {name: TokenFile(state).make(name) for name in ("fjell", "vik", "w3c")}
    with serving(state=state, publishing="true", fronts=fronts, **settings) as server:
        yield Publishing(server, state, tokens)
