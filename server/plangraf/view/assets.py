"""Static files that pages link: our own, and third-party files that `vendor` copied at installation.

The address of a file contains a part of its hash, so browsers can cache it without limit.
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
"""The path of the licences of third-party files, if there are such files."""


@dataclass(frozen=True)
class Asset:
    """A third-party file.

    Attributes:
        package: the name of its npm package.
        version: the version of the package.
        licence: the licence of the package, as an SPDX expression.
        file: the file name.
        bytes: the size in bytes.
        sha384: the SHA-384 hash, in hexadecimal.
    """

    package: str
    version: str
    licence: str
    file: str
    bytes: int
    sha384: str


@cache
def vendored() -> dict[str, Asset]:
    """Return the third-party files by name; there are none if Plangraf was installed without npm."""
    manifest = STATIC / FOLDER / MANIFEST
    if not manifest.is_file():
        return {}
    entries = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    assets = [Asset(**entry) for entry in entries]
    return {asset.file: asset for asset in assets}


def vendored_path(file: str) -> str | None:
    """Return the path of a third-party file, or None if it is not installed."""
    asset = vendored().get(file)
    return f"/static/{FOLDER}/{file}?v={version(asset.sha384)}" if asset else None


def own_path(file: str) -> str:
    """Return the path of a file of our own."""
    return f"/static/{file}?v={own_version(file)}"


@cache
def own_version(file: str) -> str:
    """Return the part of the hash that identifies the content of a file below `static` in its address."""
    return version(hashlib.sha384((STATIC / file).read_bytes()).hexdigest())
