"""Completion of arguments in the shell: the names of the releases in the state folder."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import typer

# As in `plangraf.release.release`, whose import would take longer than the rest of a completion.
_RELEASE = re.compile("r?[0-9a-f]{12}")
_MANIFEST = "manifest.json"


def release_names(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Yield the names of the releases in the state folder that begin with `incomplete`, sorted.

    The state folder is that of the option --state, or of the variable PLANGRAF_STATE.
    """
    given = context.params.get("state") or os.environ.get("PLANGRAF_STATE")
    if not given:
        return
    try:
        found = sorted(entry.name for entry in Path(given).iterdir() if _RELEASE.fullmatch(entry.name))
    except OSError:
        return
    for name in found:
        if name.startswith(incomplete) and (Path(given) / name / _MANIFEST).is_file():
            yield name
