"""The afternoon of an operator in the guide is what happens, but for the names of releases and the times."""

import os
import re
import subprocess
from pathlib import Path

from tests.docs.documents import DOCS, blocks
from tests.servers import COMMAND, PATIENCE

_RELEASE = re.compile("r[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NUMBERS = re.compile("[0-9]+ triples in")
"""The number of triples grows with the shipped reference data."""


def _steps(transcript: str) -> list[tuple[str, str]]:
    """Return the commands of a transcript, each with its output."""
    parts = re.split("^[$] (.*)\n", transcript, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _masked(text: str) -> str:
    return _NUMBERS.sub("N triples in", _TIME.sub("TIME", _RELEASE.sub("RELEASE", text)))


def _pattern(output: str) -> str:
    """Return a pattern of an output in which a line with an ellipsis stands for any number of lines."""
    escaped = [".*" if line == "…" else re.escape(_masked(line)) for line in output.rstrip("\n").split("\n")]
    return "\n".join(escaped)


def test_the_afternoon_of_an_operator_goes_as_the_guide_says(tmp_path: Path) -> None:
    [transcript] = blocks(DOCS / "operator.md", "console")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    environment |= {"PATH": f"{Path(COMMAND).parent}:{environment['PATH']}", "COLUMNS": "100"}
    actual: dict[str, str] = {}
    for command, expected in _steps(transcript.text):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environment[name] = value
            continue
        named = _RELEASE.sub(lambda match: actual[match[0]], command)
        done = subprocess.run(  # noqa: S602  # what our own guide says
            named,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            shell=True,
        )
        printed = (done.stdout + done.stderr).rstrip("\n")
        assert re.fullmatch(_pattern(expected), _masked(printed), re.DOTALL), f"{command}\n{printed}"
        if "…" not in expected:  # then the same releases are at the same places
            actual.update(zip(_RELEASE.findall(expected), _RELEASE.findall(printed), strict=True))
