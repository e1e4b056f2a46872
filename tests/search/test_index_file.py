"""The index file: reproducible, and the same content whether it is made whole or changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from plangraf.errors import InputError
from plangraf.release.release import Release
from plangraf.search.criteria import Criteria
from plangraf.search.index import SearchIndex
from plangraf.search.index_file import layout, layout_of, update_index, write_index
from plangraf.search.resource_texts import parse_texts
from plangraf.search.statements import IndexSource

PLAN = """
<http://e.org/{plan}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/plangraf/ontology#Plan> .
<http://e.org/{plan}> <http://purl.org/dc/terms/title> "Plan for {plan}"@nb .
<http://e.org/{plan}> <http://purl.org/dc/terms/publisher> <http://e.org/{plan}/publisher> .
"""
GOAL = """
<{goal}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/plangraf/ontology#Goal> .
<{goal}> <http://www.w3.org/2004/02/skos/core#inScheme> <{plan}> .
<{goal}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{label}"@{language} .
<{goal}> <http://www.w3.org/2004/02/skos/core#notation> "{notation}" .
"""


def _source(*texts: str) -> IndexSource:
    source = IndexSource()
    for text in texts:
        source.read(line + b"\n" for line in text.strip().encode().split(b"\n") if line)
    return source


def _plan(name: str, *labels: str, language: str = "nb") -> str:
    goals = (
        GOAL.format(
            goal=f"http://e.org/{name}/{number}",
            plan=f"http://e.org/{name}",
            label=label,
            language=language,
            notation=number,
        ).strip()
        for number, label in enumerate(labels, start=1)
    )
    return "\n".join((PLAN.format(plan=name).strip(), *goals))


def index_content(path: Path) -> dict[str, object]:
    """Return what an index says, without the numbers that it uses."""
    index = SearchIndex(path)
    texts = ("", "klima", "barn", "bolig", "plan", "vann", "1", "2", "sjø")
    with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(path)) as file:
        file.backup(database)
        stored = database.execute("SELECT iri, texts FROM texts ORDER BY iri").fetchall()
        notations = database.execute(
            "SELECT key, iri FROM notations JOIN things ON thing = id ORDER BY key, iri"
        ).fetchall()
        similar = database.execute(
            "SELECT topic, editorial, publisher, goal, iri FROM similar JOIN things ON thing = id ORDER BY 1, 2, 3, 4"
        ).fetchall()
        database.execute("INSERT INTO terms (terms) VALUES ('integrity-check')")
    found = {
        "found": [index.search(Criteria(text)) for text in texts],
        "suggested": [index.suggest(text, 8) for text in (*texts, "k", "b")],
        "texts": stored,
        "notations": notations,
        "similar": similar,
    }
    index.close()
    return found


def test_the_same_source_gives_the_same_bytes(release: Release, tmp_path: Path) -> None:
    for name in ("one", "two"):
        source = IndexSource()
        with release.quads.open("rb") as lines:
            source.read(lines)
        write_index(tmp_path / name, source)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert layout_of(tmp_path / "one") == layout()


@pytest.mark.parametrize(
    "after",
    [
        _plan("b", "Klima", "Barn og bolig"),
        _plan("b", "Barn"),
        _plan("b", "Klima", "Vann", "Barn", "Bolig for alle", "Klima igjen"),
        _plan("b", "Climate", "Barn", language="en"),
        "",
        _plan("d", "Klima"),
    ],
)
def test_a_changed_index_says_what_a_new_one_says(tmp_path: Path, after: str) -> None:
    before, others = _plan("b", "Klima", "Barn"), (_plan("a", "Klima", "Vann"), _plan("c", "Barn", "Sjø"))
    write_index(tmp_path / "changed", _source(*others, before))
    write_index(tmp_path / "whole", _source(*others, after))
    update_index(tmp_path / "changed", _source(before), _source(after))
    assert index_content(tmp_path / "changed") == index_content(tmp_path / "whole")
    update_index(tmp_path / "changed", _source(after), _source(before))
    write_index(tmp_path / "first", _source(*others, before))
    assert index_content(tmp_path / "changed") == index_content(tmp_path / "first")


def test_texts_of_any_characters_come_back(tmp_path: Path) -> None:
    label = r"A \"quoted\" line\nand\tanother \\ \u0085 \u2028 ø 🌍"
    write_index(tmp_path / "index", _source(_plan("a", label)))
    index = SearchIndex(tmp_path / "index")
    texts = {str(triple.object) for triple in parse_texts(index.labels(["http://e.org/a/1"]))}
    index.close()
    assert '"A \\"quoted\\" line\\nand\\tanother \\\\ \x85 \u2028 ø 🌍"@nb' in texts


def test_graphs_do_not_count(tmp_path: Path) -> None:
    line = '<http://e.org/x> <http://purl.org/dc/terms/title> "In <a> graph ." <http://e.org/g> .'
    write_index(tmp_path / "index", _source(line, _plan("a", "Klima")))
    index = SearchIndex(tmp_path / "index")
    assert index.labels(["http://e.org/x"]) == []
    index.close()


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"no database " * 1000)
    assert layout_of(tmp_path / "index") is None
    with pytest.raises(InputError, match="is not an index"):
        SearchIndex(tmp_path / "index")
