"""The time gate and the time map are those of addresses that are or were; without a history, they say so."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import serving

from plangraf.release.history import HISTORY, Action
from plangraf.release.publish import publish
from plangraf.release.state import Switch
from plangraf.release.withdraw import withdraw
from plangraf.search.index_build import index_release

PLAN = "/doc/vik/havna"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder from which one of two plans was withdrawn."""
    folder = tmp_path_factory.mktemp("memento")
    for name in ("vik/havna", "fjell/vann"):
        write_plan(folder / "data", name)
    publish([folder / "data"], folder / "state", SWITCH, make_files=index_release)
    because = Switch(Action.WITHDRAW, message="Feil")
    withdraw("fjell/vann", folder / "state", because, make_files=index_release)
    return folder / "state"


@pytest.fixture(scope="module")
def server(state: Path) -> Iterator[str]:
    """Yield the address of a server on the state folder."""
    with serving("--state", str(state)) as running:
        yield running.address


@pytest.mark.parametrize(
    "path",
    [
        "/doc/vik/aldri",
        "/doc/vik/aldri.ttl",
        "/doc/sdg/99",
        "/id/vik/havna/goal/9",
        "/graph/vik/aldri",
        "/cite/doc/vik/aldri",
        "/cite/graph/vik/aldri.bib",
        "/cite/dataset/vik/aldri",
        "/cite/vik",
        "/linkset/doc/vik/aldri",
        "/linkset/search",
        "/quality/vik/aldri",
        "/browse/vik/aldri",
        "/dumps/graph/vik/aldri.ttl",
        "/dumps/dataset/vik/aldri.nq",
        "/dumps/aldri",
        "/ontology/0.0.1",
        "/sitemap/99.xml",
        "/nothing/here",
        "/doc/vik/%20%3C",
    ],
)
def test_an_address_that_never_was_has_no_time_gate_and_no_time_map(server: str, path: str) -> None:
    for of in ("/timegate", "/timemap"):
        answer = httpx.get(f"{server}{of}{path}", headers={"Accept": "*/*"})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        PLAN,
        f"{PLAN}.nt",
        "/id/vik/havna",
        "/graph/vik/havna.ttl",
        "/doc/sdg",
        "/doc/sdg/13.2",
        "/doc?iri=https://www.eksempel.no/",
        "/cite",
        f"/cite{PLAN}.bib",
        "/cite/graph/vik/havna",
        "/cite/dataset/vik/havna",
        "/cite/dataset/other",
        "/cite/ontology",
        f"/linkset{PLAN}",
        "/linkset/catalog",
        "/quality/vik/havna",
        "/browse/vik/havna",
        "/dumps/all.nq.gz",
        "/dumps/graph/vik/havna.ttl",
        "/dumps/dataset/vik/havna.nq.gz",
        "/catalog.ttl",
        "/sparql?query=ASK%7B%7D",
        "/graph/fjell/vann",
        "/doc/fjell/vann.ttl",
        "/quality/fjell/vann",
        "/dumps/graph/fjell/vann.ttl",
    ],
)
def test_an_address_that_is_or_was_has_a_time_gate_and_a_time_map(server: str, path: str) -> None:
    assert httpx.get(f"{server}/timemap{path}").status_code == 200
    gate = httpx.get(f"{server}/timegate{path}")
    assert gate.status_code == 302
    assert gate.headers["location"].startswith(path)


def test_a_history_that_cannot_be_read_is_named_in_the_answer_and_in_the_log(state: Path) -> None:
    history = state / HISTORY
    before = history.read_bytes()
    lines = before.splitlines(keepends=True)
    with serving("--state", str(state)) as running:
        try:
            history.write_bytes(lines[0] + b"garbage\n" + b"".join(lines[1:]))
            answers = [httpx.get(running.address + of + PLAN) for of in ("/timegate", "/timemap")]
        finally:
            history.write_bytes(before)
        assert httpx.get(f"{running.address}/timemap{PLAN}").status_code == 200
        running.process.terminate()
        assert running.process.stderr is not None
        log = running.process.stderr.read()
    for answer in answers:
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        assert "history of the releases cannot be read" in answer.json()["detail"]
    assert "history.jsonl:2: is not an entry" in log
    assert "Traceback" not in log
