"""A site in this process, as sources are."""

from collections.abc import Iterator

import pytest
from tests.harvesting.web import Site, site


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    """Yield a site."""
    with site() as found:
        yield found


@pytest.fixture
def web(running: Site) -> Site:
    """Return the site without pages, and as if nothing had been asked of it."""
    running.pages.clear()
    running.asked.clear()
    return running
