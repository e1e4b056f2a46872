"""The programs that make documents."""

import pytest
from tests.libreoffice import libreoffice


@pytest.fixture(scope="session")
def office() -> str:
    """Return the path of LibreOffice."""
    return libreoffice()
