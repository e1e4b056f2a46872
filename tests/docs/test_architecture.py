"""The architecture guide is held to the code: its diagrams to what is called, its example and paths to the files."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import CodeType

import httpx
import pytest
from tests.docs.diagrams import Diagram, faults, parse, recorded
from tests.docs.documents import DOCS, ROOT, blocks
from tests.engines import running

from plangraf import settings, shipped
from plangraf.app import assemble_app, make_services
from plangraf.namespaces import GRAPH
from plangraf.release.build import build_release
from plangraf.release.release import Release
from plangraf.sources.dataset import ListedFile, list_files

ARCHITECTURE = DOCS / "architecture.md"
# Whom every release names as the maker of what is derived.
MAKER = ListedFile(shipped.DATA / "plangraf" / "organisation.ttl", f"{GRAPH}plangraf")
PLANS = ("/doc/asker/kommuneplan-2020-2032", "/doc/trondheim/samfunnsplan-2020-2032")
QUERY = "SELECT * { ?s ?p ?o } LIMIT 5"

Calls = Mapping[CodeType, None]


def _diagram(heading: str) -> Diagram:
    """Return the diagram below a heading."""
    lines = ARCHITECTURE.read_text(encoding="utf-8").splitlines()
    place = lines.index(f"### {heading}")
    block = next(block for block in blocks(ARCHITECTURE, "mermaid") if block.line > place)
    assert not any(line.startswith("#") for line in lines[place + 1 : block.line])
    return parse(block.text)


@pytest.fixture(scope="module")
def calls(release: Release) -> dict[str, Calls]:
    """Return what is called for a page and for a query, once the facts of the release are known."""

    async def run() -> dict[str, Calls]:
        async with running(release.quads) as engine:
            services = make_services(engine, release.manifest, release.quads, (), (), settings.load())
            transport = httpx.ASGITransport(assemble_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                other, plan = PLANS
                assert (await client.get(other, headers={"Accept": "text/html"})).status_code == 200
                with recorded() as page:
                    answer = await client.get(plan, headers={"Accept": "text/html"})
                assert answer.status_code == 200
                with recorded() as query:
                    answer = await client.get("/sparql", params={"query": QUERY}, headers={"Accept": "text/csv"})
                assert answer.status_code == 200
                return {"Page": page, "Query": query}

    return asyncio.run(run())


@pytest.mark.parametrize("heading", ["Query", "Page"])
def test_a_request_takes_the_path_of_its_diagram(calls: dict[str, Calls], heading: str) -> None:
    assert faults(_diagram(heading), calls[heading]) == []


def test_a_build_takes_the_path_of_its_diagram(tmp_path: Path) -> None:
    source = tmp_path / "note.ttl"
    source.write_text("<http://e.org/a> <http://e.org/p> <http://e.org/b> .", encoding="utf-8")
    with recorded() as calls:
        build_release([MAKER, *list_files([source])], tmp_path / "releases")
    assert faults(_diagram("Release"), calls) == []


def test_a_name_that_there_is_not_is_a_fault(calls: dict[str, Calls]) -> None:
    diagram = _diagram("Page")
    for made_up in ("http.cache.RepresentationCache.invent", "http.invented.Cache", "invented.Cache"):
        changed = replace(diagram, steps={**diagram.steps, "make": made_up})
        assert faults(changed, calls["Page"]) == [f"{made_up} does not exist"]


def test_a_step_that_is_not_called_is_a_fault(calls: dict[str, Calls]) -> None:
    diagram = _diagram("Page")
    changed = replace(diagram, steps={**diagram.steps, "chart": "site.sdg.page.sdg_page"})
    assert faults(changed, calls["Page"]) == ["site.sdg.page.sdg_page was not called in this process"]


@pytest.mark.parametrize("heading", ["Query", "Page"])
def test_every_arrow_that_is_turned_round_is_a_fault(calls: dict[str, Calls], heading: str) -> None:
    diagram = _diagram(heading)
    own = [arrow for arrow in diagram.arrows if diagram.elsewhere.isdisjoint(arrow)]
    assert own
    for start, end in own:
        arrows = tuple((end, start) if arrow == (start, end) else arrow for arrow in diagram.arrows)
        expected = f"{diagram.steps[end]} was called after {diagram.steps[start]}"
        assert expected in faults(replace(diagram, arrows=arrows), calls[heading])


def test_steps_on_both_sides_of_a_worker_are_compared(calls: dict[str, Calls]) -> None:
    diagram = _diagram("Query")
    assert ("engine.channel.Channel.send", "engine.channel.Channel.receive") in diagram.pairs
    swapped = {**diagram.steps, "send": diagram.steps["receive"], "receive": diagram.steps["send"]}
    assert faults(replace(diagram, steps=swapped), calls["Query"]) != []


def test_a_step_of_a_worker_that_is_called_here_is_a_fault(calls: dict[str, Calls]) -> None:
    diagram = _diagram("Query")
    changed = replace(diagram, elsewhere=diagram.elsewhere | {"send"})
    assert faults(changed, calls["Query"]) == ["engine.channel.Channel.send was called in this process"]


def test_the_declaration_that_is_shown_is_that_of_the_file() -> None:
    (block,) = blocks(ARCHITECTURE, "py")
    first, _, shown = block.text.partition("\n")
    rest = (ROOT / first.removeprefix("# ")).read_text(encoding="utf-8")
    for piece in re.split(r"^ +\.\.\.\n", shown, flags=re.MULTILINE):
        if piece:
            _, found, rest = rest.partition(piece)
            assert found, piece


def test_the_files_that_are_named_are_there() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:\w+/)+(?:[\w.-]+\.\w+)?)`", text)
    assert paths
    roots = (ROOT, ROOT / "server" / "plangraf")
    assert [path for path in paths if not any((root / path).exists() for root in roots)] == []
