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

    def run(self, script: str, *arguments: str) -> object:
        """Return the JSON that a script prints.

        Args:
            script: the name of the script.
            arguments: its arguments.

        Raises:
            AssertionError: the script has failed; the message has its standard error.
        """
        node = self.folder / "node_modules" / ".bin" / "node"
        # Node resolves packages from its folder for a script that it reads on standard input.
        run = subprocess.run(  # noqa: S603  # our own scripts
            [node, "--input-type=module", "-", *arguments],
            input=(SCRIPTS / script).read_text(),
            capture_output=True,
            text=True,
            cwd=self.folder,
            timeout=PATIENCE,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        answer: object = json.loads(run.stdout)
        return answer
