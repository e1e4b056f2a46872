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
class Span:
    """Whole lines in a file.

    Attributes:
        offset: the position of the first byte.
        size: the size in bytes.
    """

    offset: int
    size: int


@dataclass(frozen=True)
class StoreUpdate:
    """The lines in which two files of N-Quads differ: all lines outside the spans are in both.

    Attributes:
        before: the path of the file that has been loaded.
        removed: the lines of it that the other file may lack.
        after: the path of the other file.
        added: the lines of it that the first file may lack.
        quads: the number of quads in the other file.
    """

    before: str
    removed: tuple[Span, ...]
    after: str
    added: tuple[Span, ...]
    quads: int

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "StoreUpdate":
        """Return an update from the fields that `dataclasses.asdict` has made of one."""
        spans = {name: tuple(Span(**span) for span in fields[name]) for name in ("removed", "added")}
        return cls(**{**fields, **spans})

    def apply(self, store: ox.Store, replaced: int) -> int:
        """Update a store that holds the file `before`, so that it holds the file `after`.

        Args:
            store: the store, which is of no use if the update fails.
            replaced: the number of quads that earlier updates have removed from it.

        Returns:
            the number of quads that this update and earlier ones have removed.

        Raises:
            UpdateFailed: a file cannot be read, or blank nodes differ, or too much has been removed, or the store
                does not hold as many quads as it should.
        """
        try:
            old, new = _lines(self.before, self.removed), _lines(self.after, self.added)
        except OSError as error:
            raise UpdateFailed(f"{error.filename}: {error.strerror}") from error
        gone, come = old - new, new - old
        replaced += len(gone)
        if replaced > _MOST_REPLACED * self.quads:
            raise UpdateFailed("too much of it has been replaced since it was loaded")
        try:
            for quad in _parse(gone):
                store.remove(quad)
            store.extend(_parse(come))
        except SyntaxError as error:
            raise UpdateFailed(str(error)) from error
        if len(store) != self.quads:
            raise UpdateFailed(f"it would hold {len(store)} quads instead of {self.quads}")
        return replaced


def _lines(path: str, spans: Sequence[Span]) -> set[bytes]:
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
