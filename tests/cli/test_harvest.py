"""An operator harvests another Plangraf, a catalogue and a file, and looks at what has become of them."""

import os
import subprocess
from pathlib import Path

import httpx
import orjson
from tests.harvesting.web import Page, plan_with_goals, site
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import COMMAND, PATIENCE, serving, soon

from plangraf.harvesting.records import SourceRecords
from plangraf.release.publish import publish
from plangraf.release.state import StateFolder
from plangraf.release.writer_lock import writer_lock


def _harvest(state: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command, which waits for nothing between its requests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "harvest", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**environment, "PLANGRAF_STATE": str(state), "PLANGRAF_HARVEST_DELAY": "0", **settings},
    )


def _sources(state: Path) -> dict[str, str]:
    """Return the outcomes of the sources."""
    return {source.address: source.outcome.value for source in SourceRecords(state).all()}


def test_an_operator_harvests_another_plangraf_and_other_sources(tmp_path: Path) -> None:
    home, hub = tmp_path / "home", tmp_path / "hub"
    publish([write_plan(tmp_path / "data", name) for name in ("vik/havna", "fjell/luft")], home, SWITCH)
    publish([write_plan(tmp_path / "data", "fjell/luft")], hub, SWITCH)
    with serving(state=home) as server, site() as web:
        web.pages["/plan.ttl"] = Page(plan_with_goals("elv/plan", 2))
        web.pages["/login"] = Page("<!doctype html>", "text/html")
        this_machine = web.address.replace("127.0.0.1", "localhost")
        first = _harvest(
            hub,
            *(f"{server.address}/", f"{web.address}/login", f"{web.address}/plan.ttl"),
            *("ftp://eksempel.no/", f"{this_machine}/plan.ttl", "--allow-host", "127.0.0.1", "--by", "Kari"),
        )
        assert first.returncode == 1
        assert f"{server.address}/: harvested; 1 documents, 1 graphs" in first.stdout
        assert "passed over, because they belong to others: fjell" in first.stdout
        assert f"{web.address}/login: not harvested" in first.stdout
        assert "is a web page (HTML), and not data" in first.stdout
        assert f"{web.address}/plan.ttl: harvested; 1 documents, 1 graphs, 2 concepts" in first.stdout
        assert "localhost is at an address that is not public" in first.stdout
        assert "ftp://eksempel.no/: ftp://eksempel.no/ is not harvested" in first.stderr
        assert _sources(hub) == {
            f"{server.address}/": "good",
            f"{web.address}/login": "failed",
            f"{web.address}/plan.ttl": "good",
            f"{this_machine}/plan.ttl": "failed",
        }
        published = (hub / "current").readlink()

        publish([write_plan(tmp_path / "data", "vik/havna", "Nå er det nytt")], home, SWITCH)
        current = (home / "current").readlink().name
        soon(lambda: httpx.get(f"{server.address}/robots.txt").headers["plangraf-release"] == current)
        all_again = _harvest(hub, "--allow-host", "127.0.0.1")
        assert all_again.returncode == 1
        assert all_again.stdout.count("unchanged") == 3
        assert f"{server.address}/: harvested" in all_again.stdout
        assert (hub / "current").readlink() != published
        assert "Nå er det nytt" in (hub / "current" / "quads.nq").read_text(encoding="utf-8")
        assert orjson.loads((hub / "history.jsonl").read_bytes().splitlines()[1])["by"] == "Kari"

        forgotten = _harvest(hub, "--forget", f"{web.address}/login", f"{this_machine}/plan.ttl")
        assert forgotten.returncode == 0
        assert set(_sources(hub)) == {f"{server.address}/", f"{web.address}/plan.ttl"}
    assert len(StateFolder(hub).history()) == 4


def test_a_source_that_takes_for_ever_is_given_up_and_the_next_one_is_tried(tmp_path: Path) -> None:
    """A clique of blank nodes is small, and nobody can tell its nodes apart in a lifetime."""
    nodes = range(14)
    clique = "".join(f"_:b{one} skos:related _:b{other} .\n" for one in nodes for other in nodes if one != other)
    with site() as web:
        web.pages["/plan.ttl"] = Page(plan_with_goals("gift/plan", 1, more=clique))
        web.pages["/login"] = Page("<!doctype html>", "text/html")
        addresses = (f"{web.address}/plan.ttl", f"{web.address}/login")
        given_up = _harvest(
            tmp_path, *addresses, "--allow-host", "127.0.0.1", PLANGRAF_HARVEST_PROCESSING_SECONDS="1"
        )
    assert given_up.returncode == 1
    assert "It took more than 1 seconds of processor to process the source" in given_up.stdout
    assert "is a web page" in given_up.stdout
    assert set(_sources(tmp_path).values()) == {"failed"}
    assert StateFolder(tmp_path).current is None


def test_what_cannot_be_done_is_told(tmp_path: Path) -> None:
    nothing = _harvest(tmp_path)
    assert nothing.returncode == 2
    assert nothing.stderr.endswith("has no sources yet: name the address of one\n")
    assert _harvest(tmp_path, "--accept-loss").returncode == 2
    unknown = _harvest(tmp_path, "--forget", "https://eksempel.no/")
    assert (unknown.returncode, "is not one of the sources: there are none" in unknown.stderr) == (2, True)
    with writer_lock(SourceRecords(tmp_path).folder, "harvest"):
        assert _harvest(tmp_path, "https://eksempel.no/").returncode == 75
