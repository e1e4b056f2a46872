"""An operator's commands on a state folder: publish, look, go back, withdraw."""

import os
import re
import subprocess
from pathlib import Path

import orjson
from tests.release.test_publish import write_plan
from tests.servers import COMMAND, PATIENCE
from tests.workbook.books import column, example, with_cells
from tests.workbook.opendocument import as_ods


def _run(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PLANGRAF_STATE": str(state)},
    )


def test_an_afternoon_of_an_operator(tmp_path: Path) -> None:
    state = tmp_path / "state"
    plan = write_plan(tmp_path / "data", "vik/havna")
    first = _run(state, "publish", str(plan), "--message", "The first plan", "--by", "Kari Nordmann")
    assert first.returncode == 0, first.stderr
    before = (state / "current").readlink().name

    changed = _run(state, "publish", str(write_plan(tmp_path / "data", "vik/havna", "Havna er hel")))
    assert f"Against {before}: 0 things added, 0 removed, 1 changed" in changed.stdout
    after = (state / "current").readlink().name

    told = _run(state, "diff", before, after)
    assert 'plan "The plan havna" <https://w3id.org/plangraf/id/vik/havna>' in told.stdout
    assert '- plan:vision "Vi ser langt fram"@nb' in told.stdout
    assert '+ plan:vision "Havna er hel"@nb' in told.stdout
    patch = _run(state, "diff", before, "--format", "patch").stdout.splitlines()
    assert patch[0] == "TX ."
    assert patch[-1] == "TC ."
    assert {line[:2] for line in patch[1:-1]} == {"A ", "D "}

    back = _run(state, "rollback", "-m", "Not adopted\nyet")
    assert f"release {before} is current" in back.stdout
    listed = _run(state, "releases").stdout.splitlines()
    assert [line.split()[-1 if line.startswith(" ") else 0] for line in listed][-1] == "*"
    assert re.match(r"  20\S+Z  r[0-9a-f]{12}  publish     Kari Nordmann  The first plan$", listed[0])
    assert listed[2].startswith("* ")
    assert listed[2].endswith("Not adopted yet")

    shown = _run(state, "info").stdout
    assert f"release    {before} (current)" in shown
    assert "plan       https://w3id.org/plangraf/id/vik/havna" in shown
    assert shown.count("switch     ") == 2

    gone = _run(state, "withdraw", "vik/havna", "--because", "Skrevet av feil")
    assert gone.returncode == 0, gone.stdout
    history = [orjson.loads(line) for line in (state / "history.jsonl").read_bytes().splitlines()]
    assert [entry["action"] for entry in history] == ["publish", "publish", "rollback", "withdraw"]


def test_broken_data_are_reported_and_the_current_release_stays(tmp_path: Path) -> None:
    state = tmp_path / "state"
    _run(state, "publish", str(write_plan(tmp_path / "data", "vik/havna")))
    before = (state / "current").readlink()
    broken = write_plan(tmp_path / "data", "vik/havna", more="<vik/havna> adms:status plan:Adopted .")
    ended = _run(state, "publish", str(broken))
    assert ended.returncode == 1
    assert "psh:Plan-status" in ended.stdout
    assert "no release was written" in ended.stderr
    assert (state / "current").readlink() == before


def test_a_state_folder_must_be_named(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PLANGRAF_STATE"}
    ended = subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "releases"], capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment
    )
    assert ended.returncode == 2
    assert "--state DIR" in ended.stderr


def test_an_empty_state_folder_has_no_release(tmp_path: Path) -> None:
    ended = _run(tmp_path, "releases")
    assert "no release yet" in ended.stdout
    assert _run(tmp_path, "rollback").returncode == 2
    assert _run(tmp_path, "info").returncode == 2


def test_an_operator_goes_back_from_a_damaged_release(tmp_path: Path) -> None:
    state = tmp_path / "state"
    for vision in ("Den første", "Den andre"):
        assert _run(state, "publish", str(write_plan(tmp_path / "data", "vik/havna", vision))).returncode == 0
    damaged = state / (state / "current").readlink().name / "quads.nq"
    content = damaged.read_bytes()
    damaged.chmod(0o644)
    first = _run(state, "releases").stdout.split()[1]

    damaged.write_bytes(content.replace(b"Den andre", b"Den endra"))
    compared = _run(state, "diff", first)
    assert (compared.returncode, compared.stdout) == (2, "")
    assert "is damaged" in compared.stderr

    damaged.write_bytes(content.replace(b"Den andre", b'" <"'))
    back = _run(state, "rollback")
    assert back.returncode == 0, back.stderr
    assert f"release {first} is current" in back.stdout
    assert "not compared" in back.stdout


def test_a_workbook_is_published_in_any_form_and_a_faulty_one_is_not(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert _run(state, "publish", str(write_plan(tmp_path / "data", "vik/havna"))).returncode == 0
    book, sheet = tmp_path / "plan.xlsx", tmp_path / "plan.ods"
    book.write_bytes(example())
    sheet.write_bytes(as_ods(example()))
    published = _run(state, "publish", str(book))
    assert published.returncode == 0, published.stdout + published.stderr
    current = (state / "current").readlink().name
    assert _run(state, "publish", str(sheet)).returncode == 0
    assert (state / "current").readlink().name == current

    cell = f"{column('goals', 'name')}2"
    book.write_bytes(with_cells("Mål", {cell: None}))
    refused = _run(state, "publish", str(book))
    assert refused.returncode == 1
    assert f"{book}: Mål!{cell}: Violation" in refused.stdout
    assert (state / "current").readlink().name == current

    book.write_bytes(example()[:2000])
    refused = _run(state, "publish", str(book))
    assert refused.returncode == 2
    assert f"{book}: The file is damaged" in refused.stderr
