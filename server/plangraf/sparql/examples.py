"""Example queries: files that begin with a title and a description in bokmål and in English, and often in nynorsk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plangraf.errors import InputError
from plangraf.languages import BILINGUAL_LANGUAGES, InterfaceLanguage, bilingual

_HEAD = re.compile(r"^#\s*(title|description)@(\w+):\s*(.+)\n?", re.MULTILINE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class ExampleQueryFile:
    """An example query, read from a file.

    Attributes:
        key: the file name, without the extension.
        titles: the titles by language.
        descriptions: the descriptions by language.
        text: the query, without titles and descriptions. It selects labels in bokmål.
    """

    key: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str

    def text_in(self, language: InterfaceLanguage) -> str:
        """Return the query for labels in bokmål or English, which most things have; only the tags differ."""
        return self.text.replace('"nb"', f'"{bilingual(language)}"')


def load_examples(folder: Path) -> tuple[ExampleQueryFile, ...]:
    """Return the example queries (`*.rq`) of a folder, in the order of the numbers at the start of their names.

    Raises:
        InputError: a query lacks a title or a description in bokmål or English.
    """
    examples = []
    for path in sorted(folder.glob("*.rq"), key=_order):
        source = path.read_text(encoding="utf-8")
        head: dict[str, dict[str, str]] = {"title": {}, "description": {}}
        for kind, language, words in _HEAD.findall(source):
            head[kind][language] = words.strip()
        for kind, says in (("title", "what the query answers"), ("description", "what to know about it")):
            for language in BILINGUAL_LANGUAGES:
                if language not in head[kind]:
                    raise InputError(f"needs a line: # {kind}@{language}: {says}", path)
        text = _HEAD.sub("", source).strip() + "\n"
        examples.append(ExampleQueryFile(path.stem, head["title"], head["description"], text))
    return tuple(examples)


def _order(path: Path) -> tuple[int, str]:
    number = _NUMBER.match(path.name)
    return (int(number[0]) if number else 1 << 30, path.name)
