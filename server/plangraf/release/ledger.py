"""The ledger of a state folder: every IRI with a document of its own that has ever been published.

It is one sorted file with an IRI on each line, which is extended at each switch and never shortened. It tells what
was withdrawn from what never existed.
"""

import mmap
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from plangraf.namespaces import BASE
from plangraf.release.files import synchronize_folder
from plangraf.release.release import QUADS, read_manifest

LEDGER = "ledger.txt"


class Ledger:
    """The IRIs that have been published, looked up in the file.

    Args:
        folder: the state folder; a folder without a ledger knows no IRI, nor does one without a folder.

    Raises:
        OSError: the file cannot be read.
    """

    def __init__(self, folder: Path | None) -> None:
        self._lines: mmap.mmap | bytes = b""
        if folder is None:
            return
        try:
            with (folder / LEDGER).open("rb") as file:
                if os.fstat(file.fileno()).st_size:
                    self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            pass

    def __contains__(self, iri: object) -> bool:
        """Return whether the IRI has been published."""
        if not isinstance(iri, str):
            return False
        sought = iri.encode()
        low, high = 0, len(self._lines)
        while low < high:
            middle = self._start((low + high) // 2)
            end = self._lines.find(b"\n", middle)
            line = self._lines[middle:end]
            if line == sought:
                return True
            if line < sought:
                low = end + 1
            else:
                high = middle
        return False

    def __len__(self) -> int:
        """Return the size of the file in bytes."""
        return len(self._lines)

    def _start(self, position: int) -> int:
        """Return where the line begins that a position is in."""
        return self._lines.rfind(b"\n", 0, position) + 1


def published_iris(release: Path) -> set[bytes]:
    """Return the IRIs of Plangraf's namespace and of URI spaces that a release describes.

    Args:
        release: the folder of the release.

    Raises:
        OSError: it cannot be read.
        InputError: the manifest is not one that this version reads.
    """
    with (release / QUADS).open("rb") as lines:
        return described_iris(lines, read_manifest(release).uri_spaces.values())


def described_iris(lines: Iterable[bytes], spaces: Iterable[str] = ()) -> set[bytes]:
    """Return the IRIs of Plangraf's namespace and of URI spaces that are described in lines of N-Quads.

    Args:
        lines: the lines.
        spaces: the URI spaces.
    """
    own = subject_starts(f"{BASE}/", spaces)
    return {line[1 : line.index(b">")] for line in lines if line.startswith(own)}


def subject_starts(base: str, spaces: Iterable[str]) -> tuple[bytes, ...]:
    """Return how a line of N-Quads begins that describes what is below `base` or below a URI space."""
    found = [f"<{base}"]
    for space in spaces:
        found += [f"<{space}", *([f"<{space.removesuffix('#')}>"] if space.endswith("#") else [])]
    return tuple(start.encode() for start in found)


def extend_ledger(folder: Path, iris: set[bytes]) -> None:
    """Add IRIs to the ledger; the file is replaced as a whole.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / LEDGER
    known = set(path.read_bytes().splitlines()) if path.exists() else set()
    if iris <= known and path.exists():
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{LEDGER}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(iri + b"\n" for iri in sorted(known | iris))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    synchronize_folder(folder)
