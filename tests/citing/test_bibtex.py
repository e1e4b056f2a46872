"""What is written is read by pybtex, as others would."""

import pytest
from pybtex.database import Entry, parse_string
from tests.citing.examples import BUILT, PLAN, RELEASE, citations, cite, statements

from plangraf.citing.bibtex import to_bibtex
from plangraf.citing.citation import Citation
from plangraf.namespaces import ID


def _read(citation: Citation) -> tuple[str, Entry]:
    entries = parse_string(to_bibtex(citation), "bibtex").entries
    [(key, entry)] = entries.items()
    return key, entry


def test_an_entry_is_read_as_it_was_meant() -> None:
    key, entry = _read(cite("by/plan/goal/1.1"))
    assert key == "plangraf:by/plan/goal/1.1"
    assert entry.type == "dataset"
    assert dict(entry.fields) == {
        "title": "{1.1 Grønn by (Byløftet)}",
        "shorttitle": "{1.1 Grønn by}",
        "date": f"{BUILT:%Y-%m-%d}",
        "version": RELEASE,
        "series": "{Kommunale planer som lenkede åpne data}",
        "publisher": "{Plangraf}",
        "url": f"{ID}by/plan/goal/1.1?release={RELEASE}",
        "langid": "norsk",
        "note": "Lisens: http://e.org/licence",
    }


def test_an_institution_is_one_name_and_two_are_two() -> None:
    two = PLAN + '<id/by/plan> dct:publisher <id/other> . <id/other> rdfs:label "Vann, avløp and renovasjon"@nb .'
    _, entry = _read(cite("by/plan", two))
    assert [[*p.first_names, *p.prelast_names, *p.last_names] for p in entry.persons["author"]] == [
        ["{By kommune}"],
        ["{Vann, avløp and renovasjon}"],
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & $1 #1 a_b", r"50 \% \& \$1 \#1 a\_b"),
        ("{", r"\textbraceleft{}"),
        ("}}", r"\textbraceright{}\textbraceright{}"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        (r"\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"),
        ('"@book{x,', r'"@book\textbraceleft{}x,'),
        ("Ærlig øst på Ås 🌍", "Ærlig øst på Ås 🌍"),
    ],
)
def test_what_tex_reads_otherwise_is_escaped(text: str, escaped: str) -> None:
    label = text.replace("\\", "\\\\").replace('"', '\\"')
    _, entry = _read(cite("by/plan", f'<id/by/plan> a plan:Plan ; skos:prefLabel "{label}"@nb .'))
    assert entry.fields["title"] == f"{{{escaped}}}"


def test_without_author_and_date_there_are_none() -> None:
    bare = "<id/by/plan> a plan:Plan ; dct:publisher <id/nameless> ."
    _, entry = _read(citations(bare, built=None).of_thing(statements(bare), f"{ID}by/plan", "nb"))
    assert not entry.persons
    assert {"date", "note", "langid", "shorttitle"}.isdisjoint(entry.fields)
