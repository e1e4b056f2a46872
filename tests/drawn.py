"""The trees of errors that docstrings draw."""

import re
from typing import TypeVar

from plangraf.errors import PlangrafError

E = TypeVar("E", bound=PlangrafError)


def below(root: type[E]) -> set[type[E]]:
    """Return the classes that descend from `root`."""
    return {descendant for child in root.__subclasses__() for descendant in (child, *below(child))}


def drawn(docstring: str | None) -> dict[str, str]:
    """Return the end of each line of the drawn tree, by the class that the line is about."""
    assert docstring is not None
    line = r"^ {4}[│├└─ ]*(\w+)(?: .*?)??(?: {2,}(exit \d|status|\d{3}))?$"
    return dict(re.findall(line, docstring, re.MULTILINE))
