"""A matcher of the shipped data."""

from collections.abc import Iterator

import pytest

from plangraf.matching.matcher import Matcher
from plangraf.release.release import Release
from plangraf.search.index import SearchIndex
from plangraf.search.release_index import INDEX


@pytest.fixture(scope="session")
def matcher(release: Release) -> Iterator[Matcher]:
    """Yield the matcher of a release of the shipped data."""
    index = SearchIndex(release.quads.with_name(INDEX))
    yield Matcher(index, release.manifest.publishers)
    index.close()
