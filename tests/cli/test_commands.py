"""The list of subcommands, which are imported only when they are run, and completion in shells."""

import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.servers import COMMAND, PATIENCE

from plangraf.cli import VERBS


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.mark.parametrize("name", VERBS)
def test_the_list_has_the_first_line_of_the_help_of_each_command(name: str) -> None:
    documentation = inspect.getdoc(getattr(import_module(f"plangraf.cli.{name}"), name))
    assert documentation is not None
    assert documentation.splitlines()[0] == VERBS[name]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_the_commands(option: str) -> None:
    ended = _run(option)
    assert ended.returncode == 0
    assert [name for name in VERBS if f" {name} " not in ended.stdout] == []


def test_a_command_tells_its_options() -> None:
    ended = _run("publish", "-h")
    assert ended.returncode == 0
    assert "--message" in ended.stdout


def test_an_unknown_command_is_refused() -> None:
    ended = _run("publsh")
    assert ended.returncode == 2
    assert "publsh" in ended.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_no_command_is_imported_before_it_is_asked_for(arguments: list[str]) -> None:
    program = (
        f"import sys; sys.argv = ['plangraf', *{arguments}]\n"
        "from plangraf.cli import VERBS, main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert [n for n in VERBS if f'plangraf.cli.{n}' in sys.modules] == []\n"
        "assert not {'rdflib', 'pyshacl', 'pyoxigraph', 'fastapi', 'pydantic_settings'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], timeout=PATIENCE, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program


def _completed(line: str, folder: Path, **variables: str) -> list[str]:
    """Return what bash gets when somebody presses the tabulator at the end of a line."""
    words = line.split(" ")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    environment |= {"_PLANGRAF_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    ended = subprocess.run(  # noqa: S603  # our own command
        [COMMAND],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=environment | variables,
        cwd=folder,
    )
    assert ended.stderr == ""
    return ended.stdout.split()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return a folder with two releases, and with others that are none."""
    for name in ("r3f9a51c0d2e4", "r3fbbbbbbbbbb", "3f9a51c0d2e5", "notes", ".building-x"):
        (tmp_path / "state" / name).mkdir(parents=True)
        (tmp_path / "state" / name / "manifest.json").touch()
    (tmp_path / "state" / "r3faaaaaaaaaa").mkdir()
    return tmp_path / "state"


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    assert sorted(_completed("plangraf ", tmp_path)) == sorted(VERBS)
    assert _completed("plangraf rel", tmp_path) == ["releases"]
    assert "--older-than" in _completed("plangraf prune --", tmp_path)


@pytest.mark.parametrize(
    "line", ["rollback r3f", "info r3f", "diff r3f", "diff r3f9a51c0d2e4 r3f", "query a.rq --release r3f"]
)
def test_names_of_releases_are_completed(line: str, state: Path) -> None:
    expected = ["r3f9a51c0d2e4", "r3fbbbbbbbbbb"]
    assert _completed(f"plangraf {line}", state, PLANGRAF_STATE=str(state)) == expected
    verb, _, rest = line.partition(" ")
    assert _completed(f"plangraf {verb} --state {state} {rest}", state) == expected


def test_without_a_state_folder_no_name_is_completed(tmp_path: Path) -> None:
    assert _completed("plangraf rollback r", tmp_path) == []
    assert _completed("plangraf rollback r", tmp_path, PLANGRAF_STATE=str(tmp_path / "none")) == []
