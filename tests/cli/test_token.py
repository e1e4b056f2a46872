"""The tokens of publishers, as an operator makes and withdraws them."""

import os
import re
import subprocess
from pathlib import Path

from tests.servers import COMMAND, PATIENCE

from plangraf.publishing.tokens import TOKENS, TokenFile, token_digest


def _run(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, "token", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PLANGRAF_STATE": str(state)},
    )


def test_a_token_is_made_listed_and_withdrawn(tmp_path: Path) -> None:
    made = _run(tmp_path, "new", "vik")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    owner = TokenFile(tmp_path).owner(token_digest(token))
    assert owner is not None
    assert owner.publisher == "vik"
    assert "shown this once" in made.stderr
    listed = _run(tmp_path, "list").stdout
    assert re.fullmatch(rf"vik  …{re.escape(token[-4:])}  20\S+Z  valid\n", listed)
    assert _run(tmp_path, "new", "vik").returncode == 2
    assert _run(tmp_path, "withdraw", "vik").returncode == 0
    assert "withdrawn 20" in _run(tmp_path, "list").stdout
    assert TokenFile(tmp_path).owner(token_digest(token)) is None
    assert _run(tmp_path, "withdraw", "vik").returncode == 2


def test_a_publisher_must_be_named(tmp_path: Path) -> None:
    assert "name the publisher" in _run(tmp_path, "new").stderr
    assert "cannot be the name" in _run(tmp_path, "new", "vik/havna").stderr
    assert not (tmp_path / TOKENS).exists()
