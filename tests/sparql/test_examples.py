from pathlib import Path

import httpx
import pytest

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.languages import InterfaceLanguage
from plangraf.sparql.examples import ExampleQueryFile, load_examples

EXAMPLES = load_examples(shipped.DATA / "queries")


def test_the_shipped_examples_have_titles_and_text_without_them() -> None:
    assert len(EXAMPLES) >= 15
    for example in EXAMPLES:
        assert set(example.titles) >= {"nb", "nn", "en"}
        assert set(example.descriptions) >= {"nb", "nn", "en"}
        assert "title@" not in example.text
        assert "description@" not in example.text
        assert "SELECT" in example.text
    for language in ("nb", "nn", "en"):
        titles = [example.titles[language] for example in EXAMPLES]
        assert len(set(titles)) == len(titles)
    assert len({example.text for example in EXAMPLES}) == len(EXAMPLES)


def test_the_examples_come_in_the_order_of_their_numbers() -> None:
    numbers = [int(example.key.partition("-")[0]) for example in EXAMPLES]
    assert numbers == list(range(1, len(EXAMPLES) + 1))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_an_example_answers_and_says_nothing_twice(server: str, example: ExampleQueryFile) -> None:
    answer = httpx.post(
        f"{server}/sparql", data={"query": example.text}, headers={"Accept": "text/tab-separated-values"}
    )
    assert answer.status_code == 200, answer.text
    rows = answer.text.removesuffix("\n").split("\n")[1:]
    assert rows
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_an_example_answers_as_much_in_english_and_in_english_alone(server: str, example: ExampleQueryFile) -> None:
    def rows(language: InterfaceLanguage) -> list[dict[str, dict[str, str]]]:
        answer = httpx.post(f"{server}/sparql", data={"query": example.text_in(language)})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
        return found

    assert example.text_in("nb") == example.text
    assert len(rows("en")) == len(rows("nb"))
    assert {cell.get("xml:lang", "en") for row in rows("en") for cell in row.values()} == {"en"}


def test_an_example_without_a_title_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text("# title@en: Everything\nSELECT * { ?s ?p ?o }\n")
    with pytest.raises(InputError, match=r"one\.rq: needs a line: # title@nb"):
        load_examples(tmp_path)


def test_an_example_without_a_description_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text(
        "# title@nb: Alt\n# title@en: Everything\n# description@nb: Alt som er\nSELECT * { ?s ?p ?o }\n"
    )
    with pytest.raises(InputError, match=r"one\.rq: needs a line: # description@en"):
        load_examples(tmp_path)
