"""The lines of statements, in every format."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from plangraf import shipped
from plangraf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from plangraf.sources.positions import statement_lines
from plangraf.sources.rdf import read_bytes

XML = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">
  <e:Thing
    rdf:about="http://e.org/a">
    <e:p xml:lang="nb">one &amp; two</e:p>
    <e:q
      rdf:resource="http://e.org/b"/>
    <e:r>
      text
    </e:r>
    <e:inner><e:Thing rdf:about="http://e.org/c">
      <e:p>one &amp; two</e:p></e:Thing></e:inner>
    <e:nameless rdf:parseType="Resource">
      <e:p>deep</e:p>
    </e:nameless>
  </e:Thing>
</rdf:RDF>
"""
JSON = """{
  "@context": {"e": "http://e.org/", "name": "e:name", "see": {"@id": "e:see", "@type": "@id"}},
  "@graph": [
    {"@id": "e:a",
     "@type": "e:Thing",
     "name": [
       "one",
       {"@value": "two", "@language": "nb"}],
     "see": "http://e.org/b"},
    {"@id": "http://e.org/b",
     "e:count": 117,
     "see": {"@id": "e:c",
       "name": "one"}}
  ]
}
"""


def lines_of(text: str, rdf_format: Format = TURTLE) -> list[tuple[str, str, str, int | None, int | None]]:
    """Return subject, predicate, value and the two lines of each statement, with names cut to their last part."""
    data, path = text.encode(), Path("a")
    quads = read_bytes(data, rdf_format, path, ox.NamedNode("http://e.org/graph"), "http://e.org/")
    return [
        (_name(quad.subject), _name(quad.predicate), _name(quad.object), line.value, line.subject)
        for quad, line in zip(quads, statement_lines(data, rdf_format, path), strict=True)
    ]


def _name(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return "[]"
    value = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return value.rpartition("/")[2].rpartition("#")[2].replace("\n", "|")


def test_every_value_of_a_list_of_objects_has_its_own_line() -> None:
    assert lines_of(
        "@prefix e: <http://e.org/> .\n"
        "# e:a is described below\n"
        "e:a\n"
        "  e:p\n"
        '    "one"@nb ,\n'
        '    "two"@en,\n'
        '    "one"\n'
        "  ;\n"
        "  e:q e:b ,\n"
        "    e:c , 4 ,\n"
        "    <d> .\n"
    ) == [
        ("a", "p", "one", 5, 3),
        ("a", "p", "two", 6, 3),
        ("a", "p", "one", 7, 3),
        ("a", "q", "b", 9, 3),
        ("a", "q", "c", 10, 3),
        ("a", "q", "4", 10, 3),
        ("a", "q", "d", 11, 3),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_of_several_lines_has_its_first_line(end: str) -> None:
    text = end.join(
        [
            "@prefix e: <http://e.org/> .",
            'e:a e:p """one',
            "two",
            '"three" """ ;',
            "  e:q '''",
            "''' .",
            "e:b e:p 1 .",
        ]
    )
    assert [(name, line) for _, name, _, line, _ in lines_of(text)] == [("p", 2), ("q", 5), ("p", 7)]


def test_a_text_with_escapes_has_its_line() -> None:
    text = '@prefix e: <http://e.org/> .\ne:a e:p "say \\"hi\\"" ,\n  "\\u00e6 a" ,\n "x" .\n'
    assert [line for _, _, _, line, _ in lines_of(text)] == [2, 3, 4]


def test_nodes_without_a_name_have_the_lines_where_they_begin() -> None:
    text = (
        '@prefix e: <http://e.org/> .\ne:a e:p [\n    e:q 1 ;\n    e:r "x" ] ;\n  e:s ( 2\n    3 ) .\n[]\n  e:q 4 .\n'
    )
    found = lines_of(text)
    assert ("[]", "q", "1", 3, 2) in found
    assert ("a", "p", "[]", 2, 2) in found
    assert ("[]", "r", "x", 4, 2) in found
    assert ("[]", "first", "3", 6, 6) in found
    assert ("[]", "q", "4", 8, 7) in found


def test_a_subject_that_comes_back_keeps_its_first_line() -> None:
    text = "@prefix e: <http://e.org/> .\ne:a e:p 1 .\ne:a e:p 2 ;\n  e:q 3 ."
    assert [lines[3:] for lines in lines_of(text)] == [(2, 2), (3, 2), (4, 2)]


@pytest.mark.parametrize("rdf_format", [N_TRIPLES, N_QUADS, TURTLE, TRIG])
def test_a_statement_in_a_line_has_that_line(rdf_format: Format) -> None:
    text = '<http://e.org/a> <http://e.org/p> "x\\ny" .\n\n<http://e.org/b> <http://e.org/p> _:c .\n'
    assert lines_of(text, rdf_format) == [("a", "p", "x|y", 1, 1), ("b", "p", "[]", 3, 3)]


def test_trig_has_lines() -> None:
    text = "@prefix e: <http://e.org/> .\ne:g {\n  e:a e:p e:b ;\n    e:q 'x' .\n}\ne:h { e:c e:p\n  1 }\n"
    assert lines_of(text, TRIG) == [("a", "p", "b", 3, 3), ("a", "q", "x", 4, 3), ("c", "p", "1", 7, 6)]


def test_rdf_xml_has_lines() -> None:
    found = lines_of(XML, RDF_XML)
    assert ("a", "p", "one & two", 5, 4) in found
    assert ("a", "q", "b", 7, 4) in found
    assert [line for _, name, _, line, _ in found if name == "r"] == [9]
    assert ("c", "p", "one & two", 12, 11) in found
    assert [line for _, name, value, line, _ in found if value == "deep"] == [14]


def test_json_ld_has_lines() -> None:
    assert sorted(lines_of(JSON, JSON_LD)) == [
        ("a", "name", "one", 7, 4),
        ("a", "name", "two", 8, 4),
        ("a", "see", "b", 9, 4),
        ("a", "type", "Thing", 5, 4),
        ("b", "count", "117", 11, 10),
        ("b", "see", "c", 12, 10),
        ("c", "name", "one", 13, 12),
    ]


def test_json_ld_in_one_line_has_that_line() -> None:
    assert [line for *_, line, _ in lines_of('{"@id": "http://e.org/a", "http://e.org/p": 1}', JSON_LD)] == [1]


def test_the_lines_of_the_shipped_plan_are_those_on_which_its_goals_stand() -> None:
    file = shipped.DATA / "trondheim/samfunnsplan-2020-2032/plan.ttl"
    text = file.read_text(encoding="utf-8")
    expected = {
        line.partition(">")[0].removeprefix("<goal/"): number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.startswith("<goal/")
    }
    assert len(expected) == 18
    base = "https://w3id.org/plangraf/id/trondheim/samfunnsplan-2020-2032/goal/"
    data = file.read_bytes()
    quads = read_bytes(data, TURTLE, file, ox.NamedNode("http://e.org/graph"), file.as_uri())
    found = {
        quad.subject.value.removeprefix(base): line.subject
        for quad, line in zip(quads, statement_lines(data, TURTLE, file), strict=True)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(base)
    }
    assert found == expected
