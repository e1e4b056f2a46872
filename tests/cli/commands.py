"""The command as an operator runs it, with a state folder and nothing else set."""

import os
import subprocess
from pathlib import Path

from tests.servers import COMMAND, PATIENCE


def run(state: Path | None, *arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with arguments and standard input, and wait for its end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLANGRAF_")}
    if state is not None:
        environment["PLANGRAF_STATE"] = str(state)
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        env=environment,
    )
