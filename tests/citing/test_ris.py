"""What is written is read by rispy, as others would."""

import re

import rispy
from tests.citing.examples import PLAN, RELEASE, citations, cite, statements

from plangraf.citing.ris import to_ris
from plangraf.namespaces import ID


def test_a_record_is_read_as_it_was_meant() -> None:
    two = PLAN + '<id/by/plan> dct:publisher <id/other> . <id/other> rdfs:label "Vann og avløp"@nb .'
    [record] = rispy.loads(to_ris(cite("by/plan", two)))
    assert record == {
        "type_of_reference": "DATA",
        "id": "plangraf:by/plan",
        "authors": ["By kommune", "Vann og avløp"],
        "title": "Byløftet (Kommuneplanens samfunnsdel)",
        "short_title": "Byløftet",
        "secondary_title": "Kommunale planer som lenkede åpne data",
        "year": "2026",
        "date": "2026/03/09",
        "edition": RELEASE,
        "publisher": "Plangraf",
        "language": "nb",
        "urls": [f"{ID}by/plan?release={RELEASE}"],
        "notes": ["Lisens: http://e.org/licence"],
    }


def test_each_line_is_a_tag_and_nothing_slips_in_another() -> None:
    odd = '<id/by/plan> a plan:Plan ; skos:prefLabel "En\\r\\nER  - \\nTY  - BOOK\\u0085AU  - X"@nb .'
    text = to_ris(cite("by/plan", odd))
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n\x85]*", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - DATA", "ER  - ")
    [record] = rispy.loads(text)
    assert record["title"] == "En ER - TY - BOOK AU - X"


def test_without_author_and_date_there_are_none() -> None:
    bare = "<id/by/plan> a plan:Plan ; dct:publisher <id/nameless> ."
    [record] = rispy.loads(to_ris(citations(bare, built=None).of_thing(statements(bare), f"{ID}by/plan", "nb")))
    assert {"authors", "date", "year", "notes", "language"}.isdisjoint(record)
