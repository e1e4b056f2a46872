"""A server of the shipped data for the tests of the reconciliation service, and the schemas of its specification."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.servers import serving
from tests.site.reconcile.schemas import Schemas

from plangraf.release.release import Release


@pytest.fixture(scope="package")
def client(release: Release) -> Iterator[httpx.Client]:
    """Yield a client of a server of the shipped data."""
    with serving(release=release.path) as server, httpx.Client(base_url=server.address) as found:
        yield found


@pytest.fixture(scope="package")
def schemas(conformance: Path) -> Schemas:
    """Return the schemas of version 0.2."""
    return Schemas(conformance / "reconciliation" / "0.2")
