from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.matching.linkables import Linkables, read_linkables
from plangraf.sources.dataset import list_files


@pytest.fixture(scope="session")
def shipped_quads() -> Sequence[ox.Quad]:
    """Return the statements of the shipped data."""
    return tuple(quad for file in list_files([shipped.DATA]) for quad in file.read().quads)


@pytest.fixture(scope="session")
def linkables(shipped_quads: Sequence[ox.Quad]) -> Linkables:
    """Return the linkable things of the shipped data."""
    return read_linkables(shipped_quads)
