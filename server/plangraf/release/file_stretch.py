"""Stretches of files, which are copied and hashed with few calls and without passing through Python."""

import hashlib
import mmap
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedWriter
from pathlib import Path

from plangraf.errors import InputError

_PIECE = 1024 * 1024
"""The size of the chunks that `read` yields, in bytes."""


@dataclass(frozen=True)
class FileStretch:
    """A stretch of a file.

    Attributes:
        path: the path of the file.
        offset: the position of the first byte.
        size: the size in bytes.
    """

    path: Path
    offset: int
    size: int

    def read(self) -> Iterator[bytes]:
        """Yield the content in chunks.

        Raises:
            InputError: the file is too short.
            OSError: it cannot be read.
        """
        left = self.size
        with self.path.open("rb") as file:
            file.seek(self.offset)
            while left and (piece := file.read(min(left, _PIECE))):
                left -= len(piece)
                yield piece
        if left:
            raise self._too_short(left)

    def copy(self, target: BufferedWriter) -> None:
        """Append the content to a file.

        Raises:
            InputError: the file is too short.
            OSError: it cannot be read, or the other one cannot be written.
        """
        target.flush()
        left = self.size
        with self.path.open("rb") as file:
            while left and (
                copied := os.sendfile(target.fileno(), file.fileno(), self.offset + self.size - left, left)
            ):
                left -= copied
        if left:
            raise self._too_short(left)

    def hash(self, digest: "hashlib._Hash") -> None:
        """Update a hash with the content.

        Raises:
            InputError: the file is too short.
            OSError: it cannot be read.
        """
        if not self.size:
            return
        with self.path.open("rb") as file:
            missing = self.offset + self.size - os.fstat(file.fileno()).st_size
            if missing > 0:
                raise self._too_short(missing)
            with (
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
                memoryview(mapped) as view,
                view[self.offset : self.offset + self.size] as stretch,
            ):
                digest.update(stretch)

    def _too_short(self, missing: int) -> InputError:
        return InputError(f"is shorter than expected, by {missing} bytes; build again", self.path)


def joined(stretches: Iterable[FileStretch]) -> Iterator[FileStretch]:
    """Yield stretches, those together that follow each other in a file."""
    last: FileStretch | None = None
    for stretch in stretches:
        if last is not None and (last.path, last.offset + last.size) == (stretch.path, stretch.offset):
            last = replace(last, size=last.size + stretch.size)
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last
