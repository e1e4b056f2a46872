"""The page of a citation: a sentence, and the text in each citation format."""

from dataclasses import dataclass

import orjson

from plangraf.citing.bibtex import to_bibtex
from plangraf.citing.citation import Citation
from plangraf.citing.csl import to_csl
from plangraf.citing.ris import to_ris
from plangraf.formats import BIBTEX, CITATION_FORMATS, RIS, Format
from plangraf.licences import licence_name
from plangraf.linkeddata.addresses import with_extension
from plangraf.view.citation import citation_sentence
from plangraf.view.page import Page
from plangraf.view.reader import Reader
from plangraf.view.reading import Reference
from plangraf.view.shorten import cut


@dataclass(frozen=True)
class CitationText:
    """A citation in a citation format.

    Attributes:
        format: the format.
        href: the download URL.
        text: the whole text.
    """

    format: Format
    href: str
    text: str


def forms(citation: Citation, path: str, reader: Reader) -> tuple[CitationText, ...]:
    """Return a citation in all formats; `path` is the path of its page."""
    return tuple(
        CitationText(f, reader.href(with_extension(path, f.extension)), text(citation, f)) for f in CITATION_FORMATS
    )


def text(citation: Citation, form: Format) -> str:
    """Return the text of a citation in one of the citation formats."""
    if form == BIBTEX:
        return to_bibtex(citation)
    if form == RIS:
        return to_ris(citation)
    return orjson.dumps(to_csl(citation), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def cite_page(citation: Citation, path: str, reader: Reader, about: Reference | None) -> Page:
    """Return the page of a citation.

    Args:
        citation: the citation.
        path: the path of the page.
        reader: the reader.
        about: the cited thing, or None for the whole release.
    """
    _ = reader.gettext
    title = _("How to cite") if about is None else f"{_('How to cite')}: {cut(citation.name, 100)}"
    context = {
        "sentence": citation_sentence(citation, reader),
        "cited": citation,
        "citation_texts": forms(citation, path, reader),
        "licence": licence_name(citation.licence) if citation.licence else None,
        "whole": about is None,
    }
    query = path.partition("?")[2]
    return Page("cite/cite.html", title, context, trail=(about,) if about else (), query=query)
