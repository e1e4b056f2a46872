"""What is found of a plan, by kind; the vocabulary's own values are not found."""

import json

import pytest
from tests.site.eksempelvik import get

from plangraf.release.release import Release


@pytest.mark.parametrize(("kind", "count"), [("focus-area", 2), ("goal", 4), ("measure", 3), ("strength", 1)])
def test_each_kind_is_a_facet_with_its_word(eksempelvik: Release, kind: str, count: int) -> None:
    [text] = get(eksempelvik, f"/search.json?kind={kind}&lang=nb")
    found = json.loads(text)
    assert found["total"] == count
    assert {result["kind"] for result in found["results"]} == {kind}
    words = {choice["value"]: choice["name"] for choice in found["facets"]["kind"]}
    assert (
        words[kind]
        == {
            "focus-area": "satsingsområde",
            "goal": "mål",
            "measure": "tiltak",
            "strength": "styrke",
        }[kind]
    )


def test_the_order_of_a_thing_is_not_searched_as_its_number(eksempelvik: Release) -> None:
    [by_order, by_number] = get(eksempelvik, "/search.json?q=2&kind=measure", "/search.json?q=A2&kind=goal")
    assert json.loads(by_order)["total"] == 0
    assert [result["notation"] for result in json.loads(by_number)["results"]][:1] == ["A2"]


@pytest.mark.parametrize("text", ["under arbeid", "har ingen strategier", "redaksjonell"])
def test_the_values_of_the_vocabulary_are_not_found(eksempelvik: Release, text: str) -> None:
    [answer] = get(eksempelvik, f"/search.json?q={text}")
    assert json.loads(answer)["total"] == 0
