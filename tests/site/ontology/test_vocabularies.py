"""The page of the shapes: every shape, rule and hint, in two languages, with its examples."""

import re

import httpx
import pytest
from tests.validation.shipped_names import names_with_a_message

from plangraf import shipped
from plangraf.validation.examples import read_examples
from plangraf.validation.shapes import Shapes


@pytest.mark.parametrize(("language", "word"), [("nb", "Ugyldig"), ("en", "Invalid")])
def test_every_shape_that_speaks_has_its_anchor_and_its_examples(
    server: str, shapes: Shapes, language: str, word: str
) -> None:
    page = httpx.get(f"{server}/shapes.html", params={"lang": language}).text
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    names = names_with_a_message(shapes)
    assert names <= set(anchors)
    for name in names:
        assert f"psh:{name}</summary>" in page
    assert page.count(f"<p>{word}</p>") >= len(names)


def test_examples_are_shown_as_code(server: str) -> None:
    page = httpx.get(f"{server}/shapes.html", params={"lang": "en"}).text
    example = read_examples(shipped.EXAMPLES)["Namespace"].invalid
    escaped = example.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert escaped in page
    assert "http://purl.org/dc/creator" in example


def test_the_examples_are_not_among_the_shapes(server: str) -> None:
    assert "example.org" not in httpx.get(f"{server}/shapes.nt").text
