from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.errors import InputError
from plangraf.sparql.examples import load_examples


def test_the_shipped_examples_have_titles_and_text_without_them() -> None:
    examples = load_examples(shipped.DATA / "queries")
    assert len(examples) >= 6
    for example in examples:
        assert set(example.titles) >= {"nb", "en"}
        assert "title@" not in example.text
        assert "SELECT" in example.text


def test_an_example_without_a_title_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text("# title@en: Everything\nSELECT * { ?s ?p ?o }\n")
    with pytest.raises(InputError, match=r"one\.rq: needs a line: # title@nb"):
        load_examples(tmp_path)
