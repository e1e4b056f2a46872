"""What is read of a thing from the lines of a release."""

import json
from pathlib import Path

import pytest

from plangraf.namespaces import GRAPH, ID, expand
from plangraf.release.described import DescribedRelease
from plangraf.release.release import PARTS, QUADS
from plangraf.release.thing_facts import DescribedThings, ThingFacts, stated

A = f"<{ID}a>"
LABEL, NAME, TYPE = (f"<{expand(name)}>" for name in ("skos:prefLabel", "foaf:name", "rdf:type"))
G = f"<{GRAPH}g>"


def _things(folder: Path, *lines: str) -> DescribedThings:
    content = "".join(f"{line} .\n" for line in sorted(lines)).encode()
    (folder / QUADS).write_bytes(content)
    part = {"name": "g", "offset": 0, "size": len(content), "input_digest": "", "plans": []}
    (folder / PARTS).write_text(json.dumps({"build_digest": "", "parts": [part]}), encoding="utf-8")
    return DescribedThings(DescribedRelease.open(folder), ["g"])


def _facts(folder: Path, *statements: str) -> ThingFacts | None:
    return _things(folder, *(f"{A} {statement}" for statement in statements)).facts(A.encode())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (['"å"@nb', '"b"@en'], {"nb": "å", "en": "b"}),
        (['"a"'], {"": "a"}),
        (['"a \\"b\\" @nb \\\\"@nn'], {"nn": 'a "b" @nb \\'}),
        (['"a> <b> ."@nb'], {"nb": "a> <b> ."}),
        (['"line\\nline"@nb'], {"nb": "line\nline"}),
        (['"1"^^<http://e.org/t>'], {"": "1"}),
        (["<http://e.org/no-text>"], {}),
        (["_:b"], {}),
    ],
)
def test_names_are_read_as_a_parser_reads_them(tmp_path: Path, values: list[str], expected: dict[str, str]) -> None:
    facts = _facts(tmp_path, *(f"{LABEL} {value} {G}" for value in values))
    assert facts is not None
    assert facts.labels == expected


def test_a_thing_has_the_names_of_the_best_property(tmp_path: Path) -> None:
    facts = _facts(tmp_path, f'{NAME} "a"@nb {G}', f'{LABEL} "b"@en {G}')
    assert facts is not None
    assert facts.labels == {"en": "b"}


def test_the_kind_is_told_by_class_or_scheme(tmp_path: Path) -> None:
    goal = _facts(tmp_path, f"{TYPE} <{expand('skos:Concept')}> {G}", f"{TYPE} <{expand('plan:Goal')}> {G}")
    theme = _facts(tmp_path, f"<{expand('skos:inScheme')}> <{ID}los> {G}")
    other = _facts(tmp_path, f"<{expand('skos:inScheme')}> <{ID}other> {G}")
    assert [facts and facts.kind for facts in (goal, theme, other)] == ["goal", "los", ""]


def test_the_merge_and_what_is_derived_describe_nothing(tmp_path: Path) -> None:
    derived = f"<{GRAPH}g/derived>"
    assert _facts(tmp_path, f'{LABEL} "a"@nb', f"{TYPE} <http://e.org/a>") is None
    assert _facts(tmp_path, f'{LABEL} "a"@nb {derived}', f"<http://e.org/p> _:b {derived}") is None
    facts = _facts(tmp_path, f'{LABEL} "a"@nb {derived}', f"<http://e.org/p> _:b {G}")
    assert facts == ThingFacts(graphs=(f"{GRAPH}g",))


def test_a_note_that_a_thing_was_withdrawn_is_no_description(tmp_path: Path) -> None:
    note = f'<{expand("owl:deprecated")}> "true"^^<{expand("xsd:boolean")}> {G}'
    gone = _facts(tmp_path, note, f'{LABEL} "a"@nb {G}')
    retired = _facts(tmp_path, note, f"{TYPE} <{expand('sdgo:Indicator')}> {G}")
    assert [facts and facts.withdrawn for facts in (gone, retired)] == [True, False]


def test_blank_nodes_are_no_things(tmp_path: Path) -> None:
    things = _things(
        tmp_path, f'_:b <http://e.org/p> "a" {G}', f'{A} <http://e.org/p> "a" {G}', f"_:c {TYPE} _:b {G}"
    )
    assert list(things) == [A.encode()]


def test_statements_are_the_same_whatever_the_labels_of_blank_nodes() -> None:
    one = f"{A} <http://e.org/p> _:b1 {G} .\n{A} <http://e.org/p> _:b1 .\n".encode()
    other = f"{A} <http://e.org/p> _:c2 {G} .\n".encode()
    assert stated(one) == stated(other)
    assert stated(one) != stated(other.replace(b"_:c2", b'"_:c2"'))


def test_a_release_that_is_not_whole_has_no_things_to_read(tmp_path: Path) -> None:
    _things(tmp_path, f'{A} {LABEL} "a"@nb {G}')
    with (tmp_path / QUADS).open("ab") as quads:
        quads.write(b"\n")
    assert DescribedRelease.open(tmp_path) is None
    assert DescribedRelease.open(tmp_path / "none") is None
    assert list(DescribedThings(None, ["g"])) == []
