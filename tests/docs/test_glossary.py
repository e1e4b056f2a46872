"""The glossary and the code agree: each class that it names is there, once, and no class has a name to avoid."""

import ast
import re
from collections import Counter

import pytest
from tests.docs.documents import DOCS, ROOT, cases

GLOSSARY = DOCS / "glossary.md"
_ROW = re.compile(r"^\| (?P<word>.+?) \| (?P<means>.+?) \|(?P<avoid>.*)\|$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`(?! header)")
_CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*")
_ATTRIBUTE = re.compile(r"[a-z]+(?:_[a-z]+)*")

_TREES = [
    ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "server" / "plangraf").rglob("*.py"))
]
CLASSES = Counter(node.name for tree in _TREES for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
ATTRIBUTES = {
    node.target.id
    for tree in _TREES
    for node in ast.walk(tree)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
}


def _rows() -> list[dict[str, str]]:
    rows = [match.groupdict() for match in _ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))]
    return [row for row in rows if row["word"] not in ("word", "---")]


def _named() -> list[str]:
    return [code for row in _rows() for code in _CODE.findall(f"{row['word']} {row['means']}")]


def _avoided() -> list[str]:
    return [word.strip() for row in _rows() for word in row["avoid"].split(",") if word.strip()]


def _as_class(words: str) -> str:
    """Return what a class of a term would be called."""
    return "".join(word.capitalize() for word in words.split())


@cases([name for name in _named() if _CLASS.fullmatch(name)])
def test_a_class_that_is_named_is_there_once(case: str) -> None:
    assert CLASSES[case] == 1


@cases([name for name in _named() if _ATTRIBUTE.fullmatch(name) and name not in ("build", "validate", "sources")])
def test_an_attribute_that_is_named_is_there(case: str) -> None:
    assert case in ATTRIBUTES


@cases(_avoided())
def test_no_class_has_a_name_that_is_to_be_avoided(case: str) -> None:
    names = {name.lstrip("_") for name in CLASSES}
    assert _as_class(case) not in names


def test_no_term_stands_twice_or_is_to_be_avoided() -> None:
    words = [row["word"] for row in _rows()]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert set(words) & set(_avoided()) == set()


@pytest.mark.parametrize(("words", "expected"), [("dump maker", "DumpMaker"), ("kept", "Kept")])
def test_terms_are_compared_as_names_of_classes(words: str, expected: str) -> None:
    assert _as_class(words) == expected
