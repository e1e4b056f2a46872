"""LibreOffice, for tests that have a document opened and saved by it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.servers import PATIENCE


def libreoffice() -> str:
    """Return the path of LibreOffice; where it is missing, that is an error on CI, and elsewhere skips the test."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed (libreoffice-calc-nogui, libreoffice-writer-nogui)")
        pytest.skip("LibreOffice is not installed")  # the gate, with CI=true, has failed above
    return program


def converted(path: Path, kind: str, folder: Path) -> Path:
    """Return a document as LibreOffice saves it.

    Args:
        path: the document.
        kind: the extension of what it is saved as.
        folder: the folder for it.
    """
    said = convert(path, kind, folder)
    made = folder / f"{path.stem}.{kind}"
    assert made.is_file(), said
    return made


def convert(path: Path, kind: str, folder: Path) -> str:
    """Have LibreOffice save a document in a folder, and return what it says.

    Args:
        path: the document.
        kind: what it is saved as: the extension, and perhaps a filter with its options.
        folder: the folder.
    """
    program = libreoffice()
    with tempfile.TemporaryDirectory() as profile:
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        ended = subprocess.run(  # noqa: S603  # a program of the machine, with a file of our own
            [program, own, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    return ended.stdout + ended.stderr
