"""An engine for a test: with real workers, and gone when the test is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy


@asynccontextmanager
async def running(
    quads: Path, limits: Limits | None = None, policy: Policy | None = None
) -> AsyncIterator[EmbeddedEngine]:
    """Yield an engine on a file of quads; a small one, unless the test says otherwise."""
    engine = EmbeddedEngine(quads, limits, policy or Policy(workers=3))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()
