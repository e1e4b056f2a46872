"""The list of subcommands, which are imported only when they are run."""

import inspect
import subprocess
import sys
from importlib import import_module

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
