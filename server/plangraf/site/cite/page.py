"""How to cite something: a sentence, the forms for reference managers, and what to know."""

from dataclasses import dataclass

import orjson

from plangraf.citing.bibtex import to_bibtex
from plangraf.citing.citation import Citation
from plangraf.citing.csl import to_csl
from plangraf.citing.ris import to_ris
from plangraf.formats import BIBTEX, CITATION_FORMATS, RIS, Format
from plangraf.view.page import Page
from plangraf.view.reading import Reader, Reference
from plangraf.view.shorten import cut
from plangraf.view.term_names import term_names


@dataclass(frozen=True)
class Sentence:
    """A citation in one sentence, with its title apart, whose language may not be the reader's."""

    before: str
    title: str
    language: str | None
    after: str


@dataclass(frozen=True)
class Form:
    """A citation in a form of a reference manager.

    Attributes:
        format: the form.
        href: where it is downloaded.
        text: the whole of it.
    """

    format: Format
    href: str
    text: str


def sentence(citation: Citation, reader: Reader) -> Sentence:
    """Return a citation as people write it, without when it was read: the reader knows that."""
    authors = ", ".join(citation.authors)
    year = f" ({citation.issued.year})" if citation.issued else ""
    release = reader.gettext("Dataset, release {release}.").format(release=citation.release)
    publishers = [citation.container, None if citation.authors == (citation.publisher,) else citation.publisher]
    published = ", ".join(name for name in publishers if name)
    after = " ".join(part for part in (release, f"{published}." if published else "", citation.iri) if part)
    language = citation.language if citation.language != reader.language else None
    if not authors:
        return Sentence("", citation.title, language, f"{year}. {after}")
    return Sentence(f"{authors}{year}. ", citation.title, language, f". {after}")


def forms(citation: Citation, path: str, reader: Reader) -> tuple[Form, ...]:
    """Return a citation in all forms; `path` is that of its page."""
    return tuple(Form(f, reader.href(f"{path}.{f.extension}"), text(citation, f)) for f in CITATION_FORMATS)


def text(citation: Citation, form: Format) -> str:
    """Return a citation in one of the citation formats."""
    if form == BIBTEX:
        return to_bibtex(citation)
    if form == RIS:
        return to_ris(citation)
    return orjson.dumps(to_csl(citation), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def cite_page(citation: Citation, path: str, reader: Reader, about: Reference | None) -> Page:
    """Return the page that says how to cite something.

    Args:
        citation: of what.
        path: of the page.
        reader: who reads.
        about: the thing, when it is not the whole release.
    """
    _ = reader.gettext
    title = _("How to cite") if about is None else f"{_('How to cite')}: {cut(citation.name, 100)}"
    context = {
        "sentence": sentence(citation, reader),
        "cited": citation,
        "citation_texts": forms(citation, path, reader),
        "licence": term_names(reader.language).get(citation.licence or "", citation.licence),
        "whole": about is None,
    }
    return Page("cite/cite.html", title, context, trail=(about,) if about else ())
