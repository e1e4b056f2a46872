"""Answers kept in memory, by what was asked. One release, one cache: a new release begins with an empty one."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import zstandard
from cachetools import LRUCache

from plangraf.engine.interface import Answer, AnswerForm, Query

WORTH_COMPRESSING = 1024
"""Bytes below which an answer is sent as it is."""


@dataclass
class Kept:
    """An answer that is kept, with what it has been compressed to.

    Attributes:
        form: of the answer.
        media_type: of the answer.
        body: the whole answer.
        rows: how many solutions or triples it has, if they were counted.
        cut: whether it was cut at the rows that were wanted.
        tag: the entity tag of the answer as it is, without quotes.
        encoded: the answer in content codings, by their names.
    """

    form: AnswerForm
    media_type: str
    body: bytes
    rows: int | None
    cut: bool
    tag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return len(self.body) + sum(map(len, self.encoded.values())) + 512


class AnswerCache:
    """Whole answers, bounded by their bytes; the one that was asked for longest ago goes first."""

    def __init__(self, size: int, release: str) -> None:
        self._release = release
        self._kept: LRUCache[Query, Kept] = LRUCache(size, getsizeof=lambda kept: kept.size)
        self._shortcuts: LRUCache[tuple[object, ...], Query] = LRUCache(16384)
        self._underway: dict[Query, asyncio.Future[Kept | None]] = {}
        self.largest = size // 16

    @property
    def held(self) -> int:
        """How many bytes are kept."""
        return int(self._kept.currsize)

    def get(self, query: Query) -> Kept | None:
        """Return the answer to `query`, if it is kept."""
        return self._kept.get(query)

    def shortcut(self, request: tuple[object, ...]) -> tuple[Query, Kept] | None:
        """Return query and answer of a request that was made before in the very same words, if it is kept."""
        query = self._shortcuts.get(request)
        kept = self._kept.get(query) if query is not None else None
        return (query, kept) if query is not None and kept is not None else None

    def remember(self, request: tuple[object, ...], query: Query) -> None:
        """Remember which query a request in these words asks."""
        self._shortcuts[request] = query

    def keep(self, query: Query, answer: Answer, body: bytes) -> Kept:
        """Keep an answer that has been read, unless it is too large to be kept, and return it.

        Args:
            query: what it answers.
            answer: the answer.
            body: all its bytes.
        """
        tag = f"{self._release}-{query.digest}"
        kept = Kept(answer.form, answer.choice.media_type, body, answer.body.rows, answer.cut, tag)
        if kept.size <= self.largest:
            self._kept[query] = kept
        return kept

    async def encoded(self, query: Query, kept: Kept, coding: str) -> bytes:
        """Return the answer in a content coding, and keep it so."""
        data = kept.encoded.get(coding)
        if data is None:
            compress = CODERS[coding]
            data = await asyncio.to_thread(compress, kept.body) if len(kept.body) > 65536 else compress(kept.body)
            kept.encoded[coding] = data
            if query in self._kept and kept.size <= self.largest:
                self._kept[query] = kept  # it has grown: counted anew
        return data

    async def once(self, query: Query, answer: Callable[[], Awaitable[Kept | None]]) -> Kept | None:
        """Have `answer` called once when many ask the same at the same time; the others wait for what it returns.

        Returns:
            the answer; None when there is none to share, so that each must ask for itself: it is too large, or its
            client has gone, or it failed, which may be for that client's own limits.

        Raises:
            Exception: whatever `answer` raises, to the first alone.
        """
        underway = self._underway.get(query)
        if underway is not None:
            return await asyncio.shield(underway)
        future: asyncio.Future[Kept | None] = asyncio.get_running_loop().create_future()
        self._underway[query] = future
        try:
            kept = await answer()
            future.set_result(kept)
            return kept
        finally:
            del self._underway[query]
            if not future.done():
                future.set_result(None)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=5).compress(body)


CODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}
"""What compresses, by content coding."""

CODINGS = tuple(CODERS)
"""The content codings, in the order of our preference."""
