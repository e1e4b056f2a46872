"""The name of the release from which all fronts answer, in a file for the other processes of the server."""

import logging
from pathlib import Path

_log = logging.getLogger(__name__)

_SERVED = "served"


def note_served(folder: Path, release: str) -> None:
    """Note from which release all fronts answer.

    Args:
        folder: the folder of the temporary files of the server.
        release: the name of the release.
    """
    fresh = folder / f".{_SERVED}"
    try:
        fresh.write_text(release, encoding="ascii")
        fresh.replace(folder / _SERVED)
    except OSError as error:
        _log.error("it cannot be noted that release %s is served: %s", release, error)


def read_served(folder: Path) -> str | None:
    """Return the name of the release from which all fronts answer, or None if none has been noted."""
    try:
        return (folder / _SERVED).read_text(encoding="ascii")
    except OSError:
        return None
