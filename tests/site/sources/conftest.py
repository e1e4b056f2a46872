"""A server whose state folder has records of sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import serving
from tests.site.sources.records import write


@pytest.fixture(scope="package")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder with records of sources."""
    return write(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="package")
def site(state: Path) -> Iterator[str]:
    """Yield the address of a server with this state folder."""
    with serving(state=state) as server:
        yield server.address
