"""The matcher and the linkable things of the shipped data."""

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.matching.linkables import Linkables, read_linkables
from plangraf.matching.matcher import Matcher
from plangraf.release.release import Release
from plangraf.search.index import SearchIndex
from plangraf.search.release_index import INDEX
from plangraf.sources.dataset import list_files


@pytest.fixture(scope="session")
def matcher(release: Release) -> Iterator[Matcher]:
    """Yield the matcher of a release of the shipped data."""
    index = SearchIndex(release.quads.with_name(INDEX))
    yield Matcher(index, release.manifest.publishers)
    index.close()


@pytest.fixture(scope="session")
def shipped_quads() -> Sequence[ox.Quad]:
    """Return the statements of the shipped data."""
    return tuple(quad for file in list_files([shipped.DATA]) for quad in file.read().quads)


@pytest.fixture(scope="session")
def linkables(shipped_quads: Sequence[ox.Quad]) -> Linkables:
    """Return the linkable things of the shipped data."""
    return read_linkables(shipped_quads)
