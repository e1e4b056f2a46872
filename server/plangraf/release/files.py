"""Files that are made from the quads of a release, with their hashes."""

import contextlib
import hashlib
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class ReleaseFile(BaseModel):
    """A file that is made from the quads of a release.

    Attributes:
        sha256: the SHA-256 hash of the file, in hexadecimal.
        size: the size of the file, in bytes.
    """

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int

    @classmethod
    def of(cls, path: Path) -> "ReleaseFile":
        """Return the hash and the size of the file at `path`.

        Raises:
            OSError: the file cannot be read.
        """
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return cls(sha256=digest, size=file.tell())


def synchronize(path: Path) -> None:
    """Make a complete file read-only, and have the kernel write it to the disk.

    Raises:
        OSError: the file cannot be written.
    """
    path.chmod(0o444)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def synchronize_folder(path: Path) -> None:
    """Have the kernel write the names in a folder to the disk, after a file in it was made or renamed.

    Raises:
        OSError: the folder cannot be written.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; a file that is removed meanwhile does not count."""
    paths = [path]
    if path.is_dir():
        paths = [Path(folder, name) for folder, _, names in os.walk(path) for name in names]
    total = 0
    for each in paths:
        with contextlib.suppress(FileNotFoundError):
            total += each.lstat().st_size
    return total
