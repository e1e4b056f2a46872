"""An engine for a test: with real workers, and gone when the test is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from plangraf.engine.embedded import EmbeddedEngine
from plangraf.engine.limits import Limits
from plangraf.engine.schedule import Policy
from plangraf.engine.source import Source
from plangraf.release.disk import STORE


@asynccontextmanager
async def running(
    quads: Path, limits: Limits | None = None, policy: Policy | None = None
) -> AsyncIterator[EmbeddedEngine]:
    """Yield an engine on a file of quads or an Oxigraph directory; a small one, unless the test says otherwise."""
    on_disk = quads.name == STORE
    source = Source(directory=str(quads)) if on_disk else Source(quads=str(quads))
    engine = EmbeddedEngine(source, limits, policy or Policy(workers=4))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()
