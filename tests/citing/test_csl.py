from tests.citing.examples import PLAN, RELEASE, citations, cite, statements

from plangraf.citing.csl import to_csl
from plangraf.namespaces import ID


def test_an_item_has_what_the_schema_knows_and_no_more() -> None:
    two = PLAN + '<id/by/plan> dct:publisher <id/other> . <id/other> rdfs:label "Vann, avløp"@nb .'
    assert to_csl(cite("by/plan", two)) == [
        {
            "id": "plangraf:by/plan",
            "type": "dataset",
            "title": "Byløftet (Kommuneplanens samfunnsdel)",
            "title-short": "Byløftet",
            "author": [{"literal": "By kommune"}, {"literal": "Vann, avløp"}],
            "issued": {"date-parts": [[2026, 3, 9]]},
            "version": RELEASE,
            "container-title": "Kommunale planer som lenkede åpne data",
            "publisher": "Plangraf",
            "language": "nb",
            "URL": f"{ID}by/plan?release={RELEASE}",
            "note": "Lisens: http://e.org/licence",
        }
    ]


def test_without_author_and_date_there_are_none() -> None:
    bare = "<id/by/plan> a plan:Plan ; dct:publisher <id/nameless> ."
    [item] = to_csl(citations(bare, built=None).of_thing(statements(bare), f"{ID}by/plan", "nb"))
    assert set(item) == {"id", "type", "title", "version", "container-title", "publisher", "URL"}
