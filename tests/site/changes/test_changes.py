"""The changes of a running server: as pages, as an event stream and as a feed, through a switch."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from playwright.sync_api import BrowserContext
from tests.clients.javascript import Javascript
from tests.release.test_change_log import things
from tests.release.test_difference import GOAL
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import Server, serving, soon
from tests.site.browsing import guarded, violations

from plangraf.namespaces import ID, expand
from plangraf.release.history import Action
from plangraf.release.publish import publish, rollback
from plangraf.release.release import Release
from plangraf.release.state import StateFolder, Switch
from plangraf.release.withdraw import withdraw
from plangraf.search.index_build import index_release

PLAN = f"{ID}vik/havna"
ATOM = "{http://www.w3.org/2005/Atom}"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder with two plans, one of which has got a goal, gone and come back."""
    folder = tmp_path_factory.mktemp("changes")
    for name in ("fjell/ren-luft", "vik/havna"):
        write_plan(folder / "data", name)
    publish([folder / "data"], folder / "state", SWITCH, make_files=index_release)
    _publish(folder, "Havna er ren & trygg", "Et mål til <nå>")
    withdraw(
        "vik/havna", folder / "state", Switch(Action.WITHDRAW, "Kari Nordmann", "Feil"), make_files=index_release
    )
    _publish(folder, "Havna er ren & trygg", "Tilbake igjen")
    return folder / "state"


def _publish(folder: Path, label: str, message: str) -> Release:
    plan = write_plan(folder / "data", "vik/havna", more=GOAL.format(label=label))
    switch = Switch(Action.PUBLISH, "Kari Nordmann", message)
    return publish([plan], folder / "state", switch, make_files=index_release).release


@pytest.fixture(scope="module")
def running(state: Path) -> Iterator[Server]:
    with serving(state=state, fronts=2) as server:
        yield server


@dataclass
class Follower:
    """A client of the event stream that fetches no page again that does not change.

    Attributes:
        members: the types of the versions of each thing, in their order.
        pages: the bodies of the pages that do not change, by address.
    """

    address: str
    members: list[tuple[str, str, str]] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)

    def read(self) -> None:
        """Read the stream, and what has been added to it."""
        root = _graph(httpx.get(f"{self.address}/changes", headers={"Accept": "text/turtle"}))
        [view] = root.objects("tree:view")
        self.members, wanted = [], [f"{self.address}/changes/pages/1"]
        assert view == f"{self.address}/changes"
        while wanted:
            page = wanted.pop()
            if page not in self.pages:
                answer = httpx.get(page, headers={"Accept": "application/n-triples"})
                immutable = bool(_graph(answer).objects("ldes:immutable"))
                assert ("immutable" in answer.headers["cache-control"]) == immutable
                if immutable:
                    self.pages[page] = answer.content
                body = answer.content
            else:
                body = self.pages[page]
            graph = _Graph(set(ox.parse(body, format=ox.RdfFormat.N_TRIPLES)))
            wanted += graph.objects("tree:node")
            found = [
                (int(graph.value(member, "dct:identifier")), member, graph.value(member, "rdf:type"))
                for member in graph.objects("tree:member")
            ]
            self.members += [
                (member, graph.value(member, "dct:isVersionOf"), kind) for _, member, kind in sorted(found)
            ]

    def things(self) -> set[str]:
        """Return the things that there are."""
        there: set[str] = set()
        for _, thing, kind in self.members:
            (there.remove if kind == expand("as:Delete") else there.add)(thing)
        return there


@dataclass
class _Graph:
    quads: set[ox.Quad]

    def objects(self, name: str) -> list[str]:
        return [quad.object.value for quad in self.quads if quad.predicate.value == expand(name)]  # type: ignore[union-attr]  # no triple terms

    def value(self, subject: str, name: str) -> str:
        [found] = [
            quad.object.value  # type: ignore[union-attr]  # no triple terms
            for quad in self.quads
            if quad.subject == ox.NamedNode(subject) and quad.predicate.value == expand(name)
        ]
        return found


def _graph(answer: httpx.Response) -> _Graph:
    assert answer.status_code == 200, answer.text
    rdf_format = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert rdf_format is not None
    return _Graph(set(ox.parse(answer.content, format=rdf_format)))


def _feed(address: str) -> list[ET.Element]:
    """Return all entries of a feed, which is valid by RFC 4287 as far as we can tell, from all its pages."""
    entries: list[ET.Element] = []
    while address:
        answer = httpx.get(address)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = ET.fromstring(answer.content)  # noqa: S314  # our own
        assert feed.tag == f"{ATOM}feed"
        for one in ("id", "title", "updated", "author"):
            assert len(feed.findall(f"{ATOM}{one}")) == 1
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == address
        found = feed.findall(f"{ATOM}entry")
        for entry in found:
            for one in ("id", "title", "updated", "summary", "link"):
                assert len(entry.findall(f"{ATOM}{one}")) == 1
            updated = entry.findtext(f"{ATOM}updated") or ""
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
            assert updated <= (feed.findtext(f"{ATOM}updated") or "")
        entries += found
        address = links.get("next", "")
    return entries


def _ids(entries: list[ET.Element]) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in entries]


def test_the_stream_replayed_from_empty_gives_the_things_of_the_release(running: Server, state: Path) -> None:
    follower = Follower(running.address)
    follower.read()
    assert follower.things() == things(Release.open(state).path)
    assert len({member for member, _, _ in follower.members}) == len(follower.members)


@pytest.mark.parametrize("path", ["/changes", "/changes.ttl", "/changes.jsonld"])
def test_the_reference_client_follows_additions_changes_and_removals(
    javascript: Javascript, running: Server, state: Path, path: str
) -> None:
    found = javascript.ask("ldes-client.mjs", running.address + path)
    assert isinstance(found, list)
    follower = Follower(running.address)
    follower.read()
    assert sorted(map(tuple, found)) == sorted(follower.members)
    of_plan = [kind for _, thing, kind in found if thing == f"{PLAN}/goal/1"]
    assert of_plan == [expand(name) for name in ("as:Create", "as:Delete", "as:Create")]
    assert expand("as:Update") in {kind for _, _, kind in found}
    follower.members = [(member, thing, kind) for member, thing, kind in found]
    assert follower.things() == things(Release.open(state).path)


def test_the_feed_has_the_entries_of_the_stream_the_newest_first(running: Server) -> None:
    follower = Follower(running.address)
    follower.read()
    entries = _feed(f"{running.address}/changes.atom")
    assert _ids(entries) == [member for member, _, _ in reversed(follower.members)]


def test_the_feed_of_a_plan_has_its_changes_alone(running: Server) -> None:
    entries = _feed(f"{running.address}/changes.atom?plan=vik/havna&lang=nb")
    assert _ids(entries) == _ids(_feed(f"{running.address}/changes.atom?plan=vik/havna"))
    named = httpx.get(f"{running.address}/changes.atom?plan={PLAN}").content
    assert named == httpx.get(f"{running.address}/changes.atom?plan=vik/havna").content
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert "Havna er ren & trygg – trukket tilbake" in titles
    summaries = {entry.findtext(f"{ATOM}summary") for entry in entries}
    assert "mål · Planen havna · Et mål til <nå>" in summaries
    assert all("fjell" not in identifier for identifier in _ids(entries))


def test_all_forms_of_the_stream_mean_the_same(running: Server) -> None:
    for path in ("/changes", "/changes/pages/1"):
        found = []
        for accept in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"):
            answer = httpx.get(f"{running.address}{path}", headers={"Accept": accept})
            assert answer.headers["content-type"].startswith(accept)
            assert "Accept" in answer.headers["vary"]
            found.append(_graph(answer).quads)
        assert all(quads == found[0] for quads in found)


def test_pages_of_the_stream_keep_the_ending_of_the_entry_point(running: Server) -> None:
    for node in _graph(httpx.get(f"{running.address}/changes.nt")).objects("tree:node"):
        assert node.endswith(".nt")
        assert httpx.get(node).headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize(
    "path",
    [
        *("/changes/pages/0", "/changes/pages/99999", "/changes/pages/01", "/changes/pages/x", "/changes/0"),
        *("/changes/99", "/changes/-1", "/changes/1e0", "/changes/٣", "/changes?page=99", "/changes.atom?page=9999"),
        *("/changes?plan=vik", "/changes?plan=vik/havna/goal/1", "/changes.atom?plan=http://e.org/%22"),
        "/changes/99999999999999999999999",
    ],
)
def test_what_there_is_not_is_not_found(running: Server, path: str) -> None:
    assert httpx.get(f"{running.address}{path}").status_code == 404


def test_the_pages_say_in_words_what_was_changed(running: Server) -> None:
    page = httpx.get(f"{running.address}/changes?lang=nb", headers=HTML).text
    assert "«Et mål til &lt;nå&gt;»" in page
    assert "Kari Nordmann" not in page
    assert page.index("Tilbake igjen") < page.index("Feil") < page.index("Et mål til")
    one = httpx.get(f"{running.address}/changes/2?lang=nb", headers=HTML).text
    assert "1 lagt til" in one
    assert 'id="id/vik/havna/goal/1"' in one
    of_plan = httpx.get(f"{running.address}/changes?lang=nb&plan=fjell/ren-luft", headers=HTML).text
    assert "«Feil»" not in of_plan
    assert "«A change»" in of_plan
    assert 'href="/changes.atom?plan=fjell/ren-luft&amp;lang=nb"' in of_plan


def test_the_page_of_a_thing_has_its_versions(running: Server, state: Path) -> None:
    releases = [entry.release for entry in StateFolder(state).history()]
    page = httpx.get(f"{running.address}/doc/vik/havna/goal/1?lang=nb", headers=HTML).text
    section = page[page.index('aria-labelledby="timeline"') :]
    assert "3 versjoner" in section
    assert re.findall(r'<a href="/changes/\d[^>]*>([^<]*)</a>', section) == [
        "hentet tilbake",
        "trukket tilbake",
        "lagt til",
    ]
    shown = re.findall(r"/doc/vik/havna/goal/1\?release=(r[0-9a-f]+)", section)
    assert shown == [releases[3], releases[1]]
    plan = httpx.get(f"{running.address}/doc/vik/havna?lang=nb", headers=HTML).text
    section = plan[plan.index('aria-labelledby="timeline"') :]
    assert "De siste endringene i planen" in section
    assert "Havna er ren &amp; trygg" in section
    assert '<link rel="alternate" type="application/atom+xml" title="Endringer i denne planen"' in plan


def test_the_pages_of_the_changes_are_accessible(running: Server, browser: BrowserContext) -> None:
    with guarded(browser, running.address) as page:
        for path in ("/changes", "/changes?plan=vik/havna", "/changes/3", "/doc/vik/havna", "/doc/vik/havna/goal/1"):
            page.goto(f"{running.address}{path}")
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            assert violations(page) == [], path


def test_a_temporary_release_has_a_feed_and_no_versions(server: str) -> None:
    follower = Follower(server)
    follower.read()
    assert {kind for _, _, kind in follower.members} == {expand("as:Create")}
    assert "tilstandsmappe" in httpx.get(f"{server}/changes?lang=nb", headers=HTML).text
    assert 'aria-labelledby="timeline"' not in httpx.get(f"{server}/doc/sdg/13", headers=HTML).text


def _shows(server: Server, release: str) -> bool:
    return all(httpx.get(f"{server.address}/robots.txt").headers["plangraf-release"] == release for _ in range(8))


def test_a_follower_sees_what_is_published_while_the_server_runs(tmp_path: Path) -> None:
    write_plan(tmp_path / "data", "vik/havna")
    publish([tmp_path / "data"], tmp_path / "state", SWITCH, make_files=index_release)
    first = StateFolder(tmp_path / "state").current
    assert first is not None
    with serving(state=tmp_path / "state", fronts=2) as server:
        follower = Follower(server.address)
        follower.read()
        known, pages = [*follower.members], dict(follower.pages)
        second = _publish(tmp_path, "Havna er ren", "Et mål til").manifest.release
        soon(partial(_shows, server, second))
        for _ in range(4):  # of both fronts
            assert "Et mål til" in httpx.get(f"{server.address}/changes", headers=HTML).text
            assert "Et mål til" in httpx.get(f"{server.address}/doc/vik/havna/goal/1", headers=HTML).text
        follower.read()
        assert follower.members[: len(known)] == known
        assert [thing for _, thing, _ in follower.members[len(known) :]] == [f"{PLAN}/goal/1"]
        for address, content in pages.items():
            assert httpx.get(address, headers={"Accept": "application/n-triples"}).content == content
        rollback(tmp_path / "state", Switch(Action.ROLLBACK, message="Likevel ikke"), first)
        soon(partial(_shows, server, first))
        follower.read()
        assert follower.members[-1][1:] == (f"{PLAN}/goal/1", expand("as:Delete"))
        assert follower.things() == things(Release.open(tmp_path / "state").path)
