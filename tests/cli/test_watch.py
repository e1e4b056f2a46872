import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.servers import COMMAND, PATIENCE, soon

GOOD = "<https://e.org/a> <https://e.org/p> <https://e.org/b> ."
TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
BAD = "<https://e.org/a> a <https://w3id.org/plangraf/ontology#Plan> ."


class Watching:
    """A running `plangraf validate --watch`, and what it has written."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")


@contextmanager
def watching(log: Path, *paths: Path) -> Iterator[Watching]:
    """Yield the command that watches files; an interrupt ends it."""
    with log.open("wb") as out, subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, "validate", "--watch", *paths], stdout=out, stderr=out
    ) as process:  # fmt: skip
        try:
            yield Watching(process, log)
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()


def test_each_change_is_checked_until_an_interrupt(tmp_path: Path) -> None:
    file = tmp_path / "plans" / "plan.ttl"
    file.parent.mkdir()
    file.write_text(GOOD, encoding="utf-8")
    with watching(tmp_path / "log", file.parent) as watch:
        soon(lambda: "Nothing in the data was checked" in watch.said)
        file.write_text(BAD, encoding="utf-8")
        soon(lambda: "The data break the shapes" in watch.said)
        file.write_text("<https://e.org/a> oops", encoding="utf-8")
        soon(lambda: "plan.ttl:1:" in watch.said.rpartition("break the shapes")[2])
        file.unlink()
        soon(lambda: "is a folder without RDF files" in watch.said)
        fresh = file.with_name("other.ttl.new")
        fresh.write_text(BAD, encoding="utf-8")
        fresh.rename(file.with_name("other.ttl"))
        soon(lambda: "other.ttl:1: Violation" in watch.said)
    assert "\x1b" not in watch.said
    assert "Traceback" not in watch.said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-", "--watch"), "--watch needs files"),
        (("-", "other.ttl"), "cannot be combined"),
        (("-", "--type", "excel"), "not 'excel'"),
        (("other.ttl", "--type", "turtle"), "--type belongs to standard input"),
    ],
)
def test_what_standard_input_cannot_be_is_refused(arguments: tuple[str, ...], words: str) -> None:
    ended = run(None, "validate", *arguments, text=GOOD)
    assert ended.returncode == 2
    assert words in ended.stderr


def test_standard_input_is_checked_with_its_lines() -> None:
    for text, arguments in ((f"# one\n{BAD}", ()), (f"# one\n{BAD.replace(' a ', TYPE)}", ("--type", "nquads"))):
        ended = run(None, "validate", "-", *arguments, text=text)
        assert ended.returncode == 1
        assert "<stdin>:2: Violation" in ended.stdout
    ended = run(None, "validate", "-", text="# one\n<https://e.org/a> oops")
    assert ended.returncode == 2
    assert ended.stderr.startswith("plangraf: <stdin>:2:")
