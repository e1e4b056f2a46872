import asyncio
from typing import NoReturn

import pytest
from tests.engines import Counting, running

from plangraf.app import make_services
from plangraf.release.release import Release
from plangraf.settings import load


class Closing(Counting):
    """An engine that says whether it has been closed."""

    closed = False

    async def close(self) -> None:
        self.closed = True


def test_the_engine_is_closed_even_if_another_service_fails_to_close(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> NoReturn:
        raise OSError("no")

    async def run() -> None:
        async with running(release.quads) as engine:
            closing = Closing(engine)
            services = make_services(closing, release.manifest, release.quads, (), (), load())
            for service in (services.background, services.search, services.facts):
                monkeypatch.setattr(service, "close", fail)
            with pytest.raises(OSError, match="no"):
                await services.close()
            assert closing.closed

    asyncio.run(run())
