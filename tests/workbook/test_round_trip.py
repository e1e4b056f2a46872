from datetime import datetime
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.workbook.books import PLAN, read, statements, values

from plangraf import shipped
from plangraf.namespaces import GRAPH, expand
from plangraf.release.plan_source import PlanSource, read_plan
from plangraf.sources.dataset import list_files
from plangraf.workbook.csv_folder import csv_folder_files, read_csv_folder
from plangraf.workbook.example import example_rows
from plangraf.workbook.from_statements import from_statements
from plangraf.workbook.to_statements import to_statements
from plangraf.workbook.xlsx_writer import write_xlsx

PLANS = sorted(path.parent for path in shipped.DATA.glob("*/*/plan.ttl"))


@cache
def plan(folder: Path) -> PlanSource:
    return read_plan(folder)


@cache
def shipped_quads() -> tuple[ox.Quad, ...]:
    return tuple(quad for file in list_files([shipped.DATA]) for quad in file.read().quads)


def graphs_below(code: str) -> set[ox.Quad]:
    graph = GRAPH + code
    return {
        quad
        for quad in shipped_quads()
        if isinstance(quad.graph_name, ox.NamedNode) and f"{quad.graph_name.value}/".startswith(f"{graph}/")
    }


@pytest.mark.parametrize("folder", PLANS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_plan_returns_from_a_workbook_unchanged(folder: Path) -> None:
    source = plan(folder)
    assert source.addresses.code == folder.relative_to(shipped.DATA).as_posix()
    assert set(source.quads) == graphs_below(source.addresses.code)
    made = from_statements(source.quads, source.addresses)
    assert (made.lost, made.added) == ((), ())
    found = read(write_xlsx(made.rows))
    assert found.findings == ()
    assert set(found.quads) == set(source.quads)


@pytest.mark.parametrize("folder", PLANS, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_shipped_plan_returns_from_csv_unchanged(folder: Path, delimiter: str, tmp_path: Path) -> None:
    source = plan(folder)
    rows = from_statements(source.quads, source.addresses, "en").rows
    for name, data in csv_folder_files(rows, "en", delimiter=delimiter).items():
        (tmp_path / name).write_bytes(data)
    read_rows = read_csv_folder(tmp_path)
    found = to_statements(read_rows.rows, read_rows.findings)
    assert found.findings == ()
    assert set(found.quads) == set(source.quads)


def test_the_same_plan_gives_the_same_bytes() -> None:
    time = datetime(2026, 11, 26, 12, 0, 0)  # the times of a zip archive have no zone
    first, second = (write_xlsx(example_rows("nb"), time=time) for _ in range(2))
    assert first == second
    assert first != write_xlsx(example_rows("nb"))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_example_is_the_same_plan_in_both_languages(language: str) -> None:
    rows = example_rows("nb" if language == "nb" else "en")
    found = read(write_xlsx(rows, "nb" if language == "nb" else "en"))
    assert found.findings == ()
    assert set(found.quads) == set(statements(example_rows("nb")).quads)
    assert values(found, PLAN, expand("skos:prefLabel")) == ["Eksempelvikplanen", "The Eksempelvik Plan"]


def test_what_a_workbook_cannot_hold_is_listed() -> None:
    source = statements(example_rows("nb"))
    graph = ox.NamedNode(source.addresses.graph())
    subject = ox.NamedNode(f"{PLAN}/goal/1")
    foreign = [
        ox.Quad(subject, ox.NamedNode("http://example.org/p"), ox.NamedNode("http://example.org/o"), graph),
        ox.Quad(subject, ox.NamedNode(expand("dct:relation")), ox.BlankNode("b"), graph),
        ox.Quad(subject, ox.NamedNode(expand("skos:note")), ox.Literal("to  ord", language="nb"), graph),
        ox.Quad(subject, ox.NamedNode(expand("skos:note")), ox.Literal("Wort", language="de"), graph),
    ]
    made = from_statements([*source.quads, *foreign], source.addresses)
    assert set(made.lost) == set(foreign)
    assert made.added == ()


def test_a_text_with_the_separator_keeps_its_place_on_the_sheet_of_texts() -> None:
    source = statements(example_rows("nb"))
    graph = ox.NamedNode(source.addresses.graph())
    text = ox.Literal("vann | vei", language="nb")
    note = ox.Quad(ox.NamedNode(f"{PLAN}/goal/1"), ox.NamedNode(expand("skos:note")), text, graph)
    made = from_statements([*source.quads, note], source.addresses)
    assert made.lost == ()
    assert "vann | vei" in [row.text("text") for row in made.rows.of("texts")]
