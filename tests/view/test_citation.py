from tests.citing.examples import RELEASE, citations, cite, statements

from plangraf.namespaces import ID
from plangraf.view.citation import CitationSentence, citation_sentence
from plangraf.view.reader import Reader

READER = Reader("nb", named=False)


def test_a_sentence_says_who_when_what_and_where() -> None:
    assert citation_sentence(cite("by/plan/goal/1.1"), READER) == CitationSentence(
        "By kommune (2026). ",
        "1.1 Grønn by (Byløftet)",
        None,
        f". Datasett, utgave {RELEASE}. Kommunale planer som lenkede åpne data, Plangraf. {ID}by/plan/goal/1.1"
        f"?release={RELEASE}",
    )


def test_a_title_in_another_language_says_which() -> None:
    assert citation_sentence(cite("by/plan/goal/1.1", language="en"), Reader("en", named=False)).language == "nb"


def test_who_is_author_and_publisher_is_named_once() -> None:
    found = citation_sentence(citations(publisher_name="Etaten").of_release("nb"), READER)
    assert (found.before + found.title + found.after).count("Etaten") == 1


def test_without_author_the_title_comes_first_and_without_date_there_is_no_year() -> None:
    bare = '<id/by/plan> a plan:Plan ; dct:publisher <id/nameless> ; skos:prefLabel "Plan"@nb .'
    found = citation_sentence(citations(bare).of_thing(statements(bare), f"{ID}by/plan", "nb"), READER)
    assert (found.before, found.after[:18]) == ("", " (2026). Datasett,")
    found = citation_sentence(citations(bare, built=None).of_thing(statements(bare), f"{ID}by/plan", "nb"), READER)
    assert (found.before, found.after[:11]) == ("", ". Datasett,")
