from pathlib import Path

import pytest

from plangraf import shipped
from plangraf.sources.positions import statement_lines

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def lines_of(text: str, folder: Path, name: str = "a.ttl") -> dict[tuple[str, str | None], int]:
    """Return the lines of a text, with the names of example.org cut to their last part."""
    (folder / name).write_text(text, encoding="utf-8", newline="")
    found = statement_lines(folder / name).items()
    return {
        (subject.rpartition("/")[2], predicate.rpartition("/")[2] if predicate else None): line
        for (subject, predicate), line in found
    }


def test_every_predicate_has_the_line_that_it_stands_on(tmp_path: Path) -> None:
    text = '@prefix e: <http://e/> .\n\ne:a\n  e:p 1 ;\n  e:q "x" .\ne:b e:p 1 .\n'
    assert lines_of(text, tmp_path) == {
        ("a", None): 3,
        ("a", "p"): 4,
        ("a", "q"): 5,
        ("b", None): 6,
        ("b", "p"): 6,
    }


def test_the_keyword_a_is_rdf_type(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("\n<http://e/a>\n a <http://e/C> .", encoding="utf-8")
    assert statement_lines(file) == {("http://e/a", None): 2, ("http://e/a", TYPE): 3}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_inside_literals_comments_and_lists_count_once(end: str, tmp_path: Path) -> None:
    text = end.join(
        [
            "@prefix e: <http://e/> .",  # 1
            'e:a e:p """one',  # 2
            "two",
            'three""" ;',
            "  # a comment",
            "",
            '  e:q "x"@nb ,',  # 7
            '    "y"@en ;',
            "  e:r ( 1",  # 9
            "    2 ) ;",
            "  e:s [ e:p 1 ;",  # 11
            "    e:t 2",
            "  ] ;",
            "  e:u '''",  # 14
            "''' .",
            "e:b e:p 1 .",  # 16
        ]
    )
    assert lines_of(text, tmp_path) == {
        ("a", None): 2,
        ("a", "p"): 2,
        ("a", "q"): 7,
        ("a", "r"): 9,
        ("a", "s"): 11,
        ("a", "u"): 14,
        ("b", None): 16,
        ("b", "p"): 16,
    }


def test_a_subject_that_comes_back_keeps_its_first_line(tmp_path: Path) -> None:
    text = "@prefix e: <http://e/> .\ne:a e:p 1 .\ne:a e:p 2 ;\n  e:q 3 ."
    assert lines_of(text, tmp_path) == {("a", None): 2, ("a", "p"): 2, ("a", "q"): 4}


def test_blank_subjects_have_no_lines(tmp_path: Path) -> None:
    text = "@prefix e: <http://e/> .\n[] e:p e:o .\n_:b e:p e:o .\ne:a e:p [ e:q 1 ] ."
    assert lines_of(text, tmp_path) == {("a", None): 4, ("a", "p"): 4}


def test_n_triples_have_lines(tmp_path: Path) -> None:
    text = '<http://e/a> <http://e/p> "x\\ny" .\n<http://e/b> <http://e/p> "y" .\n'
    assert lines_of(text, tmp_path, "a.nt") == {("a", None): 1, ("a", "p"): 1, ("b", None): 2, ("b", "p"): 2}


def test_relative_iris_are_resolved_as_the_reader_resolves_them(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<#x> <http://e/p> 1 .", encoding="utf-8")
    assert (f"{file.resolve().as_uri()}#x", "http://e/p") in statement_lines(file)


def test_what_comes_before_rdf_1_2_has_lines(tmp_path: Path) -> None:
    text = "<http://e/a> <http://e/p> 1 .\n<http://e/b> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> ."
    assert lines_of(text, tmp_path)["a", "p"] == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.jsonld", '{"@id": "http://e/a", "http://e/p": 1}'), ("a.nq", "<http://e/a> <http://e/p> <http://e/o> .")],
)
def test_other_formats_have_no_lines(name: str, text: str, tmp_path: Path) -> None:
    assert lines_of(text, tmp_path, name) == {}


def test_the_lines_of_the_shipped_plan_are_those_on_which_its_goals_stand() -> None:
    file = shipped.DATA / "trondheim/samfunnsplan-2020-2032/plan.ttl"
    base = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032/"
    lines = statement_lines(file)
    expected = {
        line.partition(">")[0].removeprefix("<"): number
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line.startswith("<goal/")
    }
    assert len(expected) == 18
    assert {name: lines[base + name, None] for name in expected} == expected
