"""JavaScript clients, run by the Node that `make clients` installs with them."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers import PATIENCE

SCRIPTS = Path(__file__).parent


@dataclass(frozen=True)
class Javascript:
    """Runs the scripts beside this file.

    Attributes:
        folder: the folder with the packages that they import.
    """

    folder: Path

    def run(self, script: str, *arguments: str, data: bytes = b"") -> bytes:
        """Return what a script prints.

        Args:
            script: the name of the script.
            arguments: its arguments.
            data: its standard input.

        Raises:
            AssertionError: the script has failed; the message has its standard error.
        """
        return self.evaluate((SCRIPTS / script).read_text(), *arguments, data=data)

    def evaluate(self, program: str, *arguments: str, data: bytes = b"") -> bytes:
        """Return what a program prints, of which the text is given; otherwise as `run`.

        Raises:
            AssertionError: the program has failed; the message has its standard error.
        """
        node = self.folder / "node_modules" / ".bin" / "node"
        # Node resolves the packages of a script on the command line from the folder in which it runs.
        run = subprocess.run(  # noqa: S603  # our own scripts
            [node, "--input-type=module", "--eval", program, *arguments],
            input=data,
            capture_output=True,
            cwd=self.folder,
            timeout=PATIENCE,
            check=False,
        )
        assert run.returncode == 0, run.stderr.decode()
        return run.stdout

    def ask(self, script: str, *arguments: str) -> object:
        """Return the JSON that a script prints.

        Raises:
            AssertionError: the script has failed.
        """
        answer: object = json.loads(self.run(script, *arguments))
        return answer
