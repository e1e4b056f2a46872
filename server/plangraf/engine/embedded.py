"""The embedded engine: the release in memory, in this process."""

import io
import os
from collections.abc import AsyncIterator

import anyio
import anyio.to_thread
import pyoxigraph as ox

from plangraf.engine.evaluation import evaluate
from plangraf.engine.interface import Acceptable, Answer, Form, Query
from plangraf.negotiation import Choice
from plangraf.release.release import Release


class EmbeddedEngine:
    """Answers from a store in memory; each query is evaluated and serialized in one call, off the event loop."""

    def __init__(self, release: Release) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
        self._threads = anyio.CapacityLimiter(os.cpu_count() or 1)

    async def evaluate(self, query: Query, acceptable: Acceptable) -> Answer:
        """Evaluate and serialize `query`; see `Engine.evaluate`."""
        form, choice, body = await anyio.to_thread.run_sync(self._evaluate, query, acceptable, limiter=self._threads)
        return Answer(form, choice, _pieces(body))

    def _evaluate(self, query: Query, acceptable: Acceptable) -> tuple[Form, Choice, bytes]:
        out = io.BytesIO()
        form, choice = evaluate(self._store, query, acceptable, out)
        return form, choice, out.getvalue()

    async def close(self) -> None:
        """Let go of the store."""
        self._store = ox.Store()


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    yield body
