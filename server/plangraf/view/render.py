"""Rendering of pages, with one Jinja environment for each language of the interface."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

import orjson
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plangraf.citing.citation import cite_path
from plangraf.formats import ATOM, CITATION_FORMATS, GRAPH_FORMATS, OPENSEARCH
from plangraf.http.services import OlderRelease
from plangraf.languages import DATE_LOCALES, INTERFACE_LANGUAGES, InterfaceLanguage, data_size, number, translations
from plangraf.licences import licence_name
from plangraf.linkeddata.addresses import with_extension
from plangraf.previewing.limits import PreviewLimits
from plangraf.view.assets import own_path, vendored_path
from plangraf.view.citation import citation_sentence
from plangraf.view.claims import group_claims
from plangraf.view.head import Address, page_head
from plangraf.view.markup import markup_filters
from plangraf.view.page import Page
from plangraf.view.problem_text import problem_text
from plangraf.view.reader import Reader
from plangraf.view.shorten import cut
from plangraf.view.timeline import CHANGES_PATH, FEED_PATH
from plangraf.view.translated_constants import TranslatedConstants

_FOLDERS = [str(files(__package__) / "templates"), str(files("plangraf") / "site")]
"""The folders of the base templates and of the site's templates, whose names include a folder: `plan/plan.html`."""
_COMMON = (
    "base.html",
    "cite_line.html",
    "find.html",
    "parts.html",
    "timeline.html",
    "home/home.html",
    "plan/plan.html",
    "plan/dots.html",
    "document/concept.html",
)
"""The templates of the pages that visitors ask for most; to compile all would take half a second."""
_LANGUAGE_NAMES: tuple[tuple[InterfaceLanguage, str], ...] = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


@dataclass(frozen=True)
class FormLink:
    """A link to the same content in another form."""

    label: str
    media_type: str
    href: str


@dataclass(frozen=True)
class MenuLink:
    """A link of the main menu; the name is an untranslated text of the interface."""

    name: str
    path: str


@dataclass(frozen=True)
class Frame:
    """The parts of a page that are the same on all pages of a server.

    Attributes:
        release: the identifier of the release.
        menu: the main menu.
        accessibility: the URL of the accessibility statement, or None.
        feedback: the URL for reports of accessibility problems.
        contact: the URL of the contact page, or `mailto:…`.
        older: set if the release is not the current one.
        draft: whether the release is a draft, which every page then says.
        preview: the limits of the preview that the page belongs to, which it then says.
    """

    release: str
    menu: tuple[MenuLink, ...] = ()
    accessibility: str | None = None
    feedback: str | None = None
    contact: str | None = None
    older: OlderRelease | None = None
    draft: bool = False
    preview: PreviewLimits | None = None


def compile_templates(folders: Sequence[str] = ()) -> None:
    """Compile the templates of the most frequent pages, so that processes that are forked later inherit them.

    Args:
        folders: folders of the site whose templates are compiled too, with all base templates, for a process that
            cannot open files later.
    """
    for language in INTERFACE_LANGUAGES:
        environment = _environment(language)
        found = environment.list_templates(extensions=["html"]) if folders else []
        others = (name for name in found if "/" not in name or name.partition("/")[0] in folders)
        for name in dict.fromkeys((*_COMMON, *others)):
            environment.get_template(name)


def render(page: Page, reader: Reader, path: str, frame: Frame, base: str = "") -> str:
    """Return the HTML of a page.

    Args:
        page: the page.
        reader: the reader, for language and links.
        path: the path of the page, for the links to it in other languages.
        frame: the menu and the footer.
        base: the address of the server, for links that must be absolute.
    """
    data = page.metadata.data_path
    context: dict[str, object] = {
        "title": page.title,
        "iri": page.landing.iri if page.landing else None,
        "trail": page.trail,
        "reader": reader,
        "path": path,
        "head": page_head(page, reader, Address(base, path)),
        "forms": [FormLink(f.label, f.media_type, with_extension(data, f.extension)) for f in GRAPH_FORMATS if data],
        "language_names": _LANGUAGE_NAMES,
        "frame": frame,
        **_cite_line(page, reader),
        "behind": page.metadata.sources,
        "timeline": page.metadata.timeline,
        "feed": FEED_PATH,
        "changes": CHANGES_PATH,
    }
    template = _environment(reader.language).get_template(page.template)
    return template.render({**context, **page.context})


def _cite_line(page: Page, reader: Reader) -> dict[str, object]:
    """Return the template variables of the citation line, which are empty for a page without a citation."""
    citation, data_path = page.metadata.citation, page.metadata.data_path
    path = cite_path(data_path) if data_path else None
    if citation is None or path is None:
        return {"cite_sentence": None}
    return {
        "cite_sentence": citation_sentence(citation, reader),
        "cite_href": reader.href(path),
        "cite_forms": [
            FormLink(f.label, f.media_type, reader.href(with_extension(path, f.extension))) for f in CITATION_FORMATS
        ],
    }


def _data_block(data: Mapping[str, object]) -> Markup:
    """Return JSON for a script element, escaped so that it cannot end the element or start a comment."""
    text = orjson.dumps(data).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # escaped above


@cache
def _environment(language: InterfaceLanguage) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", TranslatedConstants],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translations(language)
    environment.install_gettext_callables(words.gettext, words.ngettext)  # type: ignore[attr-defined]  # added by i18n
    environment.gettext = words.gettext  # type: ignore[attr-defined]  # for TranslatedConstants

    def date(value: str) -> str:
        return format_date(datetime.date.fromisoformat(value), format="long", locale=DATE_LOCALES[language])

    numbers = partial(number, language=language)
    environment.filters.update(
        group_claims=group_claims,
        cut=cut,
        data_block=_data_block,
        licence_name=licence_name,
        number=numbers,
        data_size=partial(data_size, language=language),
    )
    environment.filters.update(markup_filters(language))
    environment.globals.update(
        atom=ATOM,
        date=date,
        number=numbers,
        opensearch=OPENSEARCH,
        own=own_path,
        problem_text=partial(problem_text, language=language),
        vendored=vendored_path,
    )
    return environment
