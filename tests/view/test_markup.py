from dataclasses import dataclass

import pytest

from plangraf.languages import InterfaceLanguage
from plangraf.view.markup import markup_filters
from plangraf.view.reading import Name, Reference

WRITE = markup_filters("nb")


def reference(iri: str = "http://e.org/a", *, href: str | None = "/a?b&c", tag: str | None = None) -> Reference:
    return Reference(iri, href, Name("<b> & co", tag), "1.2", local=True)


def test_texts_and_addresses_are_escaped() -> None:
    assert WRITE["reference_link"](reference()) == '<a href="/a?b&amp;c">1.2 &lt;b&gt; &amp; co</a>'
    assert WRITE["tagged_name"](Name("<b>")) == "&lt;b&gt;"


def test_a_name_in_another_language_is_marked() -> None:
    marked = '<span lang="en">&lt;b&gt; &amp; co</span> <span class="tag" title="Språk">en</span>'
    assert WRITE["tagged_name"](Name("<b> & co", "en")) == marked
    assert WRITE["reference_link"](reference(href=None, tag="en")) == marked


@pytest.mark.parametrize(
    ("reader", "name", "tagged"), [("nb", "nn", False), ("nn", "nb", False), ("en", "nb", True), ("nn", "en", True)]
)
def test_a_language_has_a_tag_only_for_those_who_may_not_read_it(
    reader: InterfaceLanguage, name: str, tagged: bool
) -> None:
    filters = markup_filters(reader)
    for written in (
        filters["tagged_name"](Name("Vatn", name)),
        filters["reference_link"](Reference("e:a", "/a", Name("Vatn", name), None, local=True)),
    ):
        assert f'lang="{name}"' in written
        assert ('class="tag"' in written) is tagged
    assert 'class="tag"' in filters["tagged_name"](Name("Vatn", name, tagged=True))
    assert filters["language_tag"](reader) == filters["language_tag"](None) == ""


@pytest.mark.parametrize(
    ("number", "name", "shown"),
    [
        ("1.1", "1.1 Vann", "1.1 Vann"),
        ("1.1", "Vann", "1.1 Vann"),
        ("2.1", "Delmål 2.1 (tittel mangler)", "Delmål 2.1 (tittel mangler)"),
        ("2", "2. Vann", "2. Vann"),
        ("1", "Vann i 1 av 3 byer", "1 Vann i 1 av 3 byer"),
        ("1", "", "1 "),
    ],
)
def test_a_number_that_a_name_has_is_not_written_twice(number: str, name: str, shown: str) -> None:
    link = WRITE["reference_link"](Reference("e:a", "/a", Name(name), number, local=True))
    assert link == f'<a href="/a">{shown}</a>'


@pytest.mark.parametrize(("iri", "chip"), [("http://e.org/a", ""), ("http://metadata.un.org/sdg/1.2", "1.2")])
def test_only_sdgs_have_a_chip(iri: str, chip: str) -> None:
    found = f'<span class="chip sdg-1">{chip}</span>' if chip else ""
    assert WRITE["sdg_chip"](reference(iri)) == found


@pytest.mark.parametrize(("language", "written"), [("nb", "«&lt;b&gt;»"), ("en", "“&lt;b&gt;”")])
def test_quotation_marks_are_those_of_the_language(language: InterfaceLanguage, written: str) -> None:
    filters = markup_filters(language)
    assert filters["quoted"]("<b>") == written
    assert filters["quoted"](filters["tagged_name"](Name("<b>"))) == written


@dataclass(frozen=True)
class Link:
    number: str
    stated: bool


def test_a_link_to_an_sdg_says_whether_it_is_stated_or_editorial() -> None:
    word = '<span class="unseen">Bærekraftsmål </span>'
    marks = (
        f'<span class="dot sdg-3 numbered">{word}3<span class="unseen"> oppgitt</span></span> '
        f'<span class="dot sdg-4 editorial numbered">{word}4<span class="unseen"> redaksjonell</span></span> '
    )
    assert WRITE["sdg_links"]([Link("3", True), Link("4", False)]) == f' <span class="ties">{marks}</span>'
    assert WRITE["sdg_links"]([]) == ""


def test_links_are_separated_by_commas_and_sdgs_have_no_number_before_their_name() -> None:
    sdg = reference("http://metadata.un.org/sdg/1.2")
    link = '<a href="/a?b&amp;c">&lt;b&gt; &amp; co</a>'
    assert WRITE["reference_links"]([sdg, sdg]) == f"{link}, {link}"
    assert WRITE["reference_link"](reference(), False) == link  # as templates give it


@pytest.mark.parametrize(
    ("href", "local", "marked"),
    [
        ("https://x.example/", False, True),
        ("http://x.example/", False, True),
        ("/doc/trondheim", True, False),
        ("https://w3id.org/plangraf/doc/x", True, False),
        (None, False, False),
    ],
)
def test_links_that_leave_the_site_are_marked(href: str | None, local: bool, marked: bool) -> None:
    reference = Reference("https://x.example/", href, Name("Navn", "en"), None, local)
    link = markup_filters("nb")["reference_link"](reference)
    assert ("ekstern lenke" in link) == marked
    assert ('class="out"' in link) == marked
    assert ('<span class="unseen" lang="nb">' in link) == marked, "the words are not in the language of the name"


@pytest.mark.parametrize(
    ("name", "shown"), [("שלום \u202e", "<bdi>שלום \u202e</bdi>"), ("x" * 301, "x" * 299 + "…"), ("å–…", "å–…")]
)
def test_the_name_in_a_link_is_isolated_if_it_turns_and_cut_if_it_is_very_long(name: str, shown: str) -> None:
    thing = Reference("http://e.org/a", "/a", Name(name), None, local=True)
    assert WRITE["reference_link"](thing) == f'<a href="/a">{shown}</a>'
