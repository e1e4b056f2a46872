"""Translation of the texts in templates when a template is compiled, instead of each time it is rendered."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_CALL = (("name", "_"), ("lparen", "("), ("string", None), ("rparen", ")"))
"""The types and values of the tokens of a translated text."""


class TranslatedConstants(Extension):
    """Replaces `_("…")` by the translation of the text, in an environment that has only one language.

    The environment has the function that translates as its attribute `gettext`. Calls of `_` with other arguments
    stay as they are.
    """

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the tokens of a template, with translations as strings."""
        return _translated(stream, cast("Callable[[str], str]", self.environment.gettext))  # type: ignore[attr-defined]  # as said above


def _translated(tokens: Iterable[Token], gettext: Callable[[str], str]) -> Iterator[Token]:
    held: list[Token] = []
    for token in tokens:
        kind, value = _CALL[len(held)]
        if token.type == kind and value in (None, token.value):
            held.append(token)
            if len(held) == len(_CALL):
                yield Token(held[2].lineno, "string", gettext(held[2].value))
                held = []
            continue
        yield from held
        held = [token] if (token.type, token.value) == _CALL[0] else []
        if not held:
            yield token
    yield from held
