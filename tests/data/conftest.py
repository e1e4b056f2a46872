"""What the tests of the data share: the release in a store."""

import pyoxigraph as ox
import pytest

from plangraf.release.release import Release


@pytest.fixture(scope="package")
def store(release: Release) -> ox.Store:
    """Return the release of the shipped data, in memory."""
    loaded = ox.Store()
    loaded.bulk_load(path=str(release.quads), format=ox.RdfFormat.N_QUADS)
    return loaded
