"""The marks of links to the SDGs, and their legend: what they mean stands in the text, for who sees no form."""

import html
import re

import pytest

from plangraf.languages import InterfaceLanguage
from plangraf.view.render import _environment


def _text(template: str, language: InterfaceLanguage = "en") -> str:
    rendered = _environment(language).from_string('{% import "parts.html" as parts %}' + template).render()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", rendered)).split())


@pytest.mark.parametrize(
    ("basis", "said", "language"),
    [("stated", "stated", "en"), ("editorial", "redaksjonell", "nb"), ("missing", "ikke skrevet av", "nb")],
)
def test_a_mark_says_its_basis_and_its_number_in_the_text(basis: str, said: str, language: InterfaceLanguage) -> None:
    assert _text(f"{{{{ parts.mark('13', '{basis}', '/x', '13.2') }}}}", language) == f"13.2, {said}"
    assert _text(f"{{{{ parts.mark('13', '{basis}') }}}}", language) == f"13, {said}"
    assert _text(f"{{{{ parts.mark('13', '{basis}', numbered=True) }}}}", language) == f"13 {said}"


def test_a_mark_is_a_link_where_there_is_something_to_lead_to_and_escapes_what_it_is_given() -> None:
    environment = _environment("en")
    template = environment.from_string(
        '{% import "parts.html" as parts %}{{ parts.mark("13", "stated", href, label) }}'
    )
    linked = template.render(href="/doc/x?a=1&b=2", label='"><script>')
    assert linked.startswith('<a class="dot sdg-13" href="/doc/x?a=1&amp;b=2" title="')
    assert "<script>" not in linked
    assert template.render(href=None, label="13.2").startswith('<span class="dot sdg-13">')


def test_the_legend_tells_of_what_is_missing_only_where_something_can_be() -> None:
    assert "Hatched" not in _text("{{ parts.legend() }}")
    assert _text("{{ parts.legend(True) }}").endswith("an editor's assessment Hatched: not transcribed yet")
