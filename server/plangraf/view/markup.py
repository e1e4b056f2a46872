"""The markup of names and links, which a page has hundreds of.

As filters, they take a tenth of the time of macros; functions and macros are called through the template's context.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from plangraf.languages import InterfaceLanguage, translations
from plangraf.view.reading import Name, Reference
from plangraf.view.shorten import cut
from plangraf.view.target_sentence import TargetSentence

_ELSEWHERE = ("http://", "https://")

_NORWEGIAN = frozenset(("nb", "nn"))
_LONGEST = 300
"""The number of letters of a name that a link has; the page of the thing has all."""
_TURNING = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters from right to left and signs that turn the direction, which would move the text round a name."""


class NumberedLink(Protocol):
    """An SDG to which a thing is linked: its number, and whether the link is stated."""

    @property
    def number(self) -> str:
        """The number of the SDG."""

    @property
    def stated(self) -> bool:
        """Whether the plan or its publisher states the link; otherwise it is editorial."""


def markup_filters(language: InterfaceLanguage) -> Mapping[str, Callable[..., Markup]]:
    """Return the filters of templates that write names and links, by their names in templates.

    - `quoted`: a text in quotation marks.
    - `language_tag`: the tag of a language, if the reader has not asked for it. Readers of bokmål and of nynorsk
      understand both, so that neither has a tag for them.
    - `tagged_name`: a name, marked with its language if that is not the page's.
    - `target_words`: the target of an indicator, with the words in other languages marked.
    - `reference_link`: the name of a reference with a link to its page, marked if that is on another site; with its
      notation, unless `False` is given.
    - `reference_links`: the links of several references, separated by commas.
    - `sdg_chip`: the number of an SDG in its colour; nothing for other resources.
    - `sdg_links`: the numbers of the SDGs to which a thing is linked, with the basis of each link.

    Args:
        language: the language of the interface.
    """
    _ = translations(language).gettext
    external = escape(_("external link"))
    word, sdg_word = escape(_("Language")), escape(_("SDG"))
    stated, editorial = escape(_("stated")), escape(_("editorial"))

    opening, closing = _("“{text}”").split("{text}")

    def quoted(text: str) -> Markup:
        return Markup(f"{opening}{escape(text)}{closing}")  # noqa: S704  # escaped

    understood = _NORWEGIAN if language in _NORWEGIAN else {language}

    def tag(code: str) -> str:
        return f' <span class="tag" title="{word}">{escape(code)}</span>'

    def language_tag(code: str | None) -> Markup:
        return Markup(tag(code)) if code and code not in understood else Markup()  # noqa: S704  # escaped

    def tagged_name(name: Name) -> Markup:
        if not name.language:
            return escape(name.text)
        code = escape(name.language)
        after = tag(name.language) if name.tagged else language_tag(name.language)
        return Markup(f'<span lang="{code}">{escape(name.text)}</span>{after}')  # noqa: S704  # all escaped

    def linked(text: str) -> str:
        """Return the name in a link: cut if it is very long, isolated if it could turn the text round it."""
        shown = text if len(text) <= _LONGEST else cut(text, _LONGEST)
        return f"<bdi>{escape(shown)}</bdi>" if _TURNING.search(shown) else escape(shown)

    def target_words(sentence: TargetSentence) -> Markup:
        parts = (
            f'<span lang="{escape(part.language)}">{escape(part.text)}</span>' if part.language else escape(part.text)
            for part in sentence.parts
        )
        return Markup(f"<bdi>{''.join(parts)}</bdi>")  # noqa: S704  # all escaped

    def link(reference: Reference, numbered: bool) -> str:  # templates give it by place
        name = reference.name
        code = escape(name.language) if name.language else None
        lang, after = f' lang="{code}"' if code is not None else "", language_tag(name.language)
        if not reference.href:
            return f"<span{lang}>{linked(name.text)}</span>{after}"
        leaving, outside = ("", "")
        if not reference.local and reference.href.startswith(_ELSEWHERE):
            spoken = f' lang="{language}"' if code is not None else ""
            leaving, outside = ' class="out"', f'<span class="unseen"{spoken}> ({external})</span>'
        number = f"{escape(reference.number)} " if numbered and reference.number else ""
        return f'<a href="{escape(reference.href)}"{leaving}{lang}>{number}{linked(name.text)}{outside}</a>{after}'

    def reference_link(reference: Reference, numbered: bool = True) -> Markup:  # as above
        return Markup(link(reference, numbered))  # noqa: S704  # all escaped

    def reference_links(references: Iterable[Reference]) -> Markup:
        return Markup(", ".join(link(reference, True) for reference in references))  # noqa: S704  # as above

    def sdg_chip(reference: Reference) -> Markup:
        sdg = reference.sdg
        if not sdg:
            return Markup()
        return Markup(f'<span class="chip sdg-{sdg}">{escape(reference.notation or sdg)}</span>')  # noqa: S704  # digits

    def mark(sdg_link: NumberedLink) -> str:
        number = escape(sdg_link.number)
        of, said = ("", stated) if sdg_link.stated else (" editorial", editorial)
        hidden = f'<span class="unseen">{sdg_word} </span>', f'<span class="unseen"> {said}</span>'
        return f'<span class="dot sdg-{number}{of} numbered">{hidden[0]}{number}{hidden[1]}</span> '

    def sdg_links(links: Sequence[NumberedLink]) -> Markup:
        if not links:
            return Markup()
        return Markup(f' <span class="ties">{"".join(map(mark, links))}</span>')  # noqa: S704  # all escaped

    return {
        "quoted": quoted,
        "language_tag": language_tag,
        "tagged_name": tagged_name,
        "target_words": target_words,
        "reference_link": reference_link,
        "reference_links": reference_links,
        "sdg_chip": sdg_chip,
        "sdg_links": sdg_links,
    }
