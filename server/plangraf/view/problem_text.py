"""The text of a problem as HTML."""

from markupsafe import Markup, escape

from plangraf.errors import Value
from plangraf.http.problems import Problem
from plangraf.languages import InterfaceLanguage, number, translations

_DATA = Markup("<bdi>{}</bdi>")
_CAUSE = Markup('<bdi lang="en">{}</bdi>')


def problem_text(problem: Problem, language: InterfaceLanguage) -> Markup:
    """Return the detail of a problem in the reader's language.

    Values are isolated, so that right-to-left text does not affect the sentence; messages of libraries are marked as
    English.
    """

    def marked(name: str, value: Value) -> str:
        if not isinstance(value, str):
            return number(value, language)
        return (_CAUSE if name == "cause" else _DATA).format(value)

    values = {name: marked(name, value) for name, value in problem.values.items()}
    return escape(translations(language).gettext(problem.template)).format_map(values)
