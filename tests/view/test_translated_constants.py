"""Texts in templates are translated when a template is compiled."""

import pytest
from jinja2 import Environment

from plangraf.view.render import compile_templates
from plangraf.view.translated_constants import TranslatedConstants


def rendered(source: str, **context: object) -> str:
    asked = []

    def gettext(text: str) -> str:
        asked.append(text)
        return f"<{text}>"

    environment = Environment(autoescape=True, extensions=[TranslatedConstants])
    environment.gettext = gettext  # type: ignore[attr-defined]  # where the extension finds it
    template = environment.from_string(source)
    before = len(asked)
    result = template.render(_=lambda text: f"called with {text}", **context)
    assert len(asked) == before, "a text was translated while the template was rendered"
    return result


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("{{ _('a') }}", "&lt;a&gt;"),
        ("{{ _('a') ~ _('b') }}", "&lt;a&gt;&lt;b&gt;"),
        ("{{ _('{n} of').format(n=1) }}", "&lt;1 of&gt;"),
        ("{% macro m(what=_('a')) %}{{ what }}{% endmacro %}{{ m() }}", "&lt;a&gt;"),
    ],
)
def test_a_constant_is_translated_once_and_escaped(source: str, result: str) -> None:
    assert rendered(source) == result


@pytest.mark.parametrize("call", ["_(name)", "_('a' ~ name)", "_(_(name))", "_('a',)"])
def test_other_calls_are_left_alone(call: str) -> None:
    assert "called with" in rendered(f"{{{{ {call} }}}}", name="x")


def test_the_common_templates_compile() -> None:
    compile_templates()
