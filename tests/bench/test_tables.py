import math
import os

import pytest
from bench.processes import memory
from bench.reach import GOALS, reach_table
from bench.servers import SERVERS
from bench.tables import keep, number, option, ratio, replace, table, values

from plangraf import shipped

DOCUMENT = "Before\n\n<!-- bench: a -->\nold\n<!-- end: a -->\n\nAfter\n"


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (12.34, "12.3"), (0.01234, "0.0123"), (0, "0"), (math.inf, "none")]
)
def test_a_number_has_three_digits_that_count(value: float, text: str) -> None:
    assert number(value) == text


def test_an_option_can_be_given_again_as_it_is_shown() -> None:
    assert option("storm_seconds", 8) == "--storm-seconds 8"
    assert option("servers", ("plangraf", "oxigraph serve")) == "--servers 'plangraf,oxigraph serve'"


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio(1, 0) == "none"
    assert ratio(3, 2) == "1.50"


def test_tables_of_a_document_are_replaced_and_the_rest_stays() -> None:
    once = replace(DOCUMENT, "a", "new")
    assert once == "Before\n\n<!-- bench: a -->\n\nnew\n<!-- end: a -->\n\nAfter\n"
    assert replace(once, "a", "new") == once


def test_a_document_without_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="no markers for b"):
        replace(DOCUMENT, "b", "new")


def test_a_document_keeps_values_from_run_to_run() -> None:
    assert values(keep("a table", {"start": 1.5, "storm p99": math.inf})) == {"start": 1.5, "storm p99": math.inf}
    assert values("nothing kept") == {}


def test_what_is_reached_is_told_from_what_is_not() -> None:
    said = reach_table({"start": 1.9, "build seconds": 30.1})
    assert "| 1.90 | yes |" in said
    assert "| 30.1 | no |" in said
    assert said.count("not measured") == len(GOALS) - 2


def test_each_part_has_its_place_in_the_guide() -> None:
    guide = (shipped.ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for name in ("reach", "queries", "pages", "storm", "memory-before", "memory-after", "start", "curve", "build"):
        assert replace(guide, name, "") != guide
    for name in SERVERS:
        assert name.split()[0] in guide


def test_memory_counts_a_process() -> None:
    held = memory(os.getpid())
    assert held.processes >= 1
    assert 0 < held.pss <= held.rss
