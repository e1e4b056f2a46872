"""The files that pages link: our own, and those of others that `vendor` took when Plangraf was installed.

An address has a part of the file's hash in it, so that a browser may keep the file for as long as it likes.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from plangraf.view.vendor import FOLDER, LICENCES, MANIFEST, version

STATIC = Path(str(files(__package__) / "static"))
LICENCES_PATH = f"/static/{FOLDER}/{LICENCES}"
"""Where the licences of all that others have made are, when there is any."""


@dataclass(frozen=True)
class Asset:
    """A third-party file.

    Attributes:
        package: the package that it is from.
        version: of the package.
        licence: of the package, as an SPDX expression.
        file: its name.
        bytes: its size.
        sha384: its hash, in hexadecimal digits.
    """

    package: str
    version: str
    licence: str
    file: str
    bytes: int
    sha384: str


@cache
def vendored() -> dict[str, Asset]:
    """Return the third-party files by their names; none where Plangraf was installed without npm."""
    manifest = STATIC / FOLDER / MANIFEST
    if not manifest.is_file():
        return {}
    entries = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    assets = [Asset(**entry) for entry in entries]
    return {asset.file: asset for asset in assets}


def vendored_path(file: str) -> str | None:
    """Return the path of a third-party file, or None when it is not there."""
    asset = vendored().get(file)
    return f"/static/{FOLDER}/{file}?v={version(asset.sha384)}" if asset else None


def own_path(file: str) -> str:
    """Return the path of a file of our own."""
    return f"/static/{file}?v={own_version(file)}"


@cache
def own_version(file: str) -> str:
    """Return what stands for the content of a file below `static` in its address."""
    return version(hashlib.sha384((STATIC / file).read_bytes()).hexdigest())
