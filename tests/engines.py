"""An engine for a test: with real workers, and gone when the test is; and one that counts what it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.interface import Answer, Engine, EngineStatistics, Query
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy
from plangraf.engine.store_location import StoreLocation
from plangraf.release.disk import STORE


@asynccontextmanager
async def running(
    quads: Path, limits: Limits | None = None, policy: Policy | None = None
) -> AsyncIterator[EmbeddedEngine]:
    """Yield an engine on a file of quads or an Oxigraph directory; a small one, unless the test says otherwise."""
    on_disk = quads.name == STORE
    source = StoreLocation(directory=str(quads)) if on_disk else StoreLocation(quads=str(quads))
    engine = EmbeddedEngine(source, limits, policy or Policy(workers=4))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


class Counting:
    """An engine that counts what it is asked, and has another, which runs already, answer it.

    Attributes:
        asked: the texts of the queries.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: list[str] = []

    async def start(self) -> None:
        """Do nothing: the other is running."""

    def statistics(self) -> EngineStatistics:
        """Return what the other is doing."""
        return self._engine.statistics()

    async def close(self) -> None:
        """Do nothing: whoever started the other closes it."""

    async def evaluate(self, query: Query) -> Answer:
        """Count, and ask the other."""
        self.asked.append(query.text)
        return await self._engine.evaluate(query)
