"""The quads of a release, or of some of its parts, in memory: for queries that a build or a command asks once."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast

import pyoxigraph as ox

from plangraf.engine.ask import Solution, Term

_LINES = 2000
_BUFFER = 256 * 1024


class ReleaseStore:
    """An in-memory store.

    Args:
        lines: the lines of canonical N-Quads to load.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._store = ox.Store()
        self.load(lines)

    def load(self, lines: Iterable[bytes]) -> None:
        """Add the quads in further lines."""
        # One call for all lines, because each call gives blank nodes new names.
        file = io.BufferedReader(_LinesFile(lines), _BUFFER)
        self._store.bulk_load(file, format=ox.RdfFormat.N_QUADS)

    def select(self, text: str) -> Iterator[Solution]:
        """Yield the solutions of a SELECT query; an unbound variable is not in its solution."""
        results = self._store.query(text)
        assert isinstance(results, ox.QuerySolutions)  # noqa: S101  # our own queries are SELECT queries
        names = [variable.value for variable in results.variables]
        for solution in results:
            yield {name: cast("Term", solution[name]) for name in names if solution[name] is not None}


class _LinesFile(io.RawIOBase):
    """Lines as a file that can be read once."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        super().__init__()
        self._lines = iter(lines)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Return that the file can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io passes a memoryview
        """Copy the next bytes into `buffer`, and return their number; 0 is the end."""
        if not self._rest:
            self._rest = memoryview(b"".join(islice(self._lines, _LINES)))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
