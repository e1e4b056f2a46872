import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tests.cli.commands import run
from tests.release.test_publish import SWITCH, write_plan
from tests.servers import COMMAND, PATIENCE, soon
from tests.workbook.books import column, field_row, with_cells

from plangraf.release.publish import publish
from plangraf.release.state import StateFolder

HAVNA, FJELL = "/doc/vik/havna", "/doc/fjell/ren-luft"


@contextmanager
def previewing(folder: Path, *arguments: str | Path, **settings: str) -> Iterator[str]:
    """Yield the address of a preview, which an interrupt ends; its temporary files are in a folder of its own."""
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    environment |= {"PLANGRAF_FRONTS": "1", "TMPDIR": str(temporary), **settings}
    command = [COMMAND, "preview", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603  # our own command
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            match = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert match is not None, line
            yield match[0]
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            assert list(temporary.iterdir()) == []
        finally:
            process.kill()


def _page(address: str, path: str, language: str = "nb") -> str:
    return httpx.get(f"{address}{path}?lang={language}", headers={"Accept": "text/html"}).text


def _content(state: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in state.rglob("*")}


def test_a_draft_has_the_plan_and_all_others_and_nothing_is_published(tmp_path: Path) -> None:
    state, data = tmp_path / "state", tmp_path / "data"
    for name in ("vik/havna", "fjell/ren-luft"):
        publish([write_plan(data, name)], state, SWITCH)
    before = _content(state)
    changed = write_plan(data, "vik/havna", "Havna er hel")
    with previewing(tmp_path, changed, "--state", state) as address:
        assert "Havna er hel" in _page(address, HAVNA)
        assert "Planen ren-luft" in _page(address, FJELL)
        for path in ("/", HAVNA, "/catalog", "/nothing-here"):
            assert "ikke er publisert" in _page(address, path)
            assert '<meta name="robots" content="noindex, nofollow">' in _page(address, path)
        assert "data that are not published" in _page(address, "/", "en")
        assert "ikkje er publiserte" in _page(address, "/", "nn")
    assert _content(state) == before


def test_a_published_release_has_no_banner(tmp_path: Path) -> None:
    publish([write_plan(tmp_path / "data", "vik/havna")], tmp_path / "state", SWITCH)
    page = run(tmp_path / "state", "serve", "--get", "/?lang=en", "--header", "Accept: text/html").stdout
    assert "<title>" in page
    assert "not published" not in page
    assert "noindex" not in page


def test_each_change_is_shown_and_what_breaks_the_shapes_is_not(tmp_path: Path) -> None:
    state, data = tmp_path / "state", tmp_path / "data"
    publish([write_plan(data, "vik/havna")], state, SWITCH)
    with previewing(tmp_path, data, "--watch", PLANGRAF_STATE=str(state)) as address:
        for number in range(3):
            write_plan(data, "vik/havna", f"Visjon {number}")
            soon(lambda number=number: f"Visjon {number}" in _page(address, HAVNA))  # type: ignore[misc]  # the default binds the number
        write_plan(data, "vik/havna", "Brutt", "<vik/havna> adms:status plan:Adopted .")
        write_plan(data, "vik/stranda")
        write_plan(data, "vik/havna", "Visjon 9")
        soon(lambda: "Visjon 9" in _page(address, HAVNA))
        assert "Planen stranda" in _page(address, "/doc/vik/stranda")
    assert len(StateFolder(state).history()) == 1


@pytest.mark.parametrize("with_state", [True, False])
def test_without_a_release_the_draft_has_the_reference_data(tmp_path: Path, with_state: bool) -> None:
    plan = write_plan(tmp_path / "data", "vik/havna")
    given = {"PLANGRAF_STATE": str(tmp_path / "state")} if with_state else {}
    with previewing(tmp_path, plan, **given) as address:
        assert "Planen havna" in _page(address, HAVNA)
        sdg = "ASK { <http://metadata.un.org/sdg/13> a ?type }"
        assert httpx.get(f"{address}/sparql", params={"query": sdg, "format": "json"}).json()["boolean"] is True
    assert not (tmp_path / "state").exists()


def test_what_breaks_the_shapes_is_reported_and_not_served(tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "data", "vik/havna", more="<vik/havna> adms:status plan:Adopted .")
    ended = run(None, "preview", plan)
    assert ended.returncode == 1
    assert "psh:Plan-status" in ended.stdout
    lost = tmp_path / "state"
    agent = (
        "<vik/havna/utvalget> a <http://xmlns.com/foaf/0.1/Agent> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "U"@nb ; '
        "dct:source <https://www.eksempel.no/havna> ."
    )
    publish([write_plan(tmp_path / "data", "vik/havna", more=agent)], lost, SWITCH)
    ended = run(lost, "preview", write_plan(tmp_path / "data", "vik/havna"))
    assert ended.returncode == 1
    assert "vik/havna/utvalget> owl:deprecated true" in ended.stdout


def test_files_that_cannot_be_read_end_with_2(tmp_path: Path) -> None:
    assert run(None, "preview", tmp_path / "none").returncode == 2
    (tmp_path / "note.ttl").write_text("<https://e.org/a> oops", encoding="utf-8")
    ended = run(None, "preview", tmp_path / "note.ttl")
    assert ended.returncode == 2
    assert "note.ttl:1:" in ended.stderr


def test_a_workbook_is_a_draft_of_its_plan_and_follows_its_changes(tmp_path: Path) -> None:
    state, book = tmp_path / "state", tmp_path / "plan.xlsx"
    publish([write_plan(tmp_path / "data", "vik/havna")], state, SWITCH)
    before = _content(state)
    mine = with_cells("Plan", {f"B{field_row('code')}": "vik/bok"})
    book.write_bytes(mine)
    with previewing(tmp_path, book, "--state", state, "--watch") as address:
        page = "/doc/vik/bok"
        assert "Eksempelvik" in _page(address, page)
        goal = f"{page}/goal/1"
        assert "Et helt nytt navn" not in _page(address, goal)
        book.write_bytes(with_cells("Mål", {f"{column('goals', 'name')}2": "Et helt nytt navn"}, mine))
        soon(lambda: "Et helt nytt navn" in _page(address, goal))
    assert _content(state) == before


def test_a_faulty_workbook_has_no_draft_but_its_cells(tmp_path: Path) -> None:
    state, book = tmp_path / "state", tmp_path / "plan.xlsx"
    publish([write_plan(tmp_path / "data", "vik/havna")], state, SWITCH)
    cell = f"{column('goals', 'name')}2"
    book.write_bytes(with_cells("Mål", {cell: None}))
    ended = run(state, "preview", book, "--port", "0")
    assert ended.returncode == 1
    assert f"{book}: Mål!{cell}: " in ended.stdout + ended.stderr
