"""Example queries: files with a title in each language in their first lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plangraf.errors import InputError
from plangraf.languages import INTERFACE_LANGUAGES

_TITLE = re.compile(r"^#\s*title@(\w+):\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """An example query.

    Attributes:
        key: the name of its file, without the ending.
        titles: what it answers, by language.
        text: the query, without the titles.
    """

    key: str
    titles: Mapping[str, str]
    text: str


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Read the example queries (`*.rq`) of a folder, in the order of their names.

    Raises:
        InputError: a query lacks a title in a language of the interface.
    """
    examples = []
    for path in sorted(folder.glob("*.rq")):
        source = path.read_text(encoding="utf-8")
        titles = dict(_TITLE.findall(source))
        for language in INTERFACE_LANGUAGES:
            if language not in titles:
                raise InputError(f"needs a line: # title@{language}: what the query answers", path)
        examples.append(Example(path.stem, titles, _TITLE.sub("", source).strip() + "\n"))
    return tuple(examples)
