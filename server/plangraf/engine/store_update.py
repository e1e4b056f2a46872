"""The update of a store in memory from one file of N-Quads to another that differs from it in a few places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

_MOST_REPLACED = 0.5
"""The share of a store that updates may remove after it was loaded: what is removed stays in memory."""


class UpdateFailed(Exception):  # noqa: N818  # named for the state of the store
    """A store cannot be updated, so that the file must be loaded from the beginning; the message says why."""


@dataclass(frozen=True)
class ByteRange:
    """Whole lines in a file.

    Attributes:
        offset: the position of the first byte.
        size: the size in bytes.
    """

    offset: int
    size: int


@dataclass(frozen=True)
class StoreSize:
    """The size of a store in memory.

    Attributes:
        quads: the number of quads.
        replaced: the number of quads that updates have removed since it was loaded.
    """

    quads: int
    replaced: int = 0


@dataclass(frozen=True)
class StoreUpdate:
    """The lines in which two files of N-Quads differ: all lines outside the ranges are in both.

    Attributes:
        before: the path of the file that has been loaded.
        quads_before: the number of lines in it.
        removed: the lines of it that the other file may lack.
        after: the path of the other file.
        quads_after: the number of lines in that.
        added: the lines of it that the first file may lack.
    """

    before: str
    quads_before: int
    removed: tuple[ByteRange, ...]
    after: str
    quads_after: int
    added: tuple[ByteRange, ...]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "StoreUpdate":
        """Return an update from the fields that `dataclasses.asdict` has made of one."""
        ranges = {name: tuple(ByteRange(**each) for each in fields[name]) for name in ("removed", "added")}
        return cls(**{**fields, **ranges})

    def apply(self, store: ox.Store, size: StoreSize) -> StoreSize:
        """Update a store that holds the file `before`, so that it holds the file `after`.

        A line that is in a file twice would be one quad. Neither file has such a line if the store holds as many
        quads as both have lines; this is told without looking at all quads, which would copy the memory of a forked
        process.

        Args:
            store: the store, which is of no use if the update fails.
            size: its size.

        Returns:
            its size after the update.

        Raises:
            UpdateFailed: a file cannot be read, or blank nodes differ, or too much has been removed, or the store
                does not hold what the files say.
        """
        try:
            old, new = _lines(self.before, self.removed), _lines(self.after, self.added)
        except OSError as error:
            raise UpdateFailed(f"{error.filename}: {error.strerror}") from error
        gone, come = old - new, new - old
        updated = StoreSize(size.quads - len(gone) + len(come), size.replaced + len(gone))
        if updated.replaced > _MOST_REPLACED * updated.quads:
            raise UpdateFailed("too much of it has been replaced since it was loaded")
        for number, expected in ((size.quads, self.quads_before), (updated.quads, self.quads_after)):
            if number != expected:
                raise UpdateFailed(f"the store would hold {number} quads instead of {expected}")
        try:
            removed, added = _parse(gone), _parse(come)
        except SyntaxError as error:
            raise UpdateFailed(str(error)) from error
        if not all(quad in store for quad in removed) or any(quad in store for quad in added):
            raise UpdateFailed("the store does not hold what the files say")
        for quad in removed:
            store.remove(quad)
        store.extend(added)
        return updated


def _lines(path: str, spans: Sequence[ByteRange]) -> set[bytes]:
    found: set[bytes] = set()
    with Path(path).open("rb") as file:
        for span in spans:
            file.seek(span.offset)
            found.update(file.read(span.size).splitlines(keepends=True))
    return found


def _parse(lines: set[bytes]) -> list[ox.Quad]:
    """Return the quads of lines.

    Raises:
        SyntaxError: the lines are no N-Quads.
        UpdateFailed: they have blank nodes, which a store renames when it loads a file.
    """
    quads = list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
    if any(isinstance(term, ox.BlankNode | ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        raise UpdateFailed("it differs in blank nodes")
    return quads
